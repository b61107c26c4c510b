"""A small programme for tests of pages: three lots in two waves, a tie that stands apart, a freeze, a target."""

from __future__ import annotations

from typing import Any

from support.inventories import inventory_from
from support.plans import state_plan
from waveplan.domain.inventory import Inventory
from waveplan.domain.plan import Plan
from waveplan.pages.context import Context, Source
from waveplan.render.language import translator

FIRST, LATER = "2026-03-07-weekend", "2026-05-30-weekend"
SMALL = """
    programme: {name: Two waves, start: 2026-01-05}
    sites: [{id: old, target: new, exit_by: 2026-12-31}, {id: new, capacity: {vcpu: 8}}]
    links: [{between: [old, new], gbps: 1}]
    teams: [{id: ops, organisation: acme, person_days_per_week: 10, day_rate: 500}]
    servers:
      - {id: a, site: old, vcpu: 4}
      - {id: b, site: old, vcpu: 1}
      - {id: c, site: old, vcpu: 1}
    applications:
      - {id: stock, name: Stock keeping, servers: [a], effort: {ops: 3}, criticality: critical}
      - {id: shop, servers: [b], effort: {ops: 2},
         depends_on: [{app: stock, weight: 2, order: provider_first, min_gap_days: 5, reason: orders}]}
      - {id: wiki, servers: [c]}
    calendar: {freezes: [{from: 2026-04-01, to: 2026-04-05, reason: quarter close}]}
    ignore: [{code: WP150, reason: known since years}]
"""


def small_programme(text: str = SMALL) -> tuple[Inventory, Plan]:
    """The inventory and its plan."""
    inventory = inventory_from(text)
    return inventory, state_plan(inventory, {"stock": FIRST, "wiki": FIRST, "shop": LATER})


def source_of(text: str = SMALL, **more: Any) -> Source:
    """What its page is made from."""
    inventory, plan = small_programme(text)
    return Source(plan, inventory, **more)


def context_of(language: str = "en", **more: Any) -> Context:
    """The same for one reader."""
    return Context(source_of(**more), translator(language))
