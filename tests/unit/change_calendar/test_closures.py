"""Occurrences of periods at the ends of what calendars can tell."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from waveplan.change_calendar import ChangeCalendar, Days
from waveplan.change_calendar.closures import closures_of
from waveplan.domain.periods import Absence, Period

PARIS, HONOLULU = ZoneInfo("Europe/Paris"), ZoneInfo("Pacific/Honolulu")
YEAR = Days(dt.date(2026, 1, 1), dt.date(2026, 12, 31))


@pytest.mark.parametrize("zone", [PARIS, HONOLULU])
@pytest.mark.parametrize(
    ("first", "last"),
    [
        ("0001-01-01", "9999-12-31"),
        ("0001-01-01T00:00", "9999-12-31"),
        ("0001-01-01", "9999-12-31T23:59"),
        ("2026-03-01T12:00", "9999-12-31"),
        ("0001-01-01", "2026-03-01T12:00"),
    ],
)
def test_periods_without_an_end_are_worked_out(first: str, last: str, zone: ZoneInfo) -> None:
    found = closures_of(Period.model_validate({"from": first, "to": last}), (None, None), zone, YEAR)
    assert found.holds(dt.date(2026, 3, 1))
    assert found.holds(dt.date(2026, 6, 1)) == last.startswith("9999")
    assert found.holds(dt.date(2026, 2, 1)) == first.startswith("0001")


def test_a_day_in_place_of_a_moment_counts_whole() -> None:
    period = Period.model_validate({"from": "2026-12-24T18:00", "to": "2026-12-26"})
    [only] = closures_of(period, (None, None), PARIS, YEAR)
    assert only.start is not None and only.end is not None
    assert [each.isoformat() for each in (only.start, only.end)] == [
        "2026-12-24T18:00:00+01:00",
        "2026-12-27T00:00:00+01:00",
    ]
    assert only.days == Days(dt.date(2026, 12, 24), dt.date(2026, 12, 26))


def test_a_month_with_too_few_working_days_counts_its_last(inventory_of) -> None:
    period = Period.model_validate({"every": "month", "from_working_day": "23", "to_working_day": "23"})
    february = closures_of(period, (None, None), PARIS, Days(dt.date(2026, 2, 1), dt.date(2026, 2, 28)))
    assert [each.days for each in february] == [Days(dt.date(2026, 2, 27), dt.date(2026, 2, 27))]


def test_an_absence_told_by_moments_counts_on_every_day_that_it_touches(inventory_of) -> None:
    absence = {"every": "week", "from": "fri 18:00", "to": "mon 06:00"}
    calendar = ChangeCalendar(inventory_of(teams=[{"id": "t", "absences": [absence]}]))
    assert Absence.model_validate(absence).capacity == 0
    week = [calendar.team_share("t", day) for day in Days(dt.date(2026, 1, 12), dt.date(2026, 1, 18))]
    assert week == [0, 1, 1, 1, 0, 0, 0]


def test_working_days_are_those_of_the_team_unless_the_absence_names_a_country(inventory_of) -> None:
    form = {"every": "month", "from_working_day": "4", "to_working_day": "4"}
    teams = [
        {"id": "french", "country": "FR", "absences": [form]},
        {"id": "elsewhere", "country": "FR", "absences": [{**form, "country": "US"}]},
    ]
    calendar = ChangeCalendar(inventory_of(teams=teams))
    may = Days(dt.date(2026, 5, 1), dt.date(2026, 5, 31))  # the first is a holiday in France
    away = {team: [day.day for day in may if not calendar.team_share(team, day)] for team in ("french", "elsewhere")}
    assert away == {"french": [7], "elsewhere": [6]}
