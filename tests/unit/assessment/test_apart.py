"""What stands apart in a plan, and how sites empty and fill: held against what plans state of themselves."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path

import pytest
from support.inventories import inventory_from
from support.plans import state_plan

from waveplan import api
from waveplan.assessment.apart import standing_apart
from waveplan.assessment.emptying import emptying, filling
from waveplan.assessment.placement import PlacedPlan

EXAMPLES = Path(__file__).resolve().parents[3] / "examples"
FIRST, LATER = "2026-03-07-weekend", "2026-05-30-weekend"


@pytest.mark.parametrize(
    "name", ["datacentre-exit", "outsourcing-transition", "shared-services", "support-outsourcing"]
)
def test_examples_add_up(name: str) -> None:
    inventory = api.load(str(EXAMPLES / name)).inventory
    plan = api.load_plan(str(EXAMPLES / f"{name}.plan.yaml")).plan
    assert inventory is not None and plan is not None
    placement = PlacedPlan(plan, inventory)
    apart = standing_apart(plan, placement.items)
    assert sum(each.coexistence for each in apart) == plan.metrics.coexistence
    exits = {each.subject for each in plan.milestones if each.kind == "site_exit"}
    for site in emptying(plan, placement):
        assert site.left == 0 or site.site not in exits
        levels = [site.before, *(left for _, left in site.after)]
        assert levels == sorted(levels, reverse=True)
    for each in filling(placement):
        for day, held in each.held:
            assert held <= max((amount for since, amount in each.offered if since <= day), default=Decimal(0))


def test_a_tie_stands_apart_from_its_first_cutover_to_its_last() -> None:
    inventory = inventory_from("""
        sites: [{id: x, target: y}, {id: y}]
        links: [{between: [x, y], gbps: 1}]
        servers: [{id: s, site: x}, {id: t, site: x}]
        applications:
          - {id: shop, servers: [s],
             depends_on: [{app: stock, weight: 2, reason: orders}, {app: stock, coupling: shared}]}
          - {id: stock, servers: [t]}
    """)
    plan = state_plan(inventory, {"shop": LATER, "stock": FIRST})
    (only,) = standing_apart(plan, PlacedPlan(plan, inventory).items)
    assert (only.tie.consumer, only.tie.provider, only.tie.reason) == ("shop", "stock", "orders")
    assert (only.start, only.days, only.coexistence) == (dt.date(2026, 3, 7), 84, 168)
    together = state_plan(inventory, {"shop": FIRST, "stock": FIRST})
    assert standing_apart(together, PlacedPlan(together, inventory).items) == []


def test_a_server_leaves_with_the_last_of_its_items_and_what_stays_is_left() -> None:
    inventory = inventory_from("""
        sites: [{id: old, target: new}, {id: new, capacity: {vcpu: 8}}]
        links: [{between: [old, new], gbps: 1}]
        servers:
          - {id: a, site: old, vcpu: 4}
          - {id: b, site: old, vcpu: 2}
          - {id: c, site: old}
          - {id: d, site: old}
        applications:
          - {id: one, servers: [a]}
          - {id: two, servers: [b]}
          - {id: gone, servers: [c], strategy: retire}
          - {id: kept, servers: [d], strategy: retain}
    """)
    plan = state_plan(inventory, {"one": FIRST, "two": LATER})
    placement = PlacedPlan(plan, inventory)
    (site,) = emptying(plan, placement)
    assert (site.site, site.before, site.left) == ("old", 4, 1)
    assert (dt.date(2026, 3, 7) in dict(site.after)) and dict(site.after)[dt.date(2026, 5, 30)] <= 2
    (target,) = filling(placement)
    assert (target.site, target.key) == ("new", "vcpu")
    assert target.held == ((dt.date(2026, 3, 7), 4), (dt.date(2026, 5, 30), 6))
