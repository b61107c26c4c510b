"""Working days of some places at once, in order: what is told in working days is looked up, not walked to."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from functools import lru_cache

from waveplan.change_calendar.working_days import days_of_year

Place = tuple[str | None, str | None]  # country and its subdivision
Bisect = Callable[[Sequence[dt.date], dt.date], int]
_NOWHERE: Place = (None, None)


@lru_cache(maxsize=4096)
def work_days(places: frozenset[Place]) -> WorkDays:
    """The table of some places, made once; without places it has the ordinary weekend."""
    return WorkDays(places or frozenset((_NOWHERE,)))


class WorkDays:
    """Days that are worked at all of some places, year by year; each year is worked out when it is first asked about.

    Raises OverflowError where a day would lie outside the years that dates can have.
    """

    def __init__(self, places: frozenset[Place]) -> None:
        self._places = sorted(places, key=str)
        self._years: dict[int, list[dt.date]] = {}

    def works(self, day: dt.date) -> bool:
        """Whether a day is one of them."""
        days = self._of(day.year)
        number = bisect_left(days, day)
        return number < len(days) and days[number] == day

    def between(self, first: dt.date, last: dt.date) -> list[dt.date]:
        """Those from one day to another, both included."""
        found: list[dt.date] = []
        for year in range(first.year, last.year + 1):
            days = self._of(year)
            found += days[bisect_left(days, first) : bisect_right(days, last)]
        return found

    def before(self, day: dt.date, count: int = 1, earliest: dt.date = dt.date.min) -> dt.date:
        """The count-th of them before a day, the day itself for a count of 0; the earliest if it would lie before."""
        return self._back(day, count, earliest, bisect_left) if count else day

    def on_or_before(self, day: dt.date, count: int = 1, earliest: dt.date = dt.date.min) -> dt.date:
        """The count-th of them up to a day, backwards; the earliest if it would lie before."""
        return self._back(day, count, earliest, bisect_right)

    def after(self, day: dt.date, count: int = 1) -> dt.date:
        """The count-th of them after a day; the day itself for a count of 0."""
        return self._on(day, count, bisect_right) if count else day

    def on_or_after(self, day: dt.date) -> dt.date:
        """The first of them from a day on."""
        return self._on(day, 1, bisect_left)

    def _back(self, day: dt.date, count: int, earliest: dt.date, place: Bisect) -> dt.date:
        year, days = day.year, self._of(day.year)
        left = place(days, day)
        while left < count:
            count, year = count - left, year - 1
            if year < earliest.year and earliest != dt.date.min:
                return earliest
            days = self._of(year)
            left = len(days)
        return max(days[left - count], earliest)

    def _on(self, day: dt.date, count: int, place: Bisect) -> dt.date:
        year, days = day.year, self._of(day.year)
        number = place(days, day) + count - 1
        while number >= len(days):
            number, year = number - len(days), year + 1
            days = self._of(year)
        return days[number]

    def _of(self, year: int) -> list[dt.date]:
        if year not in self._years:
            if not dt.MINYEAR <= year <= dt.MAXYEAR:
                raise OverflowError("date value out of range")
            one, *others = (days_of_year(*place, year) for place in self._places)
            both = set(one).intersection(*others)
            self._years[year] = [day for day in one if day in both] if others else list(one)
        return self._years[year]
