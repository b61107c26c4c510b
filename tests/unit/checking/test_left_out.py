"""What a plan leaves out may be missing, but nothing that has to come after it may be there."""

from __future__ import annotations

import pytest
from support.inventories import inventory_from
from support.plans import state_plan

from waveplan.checking import check, left_out_of, restate
from waveplan.domain.inventory import Inventory
from waveplan.domain.plan import Plan

ORDERED = inventory_from("""
    programme: {name: Left out, start: 2026-01-05, deadline: 2026-12-18}
    policy: {preparation_days: 0, gates: []}
    applications:
      - {id: db}
      - {id: erp, depends_on: [{app: db, order: provider_first}]}
      - {id: web}
    rules: [{id: first, before: [{app: erp}, {app: web}]}]
""")


def _without(inventory: Inventory, waves: dict[str, str], *names: str) -> Plan:
    """A plan of all items, from which the lots of some are then taken out and listed as unplanned."""
    whole = state_plan(inventory, {item: f"2026-01-{day}-weekend" for item, day in waves.items()})
    lots = [lot.id for lot in whole.lots if lot.items[0] in names]
    data = whole.model_dump(mode="json", by_alias=True)
    data["waves"] = [wave for wave in data["waves"] if not set(wave["lots"]) & set(lots)]
    data["unplanned"] = [{"lot": lot, "reason": "no room"} for lot in lots]
    return restate(Plan.model_validate(data), inventory, allow_unplanned=True)


@pytest.mark.parametrize(
    ("names", "told"),
    [
        (["web"], []),
        (["erp", "web"], []),
        (["erp"], ["web must not cut over before erp, which is left unplanned (rule first)"]),
        (["db", "erp", "web"], []),
        (["db"], ["erp must not cut over before db, which is left unplanned (order of erp)"]),
    ],
)
def test_nothing_goes_before_what_is_left_out(names: list[str], told: list[str]) -> None:
    plan = _without(ORDERED, {"db": "10", "erp": "17", "web": "24"}, *names)
    found = check(plan, ORDERED, allow_unplanned=True).findings
    assert [each.message for each in found] == told
    for each in found:
        assert each.code == "WP301"
        assert each.path[0] == "waves"
    assert left_out_of(plan, ORDERED) == set(names)


@pytest.mark.parametrize(
    ("text", "first", "second", "reason"),
    [
        ("applications: [{id: a}, {id: b, depends_on: [{app: a, order: provider_first}]}]", "a", "b", "order of b"),
        ("applications: [{id: b}, {id: a, depends_on: [{app: b, order: consumer_first}]}]", "a", "b", "order of a"),
        ("applications: [{id: a, steps: [{id: x}, {id: y}]}]", "a/x", "a/y", "the step before a/y"),
        (
            "applications: [{id: a, environment: test, family: f}, {id: b, environment: prod, family: f}]",
            "a",
            "b",
            "environments of f",
        ),
        (
            "tranches: [{id: t, match: {app: a}}]\n    applications: [{id: a}, {id: b, after: [t]}]",
            "a",
            "b",
            "after t",
        ),
        (
            (
                "tranches: [{id: t, match: {app: a}}, {id: u, match: {app: b}, after: [t]}]\n"
                "    applications: [{id: a}, {id: b}]"
            ),
            "a",
            "b",
            "tranche u",
        ),
        (
            "pilots: [{id: p, items: {app: a}, soak_days: 2}]\n    applications: [{id: a}, {id: b}]",
            "a",
            "b",
            "pilot p",
        ),
        (
            "pilots: [{id: p, items: {app: a}, for: {app: b}, soak_days: 2}]\n    applications: [{id: a}, {id: b}]",
            "a",
            "b",
            "pilot p",
        ),
    ],
)
def test_every_kind_of_order_lets_its_second_wait(text: str, first: str, second: str, reason: str) -> None:
    inventory = inventory_from(f"""
    policy: {{preparation_days: 0, gates: [], environment_order: [test, prod]}}
    {text}
    """)
    waves = {first: "10", second: "24"}
    told = [each.message for each in check(_without(inventory, waves, first), inventory, allow_unplanned=True).findings]
    assert f"{second} must not cut over before {first}, which is left unplanned ({reason})" in told
    assert check(_without(inventory, waves, second), inventory, allow_unplanned=True).findings == ()
    assert check(_without(inventory, waves, first, second), inventory, allow_unplanned=True).findings == ()


def test_a_lot_that_is_listed_but_not_whole_or_placed_all_the_same_is_not_left_out() -> None:
    inventory = inventory_from("""
    policy: {preparation_days: 0, gates: []}
    applications: [{id: a, depends_on: [{app: b, coupling: hard}]}, {id: b}, {id: c}]
    """)
    plan = _without(inventory, {"a": "10", "b": "10", "c": "24"}, "a")
    assert left_out_of(plan, inventory) == {"a", "b"}
    torn = plan.model_copy(update={"lots": [lot.model_copy(update={"items": lot.items[:1]}) for lot in plan.lots]})
    assert left_out_of(torn, inventory) == set()
    listed = plan.model_copy(
        update={"unplanned": [each.model_copy(update={"lot": "c-lot"}) for each in plan.unplanned]}
    )
    assert left_out_of(listed, inventory) == set()
    assert left_out_of(plan.model_copy(update={"unplanned": []}), inventory) == set()
