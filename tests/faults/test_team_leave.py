"""Effort follows presence: leave moves work to the days on which the team is there, and no further."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from pathlib import Path

import pytest
from support.inventories import inventory_from

from waveplan import api
from waveplan.change_calendar import ChangeCalendar, Days
from waveplan.domain.policy import Rehearsal
from waveplan.planning import SolveOptions

FOLDER = Path(__file__).parent / "team-leave"


@pytest.mark.parametrize(
    ("name", "used"),
    [
        ("noleave", ["1", "1", "1", "1"]),
        ("weekleave", ["1.3333", "1.3333", "-", "1.3333"]),  # 4 person-days on 15 days
        ("fourdays", ["1.25", "1.25", "0.25", "1.25"]),  # on 16 days
        ("monthly", ["0.3333", "0.3333", "-", "0.3333"]),
    ],
)
def test_leave_moves_the_work_and_not_the_cutover(name: str, used: list[str]) -> None:
    inventory = api.validate(str(FOLDER / f"{name}.yaml")).inventory
    assert inventory is not None
    plan = api.solve_checked(inventory, options=SolveOptions(deterministic_limit=5, workers=1)).plan
    assert plan is not None
    assert [wave.date.isoformat() for wave in plan.waves] == ["2027-03-06"]
    weeks = plan.teams["admin"].weeks
    preparation = (weeks.get(f"2027-W{number:02}") for number in range(6, 10))
    assert [str(week.used) if week else "-" for week in preparation] == used


CALENDAR = ChangeCalendar(
    inventory_from("""
    teams:
      - id: half
        absences: [{from: 2026-01-06, to: 2026-01-06, capacity: 0.5}, {from: 2026-01-08, to: 2026-01-09}]
      - {id: late, available: {from: 2026-01-08}}
""")
)


def day(number: int) -> dt.date:
    return dt.date(2026, 1, number)


def test_shares_are_in_proportion_to_those_who_are_there() -> None:
    """From Monday 5 to Sunday 11 January: two days of the whole team and one of half of it."""
    shares = CALENDAR.effort_shares("half", Days(day(5), day(11)))
    assert shares == {day(5): Fraction(2, 5), day(6): Fraction(1, 5), day(7): Fraction(2, 5)}
    assert CALENDAR.effort_shares("late", Days(day(5), day(11))) == {day(8): Fraction(1, 2), day(9): Fraction(1, 2)}
    assert CALENDAR.effort_shares("half", Days(day(8), day(11))) == {}
    assert CALENDAR.effort_shares("half", Days(day(5), day(4))) == {}


@pytest.mark.parametrize(("team", "date", "expected"), [("half", 11, 7), ("half", 6, 6), ("late", 11, 9)])
def test_a_rehearsal_is_on_the_last_day_on_which_somebody_is_there(team: str, date: int, expected: int) -> None:
    rehearsal = Rehearsal.model_validate({"id": "dry-run", "days_before": 3})
    assert CALENDAR.rehearsal_day(rehearsal, day(date + 3), team) == day(expected)


def test_nobody_rehearses_before_the_team_belongs_to_the_programme() -> None:
    rehearsal = Rehearsal.model_validate({"id": "dry-run", "days_before": 3})
    assert CALENDAR.rehearsal_day(rehearsal, day(10), "late") is None
