"""Look-ups of items: by names at sites, by selectors, by rules; and phrases that are told apart."""

from __future__ import annotations

from decimal import Decimal

import pytest
from support.inventories import inventory_from

from waveplan.domain.findings import Phrase
from waveplan.domain.items import Items

TEXT = """
sites: [{id: b, type: office}, {id: a, type: office}, {id: c, type: plant}]
services:
  - {id: desk, kind: service_desk, sites: {type: [office, plant]}}
  - {id: field, kind: field_support, sites: {type: office}, depends_on: [{service: desk}]}
  - {id: all, kind: field_support, sites: {type: office}, depends_on: [{service: desk, all_sites: true}]}
applications: [{id: erp, depends_on: [{service: desk}]}, {id: mes, depends_on: [{app: erp}]}]
rules:
  - {id: r1, match: {service: desk, site: a}, not_before: 2026-03-01}
  - {id: r2, match: {site.type: office}, not_before: 2026-03-02}
  - {id: r3, match: {service: desk, site: a}, not_before: 2026-03-03}
"""


@pytest.fixture
def items():
    return Items(inventory_from(TEXT))


def provided(items, name):
    item = items[name]
    return [[each.id for each in items.providers(item, tie)] for tie in item.entry.depends_on]


def test_a_service_is_provided_at_the_consumers_own_sites(items):
    assert provided(items, "field@a") == [["desk@a"]]
    assert provided(items, "field@b") == [["desk@b"]]
    assert provided(items, "all@b") == [["desk@b", "desk@a", "desk@c"]]
    assert provided(items, "erp") == [[]]
    assert provided(items, "mes") == [["erp"]]


def test_a_selector_is_asked_once(items, monkeypatch):
    rules = items.inventory.rules
    found = items.select(rules[0].match)
    assert [item.id for item in found] == ["desk@a"]
    assert items.select(rules[2].match) is found
    assert items.select(None) == tuple(items)


def test_rules_of_an_item_come_in_the_order_of_the_inventory(items):
    assert [rule.id for rule in items.rules_for(items["desk@a"])] == ["r1", "r2", "r3"]
    assert [rule.id for rule in items.rules_for(items["desk@b"])] == ["r2"]
    assert items.rules_for(items["desk@c"]) == ()
    whole, less = items, Items(items.inventory, {"desk@a"})
    assert [rule.id for rule in less.rules_for(whole["desk@a"])] == ["r1", "r2", "r3"]


def test_phrases_of_one_template_are_told_apart():
    many = [Phrase("{of} because {why}", {"of": f"lot-{number}", "why": "it is"}) for number in range(500)]
    assert len({hash(each) for each in many}) == 500
    assert hash(Phrase("{a}", {"a": 1})) == hash(Phrase("{a}", {"a": Decimal("1.0")}))
    assert Phrase("{a} {b}", {"a": "x", "b": "y"}) == Phrase("{a} {b}", {"b": "y", "a": "x"})
    assert hash(Phrase("{a} {b}", {"a": "x", "b": "y"})) == hash(Phrase("{a} {b}", {"b": "y", "a": "x"}))
    assert hash(Phrase("{a}", {"a": ["x"]})) == hash(Phrase("{a}", {"a": ["x"]}))
