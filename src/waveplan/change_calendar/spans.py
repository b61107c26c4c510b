"""Arithmetic on spans of hours, days and ISO weeks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

ONE_DAY = dt.timedelta(days=1)
_TICK = dt.timedelta(microseconds=1)
_FIRST = dt.datetime.min.replace(tzinfo=dt.UTC)
_TICKS_PER_HOUR = 3_600_000_000


@dataclass(frozen=True, slots=True)
class Days:
    """Days from `first` to `last`, both included."""

    first: dt.date
    last: dt.date

    def __iter__(self) -> Iterator[dt.date]:
        return map(dt.date.fromordinal, range(self.first.toordinal(), self.last.toordinal() + 1))

    @property
    def number(self) -> int:
        """How many they are."""
        return max(0, (self.last - self.first).days + 1)

    def within(self, other: Days) -> Iterator[tuple[int, dt.date]]:
        """Those that are among others too, with their place among these."""
        first = max(self.first, other.first)
        number = (first - self.first).days
        return enumerate(Days(first, min(self.last, other.last)), number)


def instant(when: dt.datetime) -> dt.datetime:
    """A moment in UTC, in which moments can be compared and subtracted.

    Python compares and subtracts two moments of one zone by what its clocks show, and adds to it: an hour off across
    a change of the clocks. Everything that compares moments or measures time goes through this or what stands below.
    """
    return when if when.tzinfo is dt.UTC else when.astimezone(dt.UTC)


def ticks(when: dt.datetime) -> int:
    """Microseconds from the beginning of all dates to a moment, in UTC."""
    return (instant(when) - _FIRST) // _TICK


def hours_between(start: dt.datetime, end: dt.datetime) -> Fraction:
    """Elapsed hours from one moment to another, whatever the clocks do in between."""
    return Fraction((instant(end) - instant(start)) // _TICK, _TICKS_PER_HOUR)


def latest(moments: Iterable[dt.datetime]) -> dt.datetime:
    """The last of some moments; of equal ones in several zones, the first given."""
    return max(moments, key=instant)


def elapsed(start: dt.datetime, hours: Decimal | Fraction) -> dt.datetime:
    """The moment so many elapsed hours after another one, whatever the clocks do in between; same zone."""
    return (instant(start) + int(hours * _TICKS_PER_HOUR) * _TICK).astimezone(start.tzinfo)


def moment(day: dt.date, time: dt.time, zone: dt.tzinfo) -> dt.datetime:
    """A time of day in a zone; one that the clocks skip is as much later, one that they repeat is the first."""
    return instant(dt.datetime.combine(day, time, zone)).astimezone(zone)


def days_of(start: dt.datetime, end: dt.datetime, zone: dt.tzinfo) -> Days:
    """Days that a half-open span touches in a zone.

    One that ends at 00:00 ends the day before; an empty one has its own day.
    """
    first = start.astimezone(zone).date()
    finish = instant(end)
    if finish <= instant(start):
        return Days(first, first)
    return Days(first, (finish - _TICK).astimezone(zone).date())


def iso_week(day: dt.date) -> str:
    """The ISO week of a day, as `2026-W08`."""
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02d}"


def week_monday(week: str) -> dt.date:
    """The Monday of an ISO week written `2026-W08`."""
    year, number = week.split("-W")
    return dt.date.fromisocalendar(int(year), int(number), 1)


def monday_of(day: dt.date) -> dt.date:
    """The Monday of a day's ISO week."""
    return day - dt.timedelta(days=day.weekday())


def next_month(day: dt.date) -> dt.date:
    """The first day of the month after that of a day."""
    return dt.date(day.year + day.month // 12, day.month % 12 + 1, 1)


def month_of_week(monday: dt.date) -> dt.date:
    """The first day of the month that an ISO week belongs to: that of its Thursday, as for ISO years."""
    return (monday + 3 * ONE_DAY).replace(day=1)


def weeks_of_months(first: dt.date, last: dt.date) -> Iterator[dt.date]:
    """Mondays of every week of the months from that of a first week to that of a last one."""
    start, end = month_of_week(first), month_of_week(last)
    monday = monday_of(start - 3 * ONE_DAY)
    while month_of_week(monday) <= end:
        if month_of_week(monday) >= start:
            yield monday
        monday += 7 * ONE_DAY
