"""Lots over their limits (WP202), and a lot that swallows much of everything (WP210)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from waveplan.domain.findings import Finding, Path
from waveplan.lots.lot import Lot
from waveplan.review.context import ReviewContext
from waveplan.review.tie_cuts import best_cut
from waveplan.review.wording import finding, tie_name

_LEAST_TO_SWALLOW = 10  # applications: below it a lot is not much of anything in any useful sense
_CUTS = "; the cheapest cuts: waveplan lots INVENTORY --suggest-cuts"
_MUCH = 4  # a quarter of all applications, or more, is worth a warning


def lot_sizes(context: ReviewContext) -> Iterator[Finding]:
    """Every lot against the limits of its stream, and those that hold a quarter of all applications or more."""
    planned = sum(item.kind == "application" for item in context.items.planned)
    for lot in context.lots:
        over = _over_limits(context, lot)
        held = _applications(lot)
        if over:
            yield _over(context, lot, over)
        elif held >= _LEAST_TO_SWALLOW and held * _MUCH >= planned:
            yield _swallows(lot, held, planned)


def _applications(lot: Lot) -> int:
    return sum(item.kind == "application" for item in lot.items)


def _over_limits(context: ReviewContext, lot: Lot) -> list[tuple[str, int, int]]:
    """Each limit that the lot exceeds: what is counted, how many it holds, how many it may hold."""
    limits = context.items.policies[lot.stream].lot_limits
    counts = (("servers", len(lot.servers), limits.servers), ("applications", _applications(lot), limits.applications))
    return [(key, used, most) for key, used, most in counts if most is not None and used > most]


def _over(context: ReviewContext, lot: Lot, over: list[tuple[str, int, int]]) -> Finding:
    hint, hint_values = _way_out(lot)
    key, used, most = over[0]
    values: dict[str, Any] = {"lot": lot.id, "key": key, "used": used, "most": most}
    template = "lot {lot} holds {used} {key}; lot_limits allows {most}"
    if len(over) > 1:
        values |= dict(zip(("key2", "used2", "most2"), over[1], strict=True))
        template = "lot {lot} holds {used} {key} and {used2} {key2}; lot_limits allows {most} and {most2}"
    subjects = (lot.id, *(item.id for item in lot.items))
    return finding("WP202", template, values, _limit_path(context, lot, key), subjects, hint + _CUTS, hint_values)


def _limit_path(context: ReviewContext, lot: Lot, key: str) -> Path:
    for number, stream in enumerate(context.inventory.streams):
        if stream.id == lot.stream and key in stream.policy.lot_limits.model_fields_set:
            return ("streams", number, "policy", "lot_limits", key)
    return ("policy", "lot_limits", key)


def _swallows(lot: Lot, held: int, planned: int) -> Finding:
    values = {"lot": lot.id, "held": held, "planned": planned, "share": held * 100 // planned}
    hint, hint_values = _way_out(lot)
    template = "lot {lot} alone holds {held} of {planned} applications ({share} %), which cut over in one wave"
    if held * 4 >= planned * 3:
        template = "lot {lot} holds nearly all: {held} of {planned} applications ({share} %) cut over in one wave"
    elif held * 2 > planned:
        template = "lot {lot} holds most: {held} of {planned} applications ({share} %) cut over in one wave"
    return finding("WP210", template, values, lot.items[0].path, (lot.id,), hint, hint_values)


def _way_out(lot: Lot) -> tuple[str, dict[str, Any]]:
    """The tie that swallows most, or, when no single one does, how many ties of which kind there are."""
    cut = best_cut(lot)
    kinds = Counter(tie.tie for tie in lot.ties)
    ties = ", ".join(f"{count} × {kind}" for kind, count in sorted(kinds.items()))
    values: dict[str, Any] = {"count": len(lot.items), "ties": ties, "lot": lot.id, "item": lot.items[0].id}
    if cut is None:
        return "no single tie holds it together ({ties}); soften several, or split servers that are shared", values
    values |= {"tie": tie_name(cut.tie), "largest": cut.largest}
    return "{tie} swallows most: without it the largest part would hold {largest} of {count} items", values
