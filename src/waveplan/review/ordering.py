"""Orders that cannot hold: cycles among lots (WP201), and orders inside one lot (WP208)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace

from waveplan.dependency_graph import Order, OrderArc, OrderCycle, order_cycles
from waveplan.domain.findings import Finding
from waveplan.lots.lot import Lot
from waveplan.review.context import ReviewContext
from waveplan.review.wording import finding

_STEPS_SHOWN = 12


def ordering(context: ReviewContext) -> Iterator[Finding]:
    """Cycles first, then what can never hold inside one lot."""
    groups: dict[str, str] = {item.id: lot.id for lot in context.lots for item in lot.items}
    for cycle in order_cycles(groups, context.orders):
        yield _cycle(cycle)
    for order in context.orders:
        if order.strict and not _mixes_lots(order):
            yield from _inside_lots(context, order)


def _mixes_lots(order: Order) -> bool:
    """Two steps, or two tranches, in one lot are findings of their own (WP212, WP211)."""
    return order.kind == "step" or order.path[0] == "tranches"


def _cycle(cycle: OrderCycle) -> Finding:
    steps = [*cycle.groups, cycle.groups[0]]
    reasons = [f"{arc.first} before {arc.second} ({_reason(arc)})" for arc in cycle.arcs]
    values = {
        "count": len(cycle.groups),
        "cycle": " → ".join(steps if len(steps) <= _STEPS_SHOWN else [*steps[: _STEPS_SHOWN - 2], "…", steps[-1]]),
        "reasons": "; ".join(reasons[:_STEPS_SHOWN]) + ("; …" if len(reasons) > _STEPS_SHOWN else ""),
    }
    template = "{count} lots each have to come before the next: {cycle}, because {reasons}"
    hint = (
        "take one of these orders out, tie what belongs together into one lot (`coupling: hard`), "
        "or let circles be one lot (`dependencies: {cycles: join}`)"
    )
    if any(arc.order.kind != "dependency" or arc.order.strict for arc in cycle.arcs):
        hint = "take one of these orders out, or tie what belongs together into one lot (`coupling: hard`)"
    items = [name for arc in cycle.arcs for name in (arc.first, arc.second)]
    found = finding("WP201", template, values, cycle.arcs[0].order.path, (*cycle.groups, *items), hint)
    return replace(found, about=tuple(arc.order.path for arc in cycle.arcs))


def _reason(arc: OrderArc) -> str:
    order = arc.order
    if order.kind == "before rule":
        return f"rule {order.name}"
    if order.kind == "environment order":
        return f"environments of family {order.name}"
    if order.kind == "step":
        return f"steps of {order.name}"
    if order.kind == "tranche":
        return f"{arc.second} waits for tranche {order.name}"
    if order.kind == "batch":
        return f"batches of {order.name}"
    if order.kind == "pilot":
        return f"pilot {order.name}"
    other = arc.second if arc.first == order.name else arc.first
    return f"{order.name} depends on {other}" + (f": {order.reason}" if order.reason else "")


def _inside_lots(context: ReviewContext, order: Order) -> Iterator[Finding]:
    pairs = _pairs_in_one_lot(context, order)
    if pairs:
        first, second = pairs[0]
        lot = context.lot_of(first)
        name = lot.id if lot else ""
        values = {
            "first": first,
            "second": second,
            "lot": name,
            "reason": _reason(OrderArc(first, second, order)),
            "chain": context.chain(first, second),
            "more": len(pairs) - 1,
        }
        template = "{first} has to cut over before {second} ({reason}), but both are in lot {lot}: {chain}"
        if len(pairs) > 1:
            template = (
                "{first} has to cut over before {second} ({reason}), but both are in lot {lot}: {chain}; "
                "the same goes for other lots ({more})"
            )
        hint = "loosen a tie of the chain, or drop the gap, after_hypercare, after, pilot or rule that parts them"
        yield finding("WP208", template, values, order.path, (name, first, second), hint)


def _pairs_in_one_lot(context: ReviewContext, order: Order) -> list[tuple[str, str]]:
    """One pair of two items for each lot that holds both ends of an order; an item does not wait for itself."""
    firsts: dict[str, list[str]] = defaultdict(list)  # by lot, two at most: one of them is another item than a second
    for item in order.firsts:
        lot = context.lot_of(item)
        if lot is not None and len(firsts[lot.id]) < 2:
            firsts[lot.id].append(item)
    found: dict[str, tuple[str, str]] = {}
    for item in order.seconds:
        lot = context.lot_of(item)
        first = next((each for each in firsts.get(lot.id, ()) if each != item), None) if lot else None
        if lot is not None and first is not None and not _over_at_once(context, order, lot):
            found.setdefault(lot.id, (first, item))
    return list(found.values())


def _over_at_once(context: ReviewContext, order: Order, lot: Lot) -> bool:
    """Whether a tranche's end, which may be a lot's cutover date itself, is so in some slot."""
    if order.kind != "tranche":
        return False
    days = context.calendar.hypercare_days
    return any(days(slot, lot.hypercare_hours, lot.zone).last <= slot.date for slot in context.calendar.slots)
