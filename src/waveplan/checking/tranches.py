"""Tranches as they stand in a plan: what is in each, when it is over, and what waits for it or for a milestone."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from waveplan.checking.placed import PlacedWave
from waveplan.checking.placement import Placement
from waveplan.domain.items import Item


@dataclass(frozen=True, slots=True)
class Waiting:
    """Placed items that wait for one name in an `after`; `tranche` is the one that says so, if it is not their own."""

    awaited: str
    items: tuple[Item, ...]
    tranche: str | None = None


class Tranches:
    """Members of tranches, and everything that an `after` holds back."""

    def __init__(self, placement: Placement) -> None:
        self._placement = placement
        self.members: Mapping[str, list[Item]] = defaultdict(list)
        for item in placement.items.planned:
            if item.tranche is not None and item.id in placement.wave_of:
                self.members[item.tranche].append(item)

    def last(self, items: Sequence[Item]) -> tuple[dt.date, str] | None:
        """Last hypercare day of some placed items, and an item that is in hypercare on it; none without items."""
        return max(((self._placement.last_day_of[item.id], str(item.id)) for item in items), default=None)

    def end(self, tranche: str) -> dt.date | None:
        """Last hypercare day of a tranche."""
        last = self.last(self.members.get(tranche, ()))
        return last[0] if last else None

    @cached_property
    def waiting(self) -> tuple[Waiting, ...]:
        """Who waits for what: tranches first, then entries in inventory order."""
        return (*self._tranches_waiting(), *self._entries_waiting())

    def _tranches_waiting(self) -> Iterator[Waiting]:
        for tranche in self._placement.inventory.tranches:
            for awaited in dict.fromkeys(tranche.after):
                if self.members.get(tranche.id):
                    yield Waiting(awaited, tuple(self.members[tranche.id]), tranche.id)

    def _entries_waiting(self) -> Iterator[Waiting]:
        found: dict[tuple[str, str], list[Item]] = defaultdict(list)
        for item in self._placement.items.planned:
            if item.id in self._placement.wave_of:
                for awaited in dict.fromkeys(item.entry.after):
                    found[item.entry.id, awaited].append(item)
        for (_, awaited), items in found.items():
            yield Waiting(awaited, tuple(items))

    def awaited_items(self, waiting: Waiting) -> list[Item]:
        """Placed items of the tranche that is waited for: none of a milestone; a service waits only for its own."""
        members = self.members.get(waiting.awaited, [])
        entry = waiting.items[0].entry.id
        if waiting.tranche is None and waiting.items[0].kind == "service":
            return [item for item in members if item.entry.id == entry]
        return list(members)


def early_by_wave(placement: Placement, items: Iterable[Item], day: dt.date) -> Iterator[tuple[PlacedWave, list[str]]]:
    """Placed items that cut over before a day, wave by wave."""
    found: dict[str, list[str]] = defaultdict(list)
    for item in items:
        if placement.wave_of[item.id].date < day:
            found[placement.wave_of[item.id].id].append(item.id)
    for early in found.values():
        yield placement.wave_of[early[0]], early
