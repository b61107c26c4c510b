"""From which level on a lot may stand, given where another one does: tables shared by all orders of a kind.

Levels are days, or places in the order of all moments at which windows start. Where lots keep their own hours, one
slot starts at a moment of its own for each zone, and hours of one slot may come before those of an earlier one.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property

from waveplan.change_calendar.slot_tables import ZoneSlots
from waveplan.change_calendar.spans import elapsed
from waveplan.engine.problem.orders import NO_CLASHES, Clashes
from waveplan.planning.facts.facts import PlanningFacts

Levels = Mapping[int, int]  # position of a lot's stream → level


class LevelTables:
    """Tables by position; lots that share all that a kind depends on share the table."""

    def __init__(self, facts: PlanningFacts) -> None:
        self._facts = facts
        self._tables: dict[tuple[object, ...], dict[int, int]] = {}
        self._by_zone: dict[ZoneSlots, list[int]] = {}
        self._clashes: dict[tuple[object, ...], Clashes] = {}

    # --- days ------------------------------------------------------------------------------------------------------

    @cached_property
    def days(self) -> Levels:
        """Cutover days of all positions."""
        return {place.index: place.day for place in self._facts.positions}

    @cached_property
    def waves(self) -> Levels:
        """Places in the sequence of waves of their stream."""
        return {place.index: place.index for place in self._facts.positions}

    def days_later(self, days: int) -> Levels:
        """Cutover days so many later; fewer than none for so many earlier, at the earliest on the first day."""
        key = ("days", days)
        if key not in self._tables:
            self._tables[key] = {position: max(0, day + days) for position, day in self.days.items()}
        return self._tables[key] if days else self.days

    def working_days_later(self, places: tuple[str, ...], days: int) -> Levels:
        """The last of so many working days, at all of some sites, after each cutover day."""
        key = ("working days", places, days)
        if key not in self._tables:
            after = self._facts.calendar.working_day_after
            ends = {day: self._facts.day(after(places, self._facts.date(day), days)) for day in set(self.days.values())}
            self._tables[key] = {position: ends[day] for position, day in self.days.items()}
        return self._tables[key]

    def last_days(self, lot: int, days: int = 0) -> Levels:
        """The lot's last hypercare day, or so many days after it."""

        care = self._facts.hypercare(self._facts.lots[lot])
        return self._shared(
            lot, ("last day", days, *self._care(lot)), lambda: [self._facts.day(own.last) + days for own in care]
        )

    # --- moments ---------------------------------------------------------------------------------------------------

    def starts(self, lot: int) -> Levels:
        """Places of the lot's own window starts."""
        slots = self._slots(lot)
        return self._shared(lot, ("starts", slots), lambda: self._places(slots))

    def strictly_later(self, lot: int) -> Levels:
        """The first place after the lot's own window start."""
        slots = self._slots(lot)
        return self._shared(lot, ("later", slots), lambda: [place + 1 for place in self._places(slots)])

    def after_hypercare(self, lot: int) -> Levels:
        """The first place of a window that starts when the lot's hypercare is over."""
        slots, hours = self._slots(lot), self._facts.lots[lot].hypercare_hours

        def places() -> list[int]:
            ends = (elapsed(end, hours) for _, end in slots.moments)
            return [bisect_left(self._moments, end) for end in ends]

        return self._shared(lot, ("hypercare", *self._care(lot)), places)

    # --- clashes ---------------------------------------------------------------------------------------------------

    def one_wave(self, first: int, second: int) -> Clashes:
        """Positions in which the second starts after the first although both are in one wave."""
        if not self._facts.keeps_own_hours or self._stream(first) != self._stream(second):
            return NO_CLASHES
        earliest, levels = self.strictly_later(first), self.starts(second)
        return self._kept(
            ("one wave", id(earliest), id(levels)),
            lambda: {position: (position,) for position, level in levels.items() if level >= earliest[position]},
        )

    def other_waves_of_the_day(self, first: int, second: int) -> Clashes:
        """By position of the first: other waves of its date in which the second would not start after it."""
        earliest, levels = self.strictly_later(first), self.starts(second)
        return self._kept(
            ("day", id(earliest), id(levels)), lambda: dict(_too_early(self.days, earliest, levels)) or NO_CLASHES
        )

    def _kept(self, key: tuple[object, ...], make: Callable[[], Clashes]) -> Clashes:
        if key not in self._clashes:
            self._clashes[key] = make()
        return self._clashes[key]

    # --- the order of moments --------------------------------------------------------------------------------------

    @cached_property
    def _moments(self) -> list[dt.datetime]:
        """All moments at which a window starts for some lot, in order."""
        zones = {self._facts.zone(lot) for lot in self._facts.lots}
        return sorted({start for zone in zones for start, _ in self._facts.calendar.tables.of(zone).moments})

    @cached_property
    def _place_of(self) -> Mapping[dt.datetime, int]:
        return {moment: place for place, moment in enumerate(self._moments)}

    def _places(self, slots: ZoneSlots) -> list[int]:
        """By slot, where its start stands in the order."""
        if slots not in self._by_zone:
            places = self._place_of
            self._by_zone[slots] = [places[start] for start, _ in slots.moments]
        return self._by_zone[slots]

    def _slots(self, lot: int) -> ZoneSlots:
        return self._facts.calendar.tables.of(self._facts.zone(self._facts.lots[lot]))

    def _care(self, lot: int) -> tuple[object, ...]:
        return self._facts.lots[lot].hypercare_hours, self._slots(lot)

    def _stream(self, lot: int) -> int:
        return self._facts.stream_of(self._facts.lots[lot])

    def _shared(self, lot: int, kind: tuple[object, ...], by_slot: Callable[[], list[int]]) -> Levels:
        """A table by position of what is the same for all lots of a stream that are alike, given by slot."""
        stream = self._stream(lot)
        key = (stream, *kind)
        if key not in self._tables:
            first = self._facts.position(stream, 0)
            self._tables[key] = dict(enumerate(by_slot(), first))
        return self._tables[key]


def _too_early(days: Levels, earliest: Levels, levels: Levels) -> Iterator[tuple[int, tuple[int, ...]]]:
    on: dict[int, list[int]] = defaultdict(list)
    for position in levels:
        on[days[position]].append(position)
    for first, enough in earliest.items():
        found = tuple(p for p in on[days[first]] if p != first and levels[p] < enough)
        if found:
            yield first, found
