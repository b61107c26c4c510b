"""Working days, holidays, sessions, gates, preparation, rehearsals, exits."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
from decimal import Decimal

import pytest
from support.command_client import GUARD

from waveplan.change_calendar import ChangeCalendar, Days
from waveplan.change_calendar.gates import is_session, last_session
from waveplan.change_calendar.working_days import UnknownPlaceError, holiday_name, is_working_day, parts_of
from waveplan.domain.calendar_rules import Committee
from waveplan.domain.policy import Gate, Rehearsal

PLACES = """
    sites:
    - {id: fr, country: FR}
    - {id: metz, country: FR, subdivision: "57"}
    - {id: sa, country: SA}
    - {id: us, country: US}
    - {id: none}
    teams:
    - {id: fr-team, country: FR, person_days_per_week: 10, crew: 5, on_call: 3}
    - {id: free, person_days_per_week: 5}
    - {id: open}
"""


def day(text):
    return dt.date.fromisoformat(text)


@pytest.fixture
def calendar(inventory_of):
    return ChangeCalendar(inventory_of(PLACES))


@pytest.mark.parametrize(
    ("country", "subdivision", "date", "working"),
    [
        ("FR", None, "2026-03-13", True),
        ("FR", None, "2026-03-14", False),
        ("FR", None, "2026-04-06", False),  # Easter Monday
        ("FR", None, "2026-04-03", True),  # Good Friday is one only in Alsace and Moselle
        ("FR", "57", "2026-04-03", False),
        ("SA", None, "2026-03-13", False),  # Friday
        ("SA", None, "2026-03-14", False),  # Saturday
        ("SA", None, "2026-03-15", True),  # Sunday
        ("AE", None, "2020-02-07", False),  # Friday, before the weekend was moved
        ("AE", None, "2026-02-06", True),
        ("AE", None, "2026-02-08", False),
        ("IR", None, "2026-05-09", True),  # Saturday: the weekend is Friday alone
        (None, None, "2026-04-06", True),  # a place without a country has no holidays
        (None, None, "2026-04-05", False),
    ],
)
def test_working_days_by_country_and_subdivision(country, subdivision, date, working):
    assert is_working_day(country, subdivision, day(date)) is working


def test_holidays_have_names_in_the_readers_language():
    assert holiday_name("FR", None, day("2026-07-14"), "en") == "National Day"
    assert holiday_name("FR", None, day("2026-07-14"), "fr") == "Fête nationale"
    assert holiday_name("FR", None, day("2026-07-15"), "fr") is None
    assert holiday_name(None, None, day("2026-07-14")) is None
    assert holiday_name("US", None, day("2026-11-26"), "xx") == "Thanksgiving Day"


def test_unknown_places_are_said():
    with pytest.raises(UnknownPlaceError):
        holiday_name("XX", None, day("2026-07-14"))
    with pytest.raises(UnknownPlaceError):
        is_working_day("FR", "nowhere", day("2026-07-14"))
    assert "57" in parts_of("FR")
    assert parts_of("XX") == ()


def test_countries_are_loaded_one_by_one_and_all_of_them_when_they_are_asked_for():
    program = """
import sys
from waveplan.change_calendar.working_days import parts_of
assert parts_of("FR") and "holidays.countries.france" in sys.modules
assert "holidays.countries.zambia" not in sys.modules
import holidays
from holidays.countries import Zambia
assert Zambia.country == "ZM" and len(holidays.list_supported_countries()) > 200
assert holidays.countries.France.country == "FR"
"""
    subprocess.run([sys.executable, "-c", program], check=True, timeout=GUARD)


@pytest.mark.parametrize(
    ("sites", "date", "expected"),
    [
        (["fr"], "2026-04-06", "2026-04-03"),  # Easter Monday back to Friday
        (["fr", "metz"], "2026-04-06", "2026-04-02"),  # Good Friday is off in one of them
        (["fr", "sa"], "2026-03-15", "2026-03-12"),  # Friday to Sunday are somebody's weekend
        ([], "2026-04-06", "2026-04-06"),
        (["none"], "2026-04-05", "2026-04-03"),
        (["fr", "us"], "2026-01-01", "2025-12-31"),
    ],
)
def test_the_last_working_day_of_all_sites(calendar, sites, date, expected):
    assert calendar.working_day_on_or_before(sites, day(date)) == day(expected)


def test_the_nth_working_day_after(calendar):
    assert calendar.working_day_after(["fr"], day("2026-04-02"), 0) == day("2026-04-02")
    assert calendar.working_day_after(["fr"], day("2026-04-02")) == day("2026-04-03")
    assert calendar.working_day_after(["fr"], day("2026-04-02"), 2) == day("2026-04-07")
    assert calendar.working_day_after(["fr"], day("2026-12-30"), 2) == day("2027-01-04")


def test_a_site_is_empty_after_its_decommission_days(calendar, inventory_of):
    site = inventory_of("sites: [{id: metz, country: FR, subdivision: '57', decommission_days: 3}]").sites[0]
    assert calendar.exit_day(site, day("2026-04-01")) == day("2026-04-08")
    assert calendar.exit_day(site.model_copy(update={"decommission_days": 0}), day("2026-04-05")) == day("2026-04-05")


WEEKLY = Committee.model_validate({"id": "c", "every": "week", "day": "Thu"})


def monthly(which):
    return Committee.model_validate({"id": "c", "every": "month", "day": which})


@pytest.mark.parametrize(
    ("committee", "before", "session"),
    [
        (WEEKLY, "2026-03-12", "2026-03-12"),
        (WEEKLY, "2026-03-11", "2026-03-05"),
        (WEEKLY, "2026-01-01", "2026-01-01"),
        (monthly("first tue"), "2026-03-03", "2026-03-03"),
        (monthly("first tue"), "2026-03-02", "2026-02-03"),
        (monthly("second wed"), "2026-03-31", "2026-03-11"),
        (monthly("third fri"), "2026-03-31", "2026-03-20"),
        (monthly("fourth mon"), "2026-03-31", "2026-03-23"),
        (monthly("last mon"), "2026-03-31", "2026-03-30"),
        (monthly("last mon"), "2026-03-29", "2026-02-23"),
        (monthly("last thu"), "2026-01-15", "2025-12-25"),
    ],
)
def test_the_last_session_of_a_committee(committee, before, session):
    assert last_session(committee, day(before)) == day(session)
    assert is_session(committee, day(session))


def gate(**fields):
    return Gate.model_validate({"id": "g", "days_before": "3", **fields})


def test_a_gate_is_a_session_a_working_day_or_both(inventory_of):
    calendar = ChangeCalendar(inventory_of(PLACES + "    committees: [{id: c, every: week, day: fri}]"))
    cutover = day("2026-04-11")  # three days before is Wednesday 8; the last Friday is 3 April, Good Friday
    assert calendar.gate_date(gate(), cutover, ["metz"]) == day("2026-04-08")
    at_session = gate(committee="c", at_session="true")
    assert calendar.gate_at_latest(at_session, cutover) == day("2026-04-03")
    assert calendar.gate_date(at_session, cutover, ["metz"]) == day("2026-04-03")
    working = gate(committee="c", at_session="true", working_day="true")
    assert calendar.gate_date(working, cutover, ["fr"]) == day("2026-04-03")
    assert calendar.gate_date(working, cutover, ["metz"]) == day("2026-03-27")  # both, not the day before Good Friday
    assert calendar.gate_date(gate(committee="c"), cutover, []) == day("2026-04-08")  # a committee alone moves nothing


def test_a_gate_so_many_working_days_before(inventory_of):
    calendar = ChangeCalendar(inventory_of(PLACES + "    committees: [{id: c, every: week, day: fri}]"))
    cutover = day("2026-04-11")

    def before(number, **fields):
        return Gate.model_validate({"id": "g", "working_days_before": str(number), **fields})

    assert calendar.gate_date(before(5), cutover, ["fr"]) == day("2026-04-03")  # Easter Monday is none of them
    assert calendar.gate_date(before(5), cutover, ["metz"]) == day("2026-04-02")  # nor Good Friday
    assert calendar.gate_date(before(0), cutover, ["fr"]) == cutover
    assert calendar.gate_date(before(0, working_day="true"), cutover, ["fr"]) == day("2026-04-10")
    at_session = before(2, committee="c", at_session="true")
    assert calendar.gate_date(at_session, cutover, ["metz"]) == day("2026-04-03")
    assert calendar.gate_at_latest(at_session, cutover) == day("2026-04-03")
    both = before(2, committee="c", at_session="true", working_day="true")
    assert calendar.gate_date(both, cutover, ["metz"]) == day("2026-03-27")


def test_preparation_ends_the_day_before_and_may_be_none(calendar):
    assert calendar.preparation_days(28, day("2026-03-14")) == Days(day("2026-02-14"), day("2026-03-13"))
    assert list(calendar.preparation_days(0, day("2026-03-14"))) == []


def test_a_rehearsal_falls_on_the_teams_working_day(calendar):
    rehearsal = Rehearsal.model_validate({"id": "dry", "days_before": "5"})
    assert calendar.rehearsal_day(rehearsal, day("2026-04-11"), "fr-team") == day("2026-04-03")
    assert calendar.rehearsal_day(rehearsal, day("2026-04-11"), "free") == day("2026-04-06")


# --- people ---------------------------------------------------------------------------------------------------------


def test_a_week_with_a_holiday_offers_less(calendar):
    assert calendar.team_offer("fr-team", day("2026-04-06")) == 8
    assert calendar.team_offer("free", day("2026-04-06")) == 5
    assert calendar.team_offer("open", day("2026-04-06")) is None
    assert calendar.team_working_days("fr-team", Days(day("2026-04-03"), day("2026-04-07"))) == [
        day("2026-04-03"),
        day("2026-04-07"),
    ]


ABSENT = """
    teams:
    - id: t
      person_days_per_week: 10
      crew: 5
      on_call: 3
      available: {from: 2026-03-04, to: 2026-03-26}
      absences:
      - {from: 2026-03-10, to: 2026-03-12, capacity: 0.5}
      - {from: 2026-03-12, to: 2026-03-13, capacity: 0.25}
      - {from: 2026-03-20, to: 2026-03-20}
    - {id: u, available: {to: 2026-03-06}}
"""


def test_absences_and_availability_shrink_the_offer(inventory_of):
    calendar = ChangeCalendar(inventory_of(ABSENT))
    shares = [str(calendar.team_share("t", day(f"2026-03-{number:02}"))) for number in range(9, 15)]
    assert shares == ["1", "0.5", "0.5", "0.25", "0.25", "1"]
    offers = [calendar.team_offer("t", day(text)) for text in ("2026-02-23", "2026-03-02", "2026-03-09", "2026-03-16")]
    assert offers == [0, 6, 5, 8]
    assert calendar.team_offer("t", day("2026-03-23")) == 8
    assert (calendar.team_offer("u", day("2026-03-02")), calendar.team_offer("u", day("2026-03-09"))) == (None, 0)


def test_people_shrink_alike_and_are_rounded_down(inventory_of):
    calendar = ChangeCalendar(inventory_of(ABSENT))
    assert [calendar.team_crew("t", day(f"2026-03-{number:02}")) for number in (3, 9, 10, 12, 20, 27)] == [
        0,
        5,
        2,
        1,
        0,
        0,
    ]
    assert [calendar.team_on_call("t", day(f"2026-03-{number:02}")) for number in (9, 10, 12)] == [3, 1, 0]
    assert (calendar.team_crew("u", day("2026-03-06")), calendar.team_crew("u", day("2026-03-07"))) == (None, 0)


def test_shares_are_exact(inventory_of):
    text = "teams: [{id: t, person_days_per_week: 0.1, absences: [{from: 2026-03-02, to: 2026-03-02, capacity: 0.3}]}]"
    offer = ChangeCalendar(inventory_of(text)).team_offer("t", day("2026-03-02"))
    assert offer * 1000 == 86  # (4 + 0.3) × 0.1 ÷ 5
    assert Decimal(offer.numerator) / offer.denominator == Decimal("0.086")
