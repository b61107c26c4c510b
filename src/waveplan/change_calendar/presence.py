"""How much of a team is at work, as whole parts that are summed up by week."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from fractions import Fraction
from functools import lru_cache

from waveplan.change_calendar.day_sums import DaySums
from waveplan.change_calendar.spans import ONE_DAY, Days, monday_of


class Presence:
    """The share of a team that is at work day by day, in `unit`-ths of the whole team."""

    def __init__(self, unit: int, of_year: Callable[[int], Iterable[int]]) -> None:
        self._unit = unit
        self._sums = DaySums(of_year)

    def on(self, days: Days) -> Fraction:
        """Days of the whole team that some days have."""
        return Fraction(self._sums.between(days.first, days.last), self._unit)

    def by_week(self, days: Days) -> Iterator[tuple[dt.date, Fraction]]:
        """Mondays of weeks with the share of all presence on some days that theirs have; none where there is none."""
        whole = self._sums.between(days.first, days.last)
        first = days.first
        while whole and first <= days.last:
            last = min(days.last, first + (6 - first.weekday()) * ONE_DAY)
            part = self._sums.between(first, last)
            if part:
                yield monday_of(first), _share(part, whole)
            first = last + ONE_DAY


@lru_cache(maxsize=4096)
def _share(part: int, whole: int) -> Fraction:
    """Few of them are asked for again and again, and fractions are slow to make."""
    return Fraction(part, whole)
