"""What a link carries in the background in a week, whatever the week: hours of the wall clock, days of 24 hours."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

from waveplan.domain.inventory import Link
from waveplan.domain.scalars import weekday_number

_DAY = 24 * 60  # minutes
_WEEK = 7 * _DAY
_GB_PER_MINUTE = Fraction(3600, 8 * 60)  # at one Gbit/s


def gigabytes_a_week(link: Link) -> Fraction | None:
    """GB that a link carries beside other traffic from Monday to Sunday; None where nobody says how fast."""
    if link.background_gbps is None and not link.background:
        return None
    if not link.background:
        assert link.background_gbps is not None
        return Fraction(link.background_gbps) * Fraction(link.efficiency) * _GB_PER_MINUTE * _WEEK
    rates: list[Fraction | None] = [None] * _WEEK  # by minute: of the first entry that covers it
    for entry in link.background:
        rate = Fraction(entry.gbps if entry.gbps is not None else link.background_gbps or 0)
        first, length = _span(entry.start, entry.end)
        for day in entry.days or ("mon", "tue", "wed", "thu", "fri", "sat", "sun"):
            begin = weekday_number(day) * _DAY + first
            for minute in range(begin, begin + length):
                if rates[minute % _WEEK] is None:  # Sunday's night is part of each week's Monday
                    rates[minute % _WEEK] = rate
    total = sum((rate for rate in rates if rate), Fraction(0))
    return total * Fraction(link.efficiency) * _GB_PER_MINUTE


def _span(start: dt.time | None, end: dt.time | None) -> tuple[int, int]:
    """First minute of the day, and how many; an end that is not after the start is the next day's."""
    if start is None or end is None:
        return 0, _DAY
    first, last = start.hour * 60 + start.minute, end.hour * 60 + end.minute
    return first, last - first if last > first else last - first + _DAY
