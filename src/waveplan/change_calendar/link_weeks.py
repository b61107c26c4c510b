"""What links carry in a week by the wall clock: minute by minute, and in all."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from fractions import Fraction
from functools import cache

from waveplan.domain.scalars import weekday_number
from waveplan.domain.sites import Link

DAY = 24 * 60  # minutes
WEEK = 7 * DAY
_GB_PER_MINUTE = Fraction(3600, 8 * 60)  # at one Gbit/s
_EVERY_DAY = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
# Weekdays, both times or none, and a speed in Gbit/s.
Hours = tuple[tuple[str, ...], dt.time | None, dt.time | None, Fraction]


def gigabytes_a_week(link: Link) -> Fraction | None:
    """GB that a link carries beside other traffic from Monday to Sunday; None where nobody says how fast.

    Whatever the week: hours of the wall clock, days of 24 hours.
    """
    if link.background_gbps is None and not link.background:
        return None
    usual = Fraction(link.background_gbps or 0)
    if not link.background:
        return usual * Fraction(link.efficiency) * _GB_PER_MINUTE * WEEK
    hours = tuple(
        (tuple(entry.days), entry.start, entry.end, usual if entry.gbps is None else Fraction(entry.gbps))
        for entry in link.background
    )
    return sum(minute_speeds(hours), Fraction(0)) * Fraction(link.efficiency) * _GB_PER_MINUTE


def window_speeds(link: Link) -> tuple[Fraction, ...]:
    """GB that a link carries in windows in each minute of a week, Monday 00:00 first."""
    share = Fraction(link.efficiency) * _GB_PER_MINUTE
    if not isinstance(link.gbps, list):
        return (Fraction(link.gbps) * share,) * WEEK
    hours = tuple((tuple(each.days), each.start, each.end, Fraction(each.gbps) * share) for each in link.gbps)
    return minute_speeds(hours)


def steady_speed(link: Link) -> Fraction | None:
    """GB that a link carries in windows in a minute, if that is always the same."""
    if not isinstance(link.gbps, list):
        return Fraction(link.gbps) * Fraction(link.efficiency) * _GB_PER_MINUTE
    speeds = set(window_speeds(link))
    return speeds.pop() if len(speeds) == 1 else None


def mean_gbps(link: Link) -> Fraction:
    """Gbit/s of a link in windows, over a whole week; its efficiency counts."""
    if not isinstance(link.gbps, list):
        return Fraction(link.gbps) * Fraction(link.efficiency)
    return sum(window_speeds(link), Fraction(0)) / WEEK / _GB_PER_MINUTE


@cache
def minute_speeds(entries: Iterable[Hours]) -> tuple[Fraction, ...]:
    """By minute of the week the speed of the first entry that covers it; 0 where none does."""
    speeds: list[Fraction | None] = [None] * WEEK
    for days, start, end, speed in entries:
        first, length = _span(start, end)
        for day in days or _EVERY_DAY:
            begin = weekday_number(day) * DAY + first
            for minute in range(begin, begin + length):
                if speeds[minute % WEEK] is None:  # Sunday's night is part of each week's Monday
                    speeds[minute % WEEK] = speed
    return tuple(speed or Fraction(0) for speed in speeds)


def _span(start: dt.time | None, end: dt.time | None) -> tuple[int, int]:
    """First minute of the day, and how many; an end that is not after the start is the next day's."""
    if start is None or end is None:
        return 0, DAY
    first, last = start.hour * 60 + start.minute, end.hour * 60 + end.minute
    return first, last - first if last > first else last - first + DAY
