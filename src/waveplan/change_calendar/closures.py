"""Closures: the dated occurrences of freezes, blackouts and absences."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from waveplan.change_calendar.slots import Slot, Span
from waveplan.change_calendar.spans import ONE_DAY, Days, days_of, instant, moment, monday_of, next_month
from waveplan.change_calendar.work_days import Place, work_days
from waveplan.domain.periods import Period
from waveplan.domain.recurrence import week_time

Clock = dt.date | dt.datetime  # a whole day, or a moment by the clocks of programme time
_TOLD = Days(dt.date(1800, 1, 1), dt.date(3100, 1, 1))  # no programme comes near either


@dataclass(frozen=True, slots=True)
class Closure:
    """One occurrence: days, in the zone of whoever is closed; or from a moment to another, the last one excluded.

    `first` and `last` are then the days of programme time that it touches.
    """

    first: dt.date
    last: dt.date
    start: dt.datetime | None = None
    end: dt.datetime | None = None

    @property
    def days(self) -> Days:
        """Its days."""
        return Days(self.first, self.last)


class Closures:
    """All occurrences of one period, in order; none begins or ends before the one before it does."""

    def __init__(self, found: Iterable[Closure]) -> None:
        self._found = tuple(found)

    def __iter__(self) -> Iterator[Closure]:
        return iter(self._found)

    def between(self, first: dt.date, last: dt.date) -> tuple[Closure, ...]:
        """Those that touch the days from a first to a last one."""
        return self._found[bisect_left(self._lasts, first) : bisect_right(self._firsts, last)]

    def holds(self, day: dt.date) -> bool:
        """Whether one of them touches a day."""
        return bool(self.between(day, day))

    def meeting(self, slot: Slot, zone: str | None) -> Closure | None:
        """The first that a window of a lot of that zone runs into."""
        if not self._found:
            return None
        if self._found[0].start is None:
            return self.met(slot.days(zone), None)
        start, end = slot.span(zone)
        return self.met(None, (instant(start), instant(end)))

    def met(self, days: Days | None, span: Span | None) -> Closure | None:
        """The first that a window runs into: by its days in its own zone, or by its instants where hours are told."""
        if not self._found:
            return None
        if self._found[0].start is None:
            assert days is not None
            return next(iter(self.between(days.first, days.last)), None)
        assert span is not None
        start, end = span
        number = bisect_right(self._ends, start)
        return self._found[number] if number < len(self._found) and self._starts[number] < end else None

    @cached_property
    def _firsts(self) -> list[dt.date]:
        return [each.first for each in self._found]

    @cached_property
    def _lasts(self) -> list[dt.date]:
        return [each.last for each in self._found]

    @cached_property
    def _starts(self) -> list[dt.datetime]:
        return [instant(each.start) for each in self._found if each.start is not None]

    @cached_property
    def _ends(self) -> list[dt.datetime]:
        return [instant(each.end) for each in self._found if each.end is not None]


def closures_of(period: Period, place: Place, zone: dt.tzinfo, span: Days) -> Closures:
    """Occurrences of a period; of one that recurs, those that touch a span. Working days are those of the place."""
    if period.every == "week":
        return Closures(_weekly(period, zone, span))
    if period.every == "month":
        return Closures(_monthly(period, place, span))
    first = period.first if isinstance(period.first, dt.date) else dt.date.min
    last = period.last if isinstance(period.last, dt.date) else dt.date.max
    return Closures([_closure(first, last, zone)])


def _closure(first: Clock, last: Clock, zone: dt.tzinfo) -> Closure:
    """From one to the other; a day among them counts whole."""
    if not isinstance(first, dt.datetime) and not isinstance(last, dt.datetime):
        return Closure(first, last)
    start, end = _at(first, zone), _at(last, zone, through=True)
    days = days_of(start, end, zone)
    return Closure(days.first, days.last, start, end)


def _at(clock: Clock, zone: dt.tzinfo, *, through: bool = False) -> dt.datetime:
    """A moment by the clocks of a zone: a day's beginning, or the end of it; within the years that zones can tell."""
    day = clock.date() if isinstance(clock, dt.datetime) else clock
    if not _TOLD.first <= day <= _TOLD.last:
        return moment(_TOLD.first if day < _TOLD.first else _TOLD.last, dt.time(), zone)
    if isinstance(clock, dt.datetime):
        return moment(day, clock.time(), zone)
    return moment(day + ONE_DAY if through else day, dt.time(), zone)


def _weekly(period: Period, zone: dt.tzinfo, span: Days) -> Iterator[Closure]:
    """Each begins on its weekday; it ends on the first such day (and time) after."""
    assert isinstance(period.first, str) and isinstance(period.last, str)
    (begins, opens), (ends, closes) = week_time(period.first), week_time(period.last)
    length = (ends - begins) % 7
    if length == 0 and opens is not None and closes is not None and closes <= opens:
        length = 7
    day = monday_of(span.first) + (begins - 7) * ONE_DAY
    while day <= span.last:
        last = day + length * ONE_DAY
        if last >= span.first:
            yield _closure(_clock(day, opens), _clock(last, closes), zone)
        day += 7 * ONE_DAY


def _clock(day: dt.date, time: dt.time | None) -> Clock:
    return day if time is None else dt.datetime.combine(day, time)


def _monthly(period: Period, place: Place, span: Days) -> Iterator[Closure]:
    """From a working day of each month to one of the same or, counted from its end to its beginning, of the next."""
    begins, ends = period.from_working_day, period.to_working_day
    assert begins is not None and ends is not None
    bounds = Days(
        period.first if isinstance(period.first, dt.date) else dt.date.min,
        period.last if isinstance(period.last, dt.date) else dt.date.max,
    )
    month = (span.first.replace(day=1) - ONE_DAY).replace(day=1)
    while month <= span.last:
        following = next_month(month)
        first = max(nth_working_day(month, begins, place), bounds.first)
        last = min(nth_working_day(following if begins < 0 < ends else month, ends, place), bounds.last)
        if first <= last and span.first <= last and first <= span.last:
            yield Closure(first, last)
        month = following


def nth_working_day(month: dt.date, number: int, place: Place) -> dt.date:
    """A working day of a month by its number, from 1 or from -1 backwards; the nearest if there are not so many."""
    days = work_days(frozenset((place,))).between(month, next_month(month) - ONE_DAY)
    if not days:
        return month
    return days[min(number - 1, len(days) - 1)] if number > 0 else days[max(number, -len(days))]
