"""On which days people are told and taught around a cutover, and on which their team works."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.inventories import inventory_from

from waveplan.change_calendar import ChangeCalendar, Days
from waveplan.domain.adoption import Adoption

INVENTORY = inventory_from(
    """
    programme: {start: 2026-01-05, deadline: 2026-12-18}
    sites:
      - {id: paris, country: FR}
      - {id: riyadh, country: SA}
      - {id: anywhere}
    teams:
      - id: trainers
        person_days_per_week: 5
        available: {from: 2026-04-20}
        absences: [{from: 2026-05-11, to: 2026-05-15}]
    """
)
CALENDAR = ChangeCalendar(INVENTORY)
SATURDAY = dt.date(2026, 5, 2)  # the day after a French public holiday


def entry(**keys: object) -> Adoption:
    words = {key: str(value) for key, value in keys.items()}
    return Adoption.model_validate(
        {
            "id": "-".join(f"{key}.{value}" for key, value in words.items()),
            "kind": "training",
            "team": "trainers",
            "effort": "1",
            **words,
        }
    )


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(f"2026-{text}")


@pytest.mark.parametrize(
    ("when", "sites", "first"),
    [
        ({"days_before": 5}, ["paris"], "04-27"),  # a Monday
        ({"days_before": 1}, ["paris"], "04-30"),  # 1 May is off
        ({"days_before": 1}, ["anywhere"], "05-01"),
        ({"days_before": 0}, ["paris"], "04-30"),
        ({"days_before": 1}, ["riyadh"], "04-30"),  # Friday is its weekend
        ({"days_after": 0}, ["paris"], "05-04"),
        ({"days_after": 0}, ["riyadh"], "05-03"),  # a Sunday is worked
        ({"days_after": 6}, ["paris"], "05-11"),  # 8 May is off, then a weekend
        ({"working_days_before": 1}, ["paris"], "04-30"),
        ({"working_days_before": 4}, ["paris"], "04-27"),
        ({"working_days_before": 4}, ["paris", "riyadh"], "04-27"),
        ({"working_days_before": 5}, ["paris", "riyadh"], "04-23"),  # neither Friday nor Sunday
        ({"working_days_before": 0}, ["paris"], "04-30"),
        ({"working_days_after": 0}, ["paris"], "05-04"),
        ({"working_days_after": 1}, ["paris"], "05-04"),
        ({"working_days_after": 5}, ["paris"], "05-11"),
    ],
)
def test_a_day_that_is_not_worked_gives_way(when: dict[str, int], sites: list[str], first: str) -> None:
    assert CALENDAR.adoption_days(entry(**when), SATURDAY, sites) == Days(day(first), day(first))


def test_it_lasts_so_many_working_days() -> None:
    assert CALENDAR.adoption_days(entry(days_after=0, days=5), SATURDAY, ["paris"]) == Days(day("05-04"), day("05-11"))
    assert CALENDAR.adoption_days(entry(days_before=3, days=2), SATURDAY, ["paris"]) == Days(day("04-29"), day("04-30"))


def test_effort_falls_on_its_days_with_somebody_there_else_on_the_last_before() -> None:
    spread = entry(days_after=5, days=4)
    days = CALENDAR.adoption_days(spread, SATURDAY, ["paris"])
    assert CALENDAR.adoption_shares(spread, days) == {
        day("05-07"): Fraction(1, 2),
        day("05-08"): Fraction(1, 2),  # off in Paris, but not for the team; then its leave begins
    }
    away = Days(day("05-12"), day("05-14"))
    assert CALENDAR.adoption_shares(spread, away) == {day("05-08"): Fraction(1)}
    assert CALENDAR.adoption_shares(spread, Days(day("04-17"), day("04-17"))) == {}


def test_sites_of_one_country_have_one_answer() -> None:
    """Lots by the hundred so share few spreads of work."""
    calendar = ChangeCalendar(
        inventory_from("""
        sites:
          - {id: lyon, country: FR}
          - {id: berlin, country: DE, subdivision: BE}
          - {id: arras, country: FR}
          - {id: metz, country: FR, subdivision: "57"}
        """)
    )
    assert calendar.one_of_each_place(["arras"]) == calendar.one_of_each_place(["lyon"]) == ("lyon",)
    assert calendar.one_of_each_place(["metz", "arras", "berlin", "lyon"]) == ("berlin", "lyon", "metz")
    assert calendar.one_of_each_place([]) == ()


KEYS = st.sampled_from(["days_before", "days_after", "working_days_before", "working_days_after"])
SITES = st.lists(st.sampled_from(["paris", "riyadh", "anywhere"]), unique=True)


@given(KEYS, st.integers(0, 30), st.integers(1, 8), SITES, st.integers(0, 200))
def test_it_is_the_nearest_working_days_on_its_side(
    key: str, number: int, days: int, sites: list[str], ahead: int
) -> None:
    cutover = day("03-02") + dt.timedelta(days=ahead)
    found = CALENDAR.adoption_days(entry(**{key: number, "days": days}), cutover, sites)
    worked = [each for each in found if CALENDAR.is_working_day(sites, each)]
    assert (worked[0], worked[-1], len(worked)) == (found.first, found.last, days)
    before = key.endswith("before")
    low, high = (found.first, cutover) if before else (cutover, found.first)
    between = [low + dt.timedelta(days=n) for n in range((high - low).days + 1)]
    if key.startswith("working"):
        counted = [each for each in between if each != cutover and CALENDAR.is_working_day(sites, each)]
        assert len(counted) in ({number} if number else {0, 1})
    else:
        base = cutover + dt.timedelta(days=-number if before else number)
        passed = Days(found.first, base) if before else Days(base, found.first)
        assert [each for each in passed if CALENDAR.is_working_day(sites, each)] == [found.first]
