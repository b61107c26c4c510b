"""Where a lot's window runs into a freeze or a blackout, in words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from waveplan.change_calendar import Closure, Closures
from waveplan.checking.placed import PlacedLot
from waveplan.checking.wording import names


@dataclass(frozen=True, slots=True)
class Met:
    """The first and last day of a window and of what it runs into; moments where that is told by hours."""

    values: Mapping[str, str]


def met(closures: Closures, lot: PlacedLot) -> Met | None:
    """The first closure that a lot's window runs into."""
    closure = closures.met(lot.days, lot.span)
    return None if closure is None else Met(_values(closure, lot))


def _values(closure: Closure, lot: PlacedLot) -> dict[str, str]:
    if closure.start is None or closure.end is None:
        ends = (lot.days.first, lot.days.last, closure.first, closure.last)
        return dict(zip(("first", "last", "start", "end"), (day.isoformat() for day in ends), strict=True))
    zone = closure.start.tzinfo
    moments = (*(moment.astimezone(zone) for moment in lot.span), closure.start, closure.end)
    return dict(zip(("first", "last", "start", "end"), map(_moment, moments), strict=True))


def _moment(moment: dt.datetime) -> str:
    return moment.replace(tzinfo=None).isoformat(timespec="minutes")


def held_lots(lots: Iterable[PlacedLot], scope: Collection[str]) -> list[str]:
    """Each lot, with those of its items that are in the scope where not all of them are."""
    told = []
    for lot in lots:
        held = [item.id for item in lot.items if item.id in scope]
        told.append(f"{lot.id} ({names(held)})" if len(held) < len(lot.items) else lot.id)
    return sorted(told)
