"""Whole numbers by day, summed up year by year: what some days have together is told without adding them again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from itertools import accumulate


class DaySums:
    """What days have; `of_year` gives the numbers of all days of a year, in order, and is asked once for each."""

    def __init__(self, of_year: Callable[[int], Iterable[int]]) -> None:
        self._of_year = of_year
        self._years: dict[int, tuple[int, list[int]]] = {}  # the ordinal of its first day, and sums before each day

    def between(self, first: dt.date, last: dt.date) -> int:
        """What the days from one to another have together, both included."""
        if last < first:
            return 0
        begin, sums = self._sums(last.year)
        found = sums[last.toordinal() - begin + 1]
        for year in range(first.year, last.year):
            found += self._sums(year)[1][-1]
        begin, sums = self._sums(first.year)
        return found - sums[first.toordinal() - begin]

    def _sums(self, year: int) -> tuple[int, list[int]]:
        if year not in self._years:
            self._years[year] = dt.date(year, 1, 1).toordinal(), list(accumulate(self._of_year(year), initial=0))
        return self._years[year]
