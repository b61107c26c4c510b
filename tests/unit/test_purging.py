"""Purge orders and acknowledgements: planner and checker state the same, on the days that the format means."""

from __future__ import annotations

import datetime as dt

import pytest
from support.inventories import inventory_from
from support.plans import state_plan

from waveplan.checking import check
from waveplan.domain.inventory import Inventory
from waveplan.domain.plan import Plan
from waveplan.planning import SolveOptions, solve

HEAD = """
    policy: {preparation_days: 0, gates: [], hypercare: {hours: 24}}
    calendar: {windows: [{id: w, dates: [2026-01-10, 2026-01-17, 2026-01-24], from: "20:00", hours: 30}]}
    sites:
      - {id: old, country: FR, target: new, decommission_days: 5}
      - {id: new, country: FR, target: cloud, decommission_days: 2}
      - {id: cloud}
    links: [{between: [old, new], gbps: 1}, {between: [new, cloud], gbps: 1}]
"""
# Hypercare of the wave of Saturday 10 January ends on Tuesday 13 at 02:00: five working days later is the 20th.
FIRST, SECOND, THIRD = dt.date(2026, 1, 20), dt.date(2026, 1, 27), dt.date(2026, 2, 3)


def _inventory(text: str) -> Inventory:
    return inventory_from(HEAD + text)


def _stated(plan: Plan) -> dict[str, dt.date]:
    return {m.id: m.date for m in plan.milestones if m.kind in {"purge_order", "acknowledgement"}}


def _both(inventory: Inventory, waves: dict[str, str]) -> dict[str, dt.date]:
    """What the check states for these waves; what the planner states for its own plan passes the check."""
    plan = solve(inventory, options=SolveOptions(deterministic_limit=5, workers=1)).plan
    assert plan is not None
    assert check(plan, inventory).findings == ()
    return _stated(state_plan(inventory, {item: f"{day}-w" for item, day in waves.items()}))


def test_a_server_is_purged_after_the_last_item_that_leaves_it() -> None:
    """The retired one goes the working day after its consumer's hypercare: the purge counts from there."""
    inventory = _inventory("""
    servers: [{id: a, site: old}, {id: b, site: old}]
    applications:
      - {id: crm, servers: [a, b], data_classes: [personal]}
      - {id: gone, servers: [b], strategy: retire, data_classes: [hr-files]}
      - {id: late, depends_on: [{app: gone}], not_before: 2026-01-17}
    """)
    assert _both(inventory, {"crm": "2026-01-10", "late": "2026-01-17"}) == {
        "purge a": FIRST,
        "purge b": SECOND + dt.timedelta(days=1),
        "acknowledge crm": SECOND + dt.timedelta(days=1),
        "acknowledge gone": SECOND + dt.timedelta(days=1),
    }


def test_the_latest_purge_of_a_site_is_its_exit() -> None:
    inventory = _inventory("""
    servers: [{id: a, site: old}, {id: b, site: old}, {id: c, site: old}]
    applications:
      - {id: one, servers: [a]}
      - {id: two, servers: [b]}
      - {id: three, servers: [c], strategy: retire, depends_on: [{app: one}]}
    """)
    plan = state_plan(inventory, {"one": "2026-01-10-w", "two": "2026-01-24-w"})
    purges = {m.id: m.date for m in plan.milestones if m.kind == "purge_order"}
    exits = {m.id: m.date for m in plan.milestones if m.kind == "site_exit"}
    assert exits == {"exit old": max(purges.values())}
    assert len(purges) == 3


@pytest.mark.parametrize("strategy", ["retain", "takeover"])
def test_a_server_that_stays_for_others_is_not_purged_but_what_left_it_is_acknowledged(strategy: str) -> None:
    inventory = _inventory(f"""
    servers: [{{id: a, site: old}}, {{id: b, site: old}}]
    applications:
      - {{id: mail, servers: [a, b], strategy: repurchase, data_classes: [personal]}}
      - {{id: stays, servers: [a], strategy: {strategy}, data_classes: [personal]}}
    """)
    waves = {"mail": "2026-01-10"} | ({"stays": "2026-01-10"} if strategy == "takeover" else {})
    assert _both(inventory, waves) == {"purge b": FIRST, "acknowledge mail": FIRST}


def test_a_repurchased_item_leaves_its_servers() -> None:
    inventory = _inventory("""
    servers: [{id: a, site: old}]
    applications: [{id: mail, servers: [a], strategy: repurchase}]
    """)
    assert _both(inventory, {"mail": "2026-01-17"}) == {"purge a": SECOND}


def test_nothing_personal_needs_no_acknowledgement_and_no_server_no_purge() -> None:
    inventory = _inventory("""
    servers: [{id: a, site: old}]
    applications:
      - {id: crm, servers: [a], data_classes: [public]}
      - {id: saas, data_classes: [personal]}
    """)
    assert _both(inventory, {"crm": "2026-01-10", "saas": "2026-01-10"}) == {"purge a": FIRST}


def test_a_server_that_changes_where_it_stands_is_not_purged() -> None:
    inventory = _inventory("""
    servers: [{id: a, site: old, target: old}]
    applications: [{id: crm, servers: [a], strategy: replatform, data_classes: [personal]}]
    """)
    assert _both(inventory, {"crm": "2026-01-10"}) == {}


def test_a_server_that_leaves_two_sites_is_purged_at_both() -> None:
    inventory = _inventory("""
    servers: [{id: a, site: old}]
    applications:
      - id: erp
        servers: [a]
        data_classes: [personal]
        steps: [{id: lift, target: new}, {id: transform, strategy: replatform, target: cloud}]
    """)
    stated = _stated(state_plan(inventory, {"erp/lift": "2026-01-10-w", "erp/transform": "2026-01-24-w"}))
    assert stated == {
        "purge a at old": FIRST,
        "acknowledge erp/lift": FIRST,
        "purge a at new": dt.date(2026, 1, 29),  # two working days after 27 January
        "acknowledge erp/transform": dt.date(2026, 1, 29),
    }


def test_what_is_not_planned_is_not_purged() -> None:
    inventory = _inventory("""
    servers: [{id: a, site: old}]
    applications: [{id: crm, servers: [a], data_classes: [personal]}, {id: other}]
    """)
    assert _stated(state_plan(inventory, {"other": "2026-01-10-w"})) == {}


def test_purge_orders_say_at_which_site() -> None:
    inventory = _inventory("""
    servers: [{id: a, site: old}]
    applications: [{id: crm, servers: [a]}]
    """)
    plan = state_plan(inventory, {"crm": "2026-01-10-w"})
    order = next(m for m in plan.milestones if m.kind == "purge_order")
    assert (order.id, order.subject, order.site) == ("purge a", "a", "old")
