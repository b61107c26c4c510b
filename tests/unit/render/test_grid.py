"""Time cut into cells, and rulers above it."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waveplan.render.grid import grid_over, month_ruler, week_ruler, weekly_grid, year_ruler
from waveplan.render.language import translator

DAY = dt.timedelta(days=1)
EN = translator("en")


@given(
    first=st.dates(dt.date(2020, 1, 1), dt.date(2030, 1, 1)),
    span=st.integers(0, 1600),
    width=st.integers(20, 250),
)
def test_every_day_has_its_cell(first: dt.date, span: int, width: int) -> None:
    """Cells follow each other without a hole, begin on a Monday, and fit the width."""
    last = first + span * DAY
    grid = grid_over(first, last, width)
    assert 1 <= len(grid) <= max(width, 1)
    assert grid.starts[0].weekday() == 0
    assert grid.starts[0] <= first <= last < grid.end
    cells = [grid.cell(grid.starts[0] + n * DAY) for n in range((grid.end - grid.starts[0]).days)]
    assert cells == sorted(cells, key=lambda cell: -1 if cell is None else cell)
    assert set(cells) == set(range(len(grid)))
    assert grid.cell(grid.end) is None
    assert grid.cell(grid.starts[0] - DAY) is None
    assert list(grid.cells(first, last)) == list(range(grid.cell(first) or 0, (grid.cell(last) or 0) + 1))


@given(
    first=st.dates(dt.date(2020, 1, 1), dt.date(2030, 1, 1)),
    span=st.integers(0, 1600),
    width=st.integers(20, 250),
)
def test_rulers_stay_in_their_width_and_tell_the_truth(first: dt.date, span: int, width: int) -> None:
    """A month's name stands where the month begins, a week's number where the week does."""
    grid = grid_over(first, first + span * DAY, width)
    assert len(month_ruler(grid, EN)) <= len(grid)
    weeks = week_ruler(grid)
    assert len(weeks) <= len(grid)
    for place in range(len(weeks)):
        if weeks[place].isdigit() and (place == 0 or not weeks[place - 1].isdigit()):
            end = grid.starts[place + 1] if place + 1 < len(grid) else grid.end
            days = [grid.starts[place] + n * DAY for n in range((end - grid.starts[place]).days)]
            assert int(weeks[place : place + 2]) in {day.isocalendar().week for day in days}


@pytest.mark.parametrize(
    ("weeks", "width", "cells"),
    [(10, 70, 70), (10, 69, 40), (10, 39, 30), (10, 29, 20), (10, 19, 10), (10, 9, 9), (157, 64, 62)],
)
def test_the_finest_grid_that_fits(weeks: int, width: int, cells: int) -> None:
    """Days, then parts of weeks, then weeks, then as many days a cell as it takes."""
    start = dt.date(2026, 1, 5)
    assert len(grid_over(start, start + dt.timedelta(weeks=weeks) - DAY, width)) == cells


def test_weekends_stand_apart_from_the_gates_before_them() -> None:
    """Two cells a week: the gate on Wednesday and the cutover on Saturday do not share one."""
    grid = grid_over(dt.date(2026, 1, 5), dt.date(2026, 3, 15), 20)
    assert grid.cell(dt.date(2026, 2, 11)) != grid.cell(dt.date(2026, 2, 14))


def test_years_are_told_when_there_are_several() -> None:
    """A stretch over New Year names both; the sliver of the first one gives way."""
    assert year_ruler(grid_over(dt.date(2026, 1, 5), dt.date(2026, 12, 1), 60)) == ""
    assert year_ruler(grid_over(dt.date(2026, 6, 1), dt.date(2027, 6, 1), 60)).split() == ["2026", "2027"]
    assert year_ruler(grid_over(dt.date(2026, 12, 28), dt.date(2027, 6, 1), 60)).split() == ["2027"]


def test_weekly_grids_take_whole_weeks() -> None:
    """Of a long programme several weeks share a cell."""
    grid = weekly_grid(dt.date(2026, 1, 5), dt.date(2028, 12, 31), 60)
    assert (grid.days, len(grid)) == (21, 52)
    assert weekly_grid(dt.date(2026, 1, 5), dt.date(2026, 6, 1), 60).days == 7


def test_scale_in_words() -> None:
    """The legend says what a character is."""
    start = dt.date(2026, 1, 5)
    said = [grid_over(start, start + dt.timedelta(weeks=10) - DAY, width).scale_words(EN) for width in (70, 30, 10, 5)]
    assert said == [
        "one character is a day",
        "3 characters are a week",
        "one character is a week",
        "one character is 14 days",
    ]
