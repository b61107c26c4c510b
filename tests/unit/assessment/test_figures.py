"""Figures of plans: outage, people, links and costs, held against numbers worked out by hand and by the check."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from support.inventories import inventory_from
from support.plans import state_plan

from waveplan import api
from waveplan.assessment import inventory_figures, plan_figures
from waveplan.checking.facts import Facts
from waveplan.checking.rules.downtime import transfer_hours
from waveplan.domain.figures import InventoryFigures, LinkUse, Money
from waveplan.domain.inventory import Inventory
from waveplan.domain.plan import Plan

EXAMPLES = Path(__file__).resolve().parents[3] / "examples"

SITES = """
programme: {currency: EUR}
sites:
  - {id: old, target: new, costs: {once: 10, per_month: 1}}
  - {id: older, target: new, roles: [source], costs: {once: 20, per_month: 2}}
  - {id: new, roles: [target], costs: {once: 40, per_month: 4}}
  - {id: spare, roles: [target], costs: {once: 80, per_month: 8}}
  - {id: office, roles: [user], users: 10, costs: {once: 160, per_month: 16}}
links:
  - {id: wire, between: [new, old], gbps: 1, efficiency: 1, costs: {once: 1000, per_month: 100}}
  - {id: spare-wire, between: [old, spare], gbps: 1, costs: {once: 2000, per_month: 200}}
  - {id: desk-wire, between: [office, new], gbps: 1, costs: {once: 4000, per_month: 400}}
teams: [{id: ops, organisation: acme}, {id: dba}]
servers:
  - {id: s1, site: old, transfer_gb: 450, costs: {per_month: 7}}
  - {id: s2, site: old, transfer_gb: 900}
  - {id: s3, site: older, transfer_gb: 500}
  - {id: s4, site: older, method: ship, transport_hours: 9, costs: {once: 3, per_month: 3}}
  - {id: s5, site: old, costs: {once: 5, per_month: 5}}
applications:
  - {id: a1, organisation: acme, servers: [s1], cutover_hours: 2, test_hours: 1, effort: {ops: 3, dba: 1}}
  - {id: a2, organisation: bolt, servers: [s2], test_hours: 0.5}
  - {id: a3, servers: [s3, s4], effort: {ops: 2}, costs: {once: 11, per_month: 12}}
  - {id: a4, strategy: retire, servers: [s5], costs: {once: 21, per_month: 22}}
"""
WEEK, NEXT, LAST = "2026-02-07-weekend", "2026-03-07-weekend", "2026-03-14-weekend"


def inventory(text: str = SITES) -> Inventory:
    return inventory_from(text)


def figures(**slots: str) -> InventoryFigures:
    return inventory_figures(state_plan(inventory(), slots), inventory())


def test_outage_by_organisation() -> None:
    """a1: 1 h on the wire and 3 h of work; a2: 2 h and 0.5 h; a3 is carried for 9 h, which hides nothing else."""
    apart = figures(a1=WEEK, a2=NEXT, a3=LAST)
    assert apart.outage_hours == {"-": 9, "acme": 4, "bolt": Decimal("2.5")}


def test_what_shares_a_window_waits_for_all_that_crosses_its_link() -> None:
    together = figures(a1=WEEK, a2=WEEK, a3=LAST)
    assert together.outage_hours == {"-": 9, "acme": 6, "bolt": Decimal("3.5")}


def test_links_and_pairs_without_one() -> None:
    wire, missing = figures(a1=WEEK, a2=WEEK, a3=LAST).links
    assert wire == LinkUse(("new", "old"), ("wire",), Decimal("1.35"), Decimal(3))
    assert missing == LinkUse(("new", "older"), (), Decimal("0.5"), None)
    assert missing.missing
    assert figures(a1=WEEK, a2=NEXT, a3=LAST).links[0].busiest_hours == 2


def test_costs_are_those_of_what_is_used() -> None:
    """The spare site and its link are not; what is emptied or retired no longer costs each month."""
    found = figures(a1=WEEK, a2=WEEK, a3=LAST)
    assert found.currency == "EUR"
    assert found.costs == {
        "sites": Money(Decimal(10 + 20 + 40), Decimal(4 + 16)),
        "links": Money(Decimal(1000 + 4000), Decimal(400)),
        "servers": Money(Decimal(3 + 5), Decimal(7 + 3)),
        "applications": Money(Decimal(11 + 21), Decimal(12)),
    }
    assert found.total_costs == Money(Decimal(70 + 5000 + 8 + 32), Decimal(20 + 400 + 10 + 12))


def test_what_is_left_out_of_the_plan_stays() -> None:
    """Only a1 moves: `old` still hosts s2, `older` its servers, and both go on costing."""
    found = figures(a1=WEEK)
    assert found.costs["sites"] == Money(Decimal(10 + 40), Decimal(1 + 2 + 4 + 16))
    assert found.costs["links"] == Money(Decimal(5000), Decimal(500))


def test_without_costs_there_are_none() -> None:
    plain = inventory_from("applications: [{id: a}]")
    assert inventory_figures(state_plan(plain, {"a": WEEK}), plain).costs == {}


def test_what_a_plan_says_of_itself() -> None:
    plan = state_plan(inventory(), {"a1": WEEK, "a2": WEEK, "a3": LAST})
    found = plan_figures(plan)
    assert (found.first_cutover, found.last_cutover) == (dt.date(2026, 2, 7), dt.date(2026, 3, 14))
    assert (found.waves, found.waves_by_stream, found.lots, found.servers) == (2, {"main": 2}, 3, 4)
    assert found.person_days_by_team == {"dba": 1, "ops": 5}
    assert found.person_days_by_organisation == {"-": 1, "acme": 5}
    assert [(each.id, each.slack) for each in found.hard_dates] == [
        ("deadline", (dt.date(2026, 12, 18) - (found.last_hypercare or dt.date.min)).days)
    ]


@pytest.mark.parametrize("overlap", [False, True])
def test_outage_agrees_with_the_check(overlap: bool) -> None:
    """Two programs, one meaning: hours down as the check counts them against `max_downtime_hours`."""
    loaded = api.load(str(EXAMPLES / "datacentre-exit")).inventory
    plan = api.load_plan(str(EXAMPLES / "datacentre-exit.plan.yaml")).plan
    assert loaded is not None
    assert plan is not None
    if overlap:  # all in two windows: every link is shared
        moved = {item: f"2027-06-{5 + 7 * (number % 2):02d}-weekend" for number, item in enumerate(_items(plan))}
        plan = state_plan(loaded, moved)
    facts = Facts(plan, loaded)
    hours: dict[str, Fraction] = defaultdict(Fraction)
    for wave in facts.waves:
        for lot in wave.lots:
            for item in lot.items:
                down = transfer_hours(facts, item) + Fraction(lot.cutover_hours + lot.test_hours)
                hours[item.entry.organisation or "-"] += down
    expected = {name: Decimal(round(total * 100)) / 100 for name, total in sorted(hours.items())}
    assert inventory_figures(plan, loaded).outage_hours == expected


def _items(plan: Plan) -> list[str]:
    return [item for lot in plan.lots for item in lot.items]
