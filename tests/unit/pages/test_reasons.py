"""What a page says holds a lot: what the inventory gives, and what a trial one slot earlier found."""

from __future__ import annotations

from support.inventories import inventory_from
from support.plans import state_plan

from waveplan import api
from waveplan.pages.context import Context, PageSource
from waveplan.pages.reasons import binding, nearest_earlier
from waveplan.render.language import translator

FIRST, NEXT, LATER = "2026-03-07-weekend", "2026-03-14-weekend", "2026-05-30-weekend"


def _told(text: str, **slots: str) -> dict[str, list[str]]:
    inventory = inventory_from("programme: {start: 2026-01-05}\n" + text)
    plan = state_plan(inventory, slots)
    source = PageSource(plan, inventory, earlier=api.nearest_earlier(inventory, plan))
    context = Context(source, translator("en"))
    found = binding(context)
    return {lot.id: [*found[lot.id], *nearest_earlier(context, lot)] for lot in plan.lots}


def test_dates_windows_and_orders_are_named() -> None:
    told = _told(
        """
applications:
  - {id: a, not_before: 2026-03-01, not_after: 2026-06-30, max_downtime_hours: 4}
  - {id: b, depends_on: [{app: a, order: provider_first, min_gap_days: 3, max_gap_days: 100, after_hypercare: true}]}
  - {id: c, slot: 2026-05-30, depends_on: [{app: b, order: consumer_first}]}
""",
        a=FIRST,
        b=LATER,
        c=LATER,
    )
    assert told["a-lot"][:4] == [
        "a not before Sun 1 Mar 2026",
        "a not after Tue 30 Jun 2026",
        "a may be down for 4 h at most",
        "a comes before b in W02 30 May 2026 (after its hypercare, at least 3 days, at most 100 days)",
    ]
    assert "c is pinned to Sat 30 May 2026" in told["c-lot"]


def test_the_nearest_earlier_slot_says_what_keeps_a_lot_out() -> None:
    told = _told("applications: [{id: a, not_before: 2026-03-07}, {id: b}]", a=FIRST, b=NEXT)
    assert told["a-lot"][-1].startswith("not on Sat 28 Feb 2026: WP308")
    assert told["b-lot"][-1].startswith("nothing forbids W01, Sat 7 Mar 2026: ")
