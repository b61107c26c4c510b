"""What slots are for lots of one zone, slot by slot: worked out once, then looked up by the slot's place."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import cached_property
from itertools import accumulate

from waveplan.change_calendar.closures import Closures
from waveplan.change_calendar.slots import Slot
from waveplan.change_calendar.spans import Days, days_of, elapsed, instant, ticks

Zone = str | None
Moments = tuple[dt.datetime, dt.datetime]


class SlotTables:
    """The slots of a calendar for lots of each zone; a zone makes a difference only where lots keep their own hours.

    Days are those of programme time unless a method says otherwise.
    """

    def __init__(self, slots: Sequence[Slot], zone: dt.tzinfo) -> None:
        self._slots = slots
        self._programme = zone
        self._zones: dict[Zone, ZoneSlots] = {}
        self._alike: dict[object, ZoneSlots] = {}
        self._care: dict[tuple[dt.datetime, Decimal], Days] = {}  # zones of one offset have the same moments

    def of(self, zone: Zone) -> ZoneSlots:
        """The slots for lots of a zone; zones of one time share them."""
        if zone not in self._zones:
            found = ZoneSlots(self, self._slots, zone)
            self._zones[zone] = self._alike.setdefault((found.moments, found.own_days), found)
        return self._zones[zone]

    def run(self, start: dt.datetime, end: dt.datetime) -> Days:
        """Days that a span of instants touches."""
        return days_of(start, end, self._programme)

    def care(self, end: dt.datetime, hours: Decimal) -> Days:
        """Days from an instant to so many hours after it."""
        found = self._care.get((end, hours))
        if found is None:
            found = self._care[end, hours] = days_of(end, elapsed(end, hours), self._programme)
        return found


class ZoneSlots:
    """By place of a slot: its moments and days for lots of one zone."""

    def __init__(self, tables: SlotTables, slots: Sequence[Slot], zone: Zone) -> None:
        self._tables = tables
        self._slots = slots
        self._zone = zone
        self._otherwise = None if zone is None else tables.of(None)  # slots that have hours of their own
        self._care: dict[Decimal, tuple[Days, ...]] = {}

    @cached_property
    def moments(self) -> tuple[Moments, ...]:
        """Start and end as instants."""
        known = self._otherwise.moments if self._otherwise else None
        return tuple(
            known[place] if known and not slot.site_zone else _instants(slot, self._zone)
            for place, slot in enumerate(self._slots)
        )

    @cached_property
    def own_days(self) -> tuple[Days, ...]:
        """Days that the slot touches in its own zone: the lots', where they keep their own hours."""
        known = self._otherwise.own_days if self._otherwise else None
        return tuple(
            known[place] if known and not slot.site_zone else slot.days(self._zone)
            for place, slot in enumerate(self._slots)
        )

    @cached_property
    def runs(self) -> tuple[Days, ...]:
        """Days on which the window runs."""
        return tuple(self._tables.run(start, end) for start, end in self.moments)

    def hypercare(self, hours: Decimal) -> tuple[Days, ...]:
        """Days from the window's end to the end of so many hours of hypercare."""
        if hours not in self._care:
            self._care[hours] = tuple(self._tables.care(end, hours) for _, end in self.moments)
        return self._care[hours]

    def meeting(self, closures: Closures) -> frozenset[int]:
        """Places of the slots that run into an occurrence of a period."""
        found: set[int] = set()
        for each in closures:
            if each.start is None or each.end is None:
                found.update(self._by_day.touching(each.first.toordinal(), each.last.toordinal()))
            else:
                found.update(self._by_tick.touching(ticks(each.start), ticks(each.end) - 1))
        return frozenset(found)

    @cached_property
    def _by_day(self) -> _Sorted:
        return _Sorted([(days.first.toordinal(), days.last.toordinal()) for days in self.own_days])

    @cached_property
    def _by_tick(self) -> _Sorted:
        return _Sorted([(ticks(start), ticks(end) - 1) for start, end in self.moments])


def _instants(slot: Slot, zone: Zone) -> Moments:
    start, end = slot.span(zone)
    return instant(start), instant(end)


class _Sorted:
    """Spans of whole numbers by where they begin, and how far those up to each one reach."""

    def __init__(self, spans: Sequence[tuple[int, int]]) -> None:
        self._order = sorted(range(len(spans)), key=spans.__getitem__)
        self._firsts = [spans[number][0] for number in self._order]
        self._lasts = [spans[number][1] for number in self._order]
        self._reach = list(accumulate(self._lasts, max))

    def touching(self, first: int, last: int) -> Iterator[int]:
        """Numbers of the spans that have something of a span, both ends included."""
        for place in range(bisect_left(self._reach, first), bisect_right(self._firsts, last)):
            if self._lasts[place] >= first:
                yield self._order[place]
