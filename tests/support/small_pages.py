"""A small programme for tests of pages: three lots in two waves, a tie that stands apart, a freeze, a target."""

from __future__ import annotations

from typing import Any

from support.inventories import inventory_from
from support.plans import state_plan
from waveplan.domain.findings import Finding
from waveplan.domain.inventory import Inventory
from waveplan.domain.plan import Plan
from waveplan.domain.rules import Ignore
from waveplan.pages.context import Context, PageSource
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


def source_of(text: str = SMALL, **more: Any) -> PageSource:
    """What its page is made from."""
    inventory, plan = small_programme(text)
    return PageSource(plan, inventory, **more)


def context_of(language: str = "en", **more: Any) -> Context:
    """The same for one reader."""
    return Context(source_of(**more), translator(language))


HOSTILE = [
    "<script>alert(1)</script>",
    "</script><img src=x onerror=alert(2)>",
    '"><b onmouseover="x',
    "$' $& $1 {{ 7*7 }} {% raw %}",
    "=cmd|'/c calc'!A1",
    "a\u202egnp.exe\u2066",
    "line\nbreak\ttab\x00",
    "\u05e9\u05dc\u05d5\u05dd 12 \u0639\u0631\u0628\u064a",
    "\U0001f600 " + "x" * 300,
    "]]> <!-- --> <style>*{}</style>",
]


def hostile_source() -> PageSource:
    """What a page is made from when every name is chosen to do harm."""
    inventory, _ = small_programme()
    named = inventory.model_copy(deep=True)
    for entry, name in zip([*named.applications, *named.sites, *named.servers], HOSTILE, strict=False):
        entry.name = name
    named.applications[1].depends_on[0].reason = HOSTILE[1]
    named.applications[0].business_owner = HOSTILE[7]
    named.programme.name = "".join(HOSTILE)
    plan = state_plan(named, {"stock": FIRST, "wiki": FIRST, "shop": LATER})
    for freeze, name in zip(plan.calendar.freezes, HOSTILE, strict=False):
        freeze.reason = name
    plan.lots[0].items = [*plan.lots[0].items, *HOSTILE]
    plan.waves[0].gates[0].criteria = HOSTILE
    plan.waves[0].gates[0].committee = HOSTILE[2]
    accepted = (
        (Ignore(code="WP150", where=HOSTILE[0], reason=HOSTILE[1]), (Finding("WP150", "{x}", {"x": HOSTILE[0]}),)),
    )
    return PageSource(plan, named, accepted=accepted)
