"""A stretch of time cut into cells, as fine as the width allows, and its ruler of months and ISO weeks."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

from waveplan.change_calendar.spans import ONE_DAY, monday_of
from waveplan.render.language import Language, Shown

# Days per cell within a week; the cuts keep weekends, where most cutovers are, apart from the gates before them.
_WEEK_CUTS: tuple[tuple[int, ...], ...] = (
    (1, 1, 1, 1, 1, 1, 1),
    (1, 2, 2, 2),
    (2, 2, 3),
    (4, 3),
    (7,),
)
_WEEK_STEPS = (1, 2, 4, 8, 13, 26, 52)
_LABEL = 3  # two digits and a blank


@dataclass(frozen=True)
class Grid:
    """Cells of time in a row: `starts` are their first days, `end` is the day after the last cell."""

    starts: tuple[dt.date, ...]
    end: dt.date
    weekly: int | None  # cells a week, when weeks are cut alike
    days: int  # days per cell, when a cell is a week or longer

    def __len__(self) -> int:
        return len(self.starts)

    @property
    def last(self) -> dt.date:
        """The last day it shows."""
        return self.end - ONE_DAY

    def cell(self, day: dt.date) -> int | None:
        """The cell of a day; none outside."""
        return bisect_right(self.starts, day) - 1 if self.starts[0] <= day < self.end else None

    def cells(self, first: dt.date, last: dt.date) -> range:
        """Cells that share a day with a period."""
        if last < first or last < self.starts[0] or first >= self.end:
            return range(0)
        start = self.cell(max(first, self.starts[0])) or 0
        stop = self.cell(min(last, self.last)) or 0
        return range(start, stop + 1)

    @property
    def by_quarter(self) -> bool:
        """Whether months are too narrow to be marked one by one."""
        return self.days > 10

    def begins_period(self, day: dt.date) -> bool:
        """Whether a month, or a quarter on a coarse grid, begins in the cell that starts on that day."""
        before, place = day - ONE_DAY, bisect_right(self.starts, day)
        last = self.starts[place] - ONE_DAY if place < len(self) else self.last
        span = 3 if self.by_quarter else 1
        return (before.year, (before.month - 1) // span) != (last.year, (last.month - 1) // span)

    def scale_words(self, language: Language) -> Shown:
        """How much time a cell is."""
        if self.weekly == 7:
            return language.say("one character is a day")
        if self.weekly and self.weekly > 1:
            return language.say("{n} characters are a week", n=self.weekly)
        if self.days == 7:
            return language.say("one character is a week")
        return language.say("one character is {n} days", n=self.days)


def grid_over(first: dt.date, last: dt.date, width: int) -> Grid:
    """The finest grid of whole weeks from a first to a last day that is at most `width` cells wide."""
    start = monday_of(first)
    weeks = (monday_of(last) - start).days // 7 + 1
    for cuts in _WEEK_CUTS:
        if weeks * len(cuts) <= width:
            return _cut_alike(start, weeks, cuts)
    days = -(-weeks * 7 // max(width, 1))
    starts = tuple(start + dt.timedelta(days=offset) for offset in range(0, weeks * 7, days))
    return Grid(starts, starts[-1] + dt.timedelta(days=days), None, days)


def weekly_grid(first: dt.date, last: dt.date, width: int) -> Grid:
    """A grid of one cell a week, or of several whole weeks a cell when the width asks for it."""
    start = monday_of(first)
    weeks = (monday_of(last) - start).days // 7 + 1
    step = -(-weeks // max(width, 1))
    starts = tuple(start + dt.timedelta(weeks=offset) for offset in range(0, weeks, step))
    return Grid(starts, starts[-1] + dt.timedelta(weeks=step), 1 if step == 1 else None, 7 * step)


def _cut_alike(start: dt.date, weeks: int, cuts: tuple[int, ...]) -> Grid:
    starts, day = [], start
    for _ in range(weeks):
        for days in cuts:
            starts.append(day)
            day += dt.timedelta(days=days)
    return Grid(tuple(starts), day, len(cuts), 7 if len(cuts) == 1 else 0)


def month_ruler(grid: Grid, language: Language) -> str:
    """Names of months where they begin, as many as find room."""
    months = [grid.starts[0], *_month_starts(grid)]
    room = len(grid) * 28 // max((grid.end - grid.starts[0]).days, 1)
    return _ruler(((grid.cell(day), language.month_tick(day, room)) for day in months), len(grid))


def year_ruler(grid: Grid) -> str:
    """Years where they begin; empty when there is only one."""
    years = [grid.starts[0], *(day for day in _month_starts(grid) if day.month == 1)]
    if len({day.year for day in years}) == 1:
        return ""
    return _ruler(((grid.cell(day), str(day.year)) for day in years), len(grid))


def week_ruler(grid: Grid) -> str:
    """Numbers of ISO weeks, as many as find room, at even steps."""
    mondays = [grid.starts[0] + dt.timedelta(weeks=n) for n in range((grid.end - grid.starts[0]).days // 7)]
    cells_a_week = len(grid) / max(len(mondays), 1)
    step = next((step for step in _WEEK_STEPS if step * cells_a_week >= _LABEL), _WEEK_STEPS[-1])
    return _ruler(((grid.cell(day), f"{day.isocalendar().week:02d}") for day in mondays[::step]), len(grid))


def _month_starts(grid: Grid) -> list[dt.date]:
    found, day = [], grid.starts[0].replace(day=1)
    while day < grid.end:
        if day > grid.starts[0]:
            found.append(day)
        day = (day + 31 * ONE_DAY).replace(day=1)
    return found


def _ruler(labels: Iterable[tuple[int | None, str]], width: int) -> str:
    placed = [(cell, label) for cell, label in labels if cell is not None and cell + len(label) <= width]
    if len(placed) > 1 and placed[0][0] + len(placed[0][1]) >= placed[1][0]:
        del placed[0]  # what the first cell only ends gives way to what begins after it
    line, free = [" "] * width, 0
    for cell, label in placed:
        if cell >= free:
            line[cell : cell + len(label)] = label
            free = cell + len(label) + 1
    return "".join(line).rstrip()
