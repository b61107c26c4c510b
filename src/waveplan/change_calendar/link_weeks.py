"""What links carry in a week by the wall clock: run by run of minutes with one speed, and in all."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class SpeedWeek:
    """Speeds by minute of the week, Monday 00:00 first: the first minute of each run of one speed, and its speed."""

    firsts: tuple[int, ...]
    speeds: tuple[Fraction, ...]

    def at(self, minute: int) -> tuple[Fraction, int]:
        """The speed in a minute of the week, and for how many minutes from there on it stays."""
        run = bisect_right(self.firsts, minute) - 1
        end = self.firsts[run + 1] if run + 1 < len(self.firsts) else WEEK
        return self.speeds[run], end - minute

    @property
    def total(self) -> Fraction:
        """What a week carries from Monday to Sunday, whatever the week: days of 24 hours."""
        ends = (*self.firsts[1:], WEEK)
        runs = zip(self.firsts, ends, self.speeds, strict=True)
        return sum(((end - first) * speed for first, end, speed in runs), Fraction(0))

    @property
    def steady(self) -> Fraction | None:
        """The speed that it always is, if it is."""
        return self.speeds[0] if len(self.firsts) == 1 else None

    def beside(self, other: SpeedWeek) -> SpeedWeek:
        """Both together."""
        firsts = sorted({*self.firsts, *other.firsts})
        return _runs((first, self.at(first)[0] + other.at(first)[0]) for first in firsts)


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
    return speed_week(hours).total * Fraction(link.efficiency) * _GB_PER_MINUTE


def window_speeds(link: Link) -> SpeedWeek:
    """GB a minute that a link carries in windows through a week."""
    share = Fraction(link.efficiency) * _GB_PER_MINUTE
    if not isinstance(link.gbps, list):
        return SpeedWeek((0,), (Fraction(link.gbps) * share,))
    hours = tuple((tuple(each.days), each.start, each.end, Fraction(each.gbps) * share) for each in link.gbps)
    return speed_week(hours)


def mean_gbps(link: Link) -> Fraction:
    """Gbit/s of a link in windows, over a whole week; its efficiency counts."""
    return window_speeds(link).total / WEEK / _GB_PER_MINUTE


@cache
def speed_week(entries: tuple[Hours, ...]) -> SpeedWeek:
    """In each minute of the week the speed of the first entry that covers it; 0 where none does."""
    spans = [
        ((weekday_number(day) * DAY + first) % WEEK, length, speed)
        for days, start, end, speed in entries
        for first, length in [_span(start, end)]
        for day in days or _EVERY_DAY
    ]
    firsts = sorted({0, *(begin for begin, _, _ in spans), *((begin + length) % WEEK for begin, length, _ in spans)})
    return _runs((first, _first_that_covers(first, spans)) for first in firsts)


def _first_that_covers(minute: int, spans: Iterable[tuple[int, int, Fraction]]) -> Fraction:
    """Sunday's night is part of each week's Monday."""
    return next((speed for begin, length, speed in spans if (minute - begin) % WEEK < length), Fraction(0))


def _runs(found: Iterable[tuple[int, Fraction]]) -> SpeedWeek:
    """Runs next to each other with the same speed are one."""
    firsts: list[int] = []
    speeds: list[Fraction] = []
    for first, speed in found:
        if not speeds or speed != speeds[-1]:
            firsts.append(first)
            speeds.append(speed)
    return SpeedWeek(tuple(firsts), tuple(speeds))


def _span(start: dt.time | None, end: dt.time | None) -> tuple[int, int]:
    """First minute of the day, and how many; an end that is not after the start is the next day's."""
    if start is None or end is None:
        return 0, DAY
    first, last = start.hour * 60 + start.minute, end.hour * 60 + end.minute
    return first, last - first if last > first else last - first + DAY
