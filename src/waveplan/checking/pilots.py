"""Pilots as they stand in a plan: what goes first, when its exit gate falls, what waits for it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from waveplan.checking.placement import Placement
from waveplan.domain.commitments import Pilot
from waveplan.domain.items import Item


@dataclass(frozen=True, slots=True)
class HeldPilot:
    """A pilot with placed items: the last of them to be in hypercare, its exit gate, and placed items that wait."""

    pilot: Pilot
    last: str
    exit: dt.date
    waiting: tuple[Item, ...]


def held_pilots(placement: Placement) -> Iterator[HeldPilot]:
    """Every pilot of which something is placed, in inventory order."""
    for pilot in placement.inventory.pilots:
        own = {item.id: item for item in placement.items.select(pilot.items) if item.planned}
        ends = [(placement.last_day_of[name], str(name)) for name in own if name in placement.wave_of]
        if ends:
            day, last = max(ends)
            streams = {str(item.stream) for item in own.values()}
            waiting = tuple(
                item
                for item in placement.items.select(pilot.piloted)
                if item.id in placement.wave_of and item.id not in own and _piloted(pilot, item, streams)
            )
            yield HeldPilot(pilot, last, day + dt.timedelta(days=pilot.soak_days), waiting)


def _piloted(pilot: Pilot, item: Item, streams: set[str]) -> bool:
    """What its `for` matches; without one, everything of its items' streams."""
    return pilot.piloted is not None or item.stream in streams
