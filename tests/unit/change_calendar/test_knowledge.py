"""Days of knowledge transfer: back to back on working days, ending before the cutover."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise

import pytest

from waveplan.change_calendar import ChangeCalendar, Days, stage_days
from waveplan.change_calendar.working_days import is_working_day
from waveplan.domain.people import KnowledgeStage, KnowledgeTransfer


def day(text):
    return dt.date.fromisoformat(text)


def days(first, last):
    return Days(day(first), day(last))


def stages(*lengths, times=1):
    return [KnowledgeStage(name=f"s{number}", days=length, times=times) for number, length in enumerate(lengths)]


@pytest.mark.parametrize(
    ("lengths", "cutover", "country", "expected"),
    [
        ((1,), "2026-03-14", None, [("2026-03-13", "2026-03-13")]),
        ((5,), "2026-03-14", None, [("2026-03-09", "2026-03-13")]),
        ((5,), "2026-03-16", None, [("2026-03-09", "2026-03-13")]),  # Monday: the last working day is Friday
        ((3, 4), "2026-03-14", None, [("2026-03-05", "2026-03-09"), ("2026-03-10", "2026-03-13")]),
        ((2, 1), "2026-04-08", "FR", [("2026-04-02", "2026-04-03"), ("2026-04-07", "2026-04-07")]),  # Easter Monday
        ((2, 1), "2026-04-08", None, [("2026-04-03", "2026-04-06"), ("2026-04-07", "2026-04-07")]),
        ((2,), "2026-03-15", "SA", [("2026-03-11", "2026-03-12")]),  # weekends are Friday and Saturday
    ],
)
def test_stages_run_back_to_back_and_end_before_the_cutover(lengths, cutover, country, expected):
    assert stage_days(stages(*lengths), day(cutover), country) == tuple(days(*pair) for pair in expected)


def test_a_subdivision_has_holidays_of_its_own():
    easter = day("2026-04-04")
    assert stage_days(stages(1), easter, "FR") == (days("2026-04-03", "2026-04-03"),)
    assert stage_days(stages(1), easter, "FR", "57") == (days("2026-04-02", "2026-04-02"),)


def test_a_stage_is_held_so_many_times_in_a_row():
    assert stage_days(stages(2, times=3), day("2026-03-14")) == stage_days(stages(6), day("2026-03-14"))


def test_what_reaches_back_too_far_begins_a_hundred_years_before():
    found = stage_days(stages(10**9, 10**9), day("2026-03-14"))
    assert found[0].first == found[0].last == found[1].first < day("1926-06-01")
    assert found[1].last == day("2026-03-13")


def test_every_working_day_of_a_stage_counts_once():
    cutover, lengths = day("2026-12-31"), (7, 11, 13, 17)
    found = stage_days(stages(*lengths), cutover, "FR")
    for length, own in zip(lengths, found, strict=True):
        assert sum(is_working_day("FR", None, each) for each in own) == length
        assert is_working_day("FR", None, own.first) and is_working_day("FR", None, own.last)
    for before, after in pairwise(found):
        between = Days(before.last + dt.timedelta(days=1), after.first - dt.timedelta(days=1))
        assert not any(is_working_day("FR", None, each) for each in between)


def test_the_first_team_named_says_which_days_are_worked(inventory_of):
    inventory = inventory_of(
        """
        teams: [{id: here}, {id: there, country: SA}, {id: elsewhere, country: FR}]
        knowledge_transfers:
        - {id: kt, match: {}, stages: [{name: a, days: 1}, {name: b, days: 1, effort: {there: 1, elsewhere: 1}}]}
        - {id: none, match: {}, stages: [{name: a, days: 1}]}
        """
    )
    calendar = ChangeCalendar(inventory)
    transfer, nobodys = inventory.knowledge_transfers
    assert transfer.lead_team == "there" and nobodys.lead_team is None
    sunday = day("2026-03-15")
    assert calendar.knowledge_days(transfer, sunday) == (
        days("2026-03-11", "2026-03-11"),
        days("2026-03-12", "2026-03-12"),
    )
    assert calendar.knowledge_days(nobodys, sunday) == (days("2026-03-13", "2026-03-13"),)


@pytest.mark.parametrize("key", ["days", "times"])
def test_a_stage_takes_at_least_one_day(key):
    stage = {"name": "a", "days": 1, key: 0}
    with pytest.raises(ValueError, match="greater than or equal to 1"):
        KnowledgeTransfer.model_validate({"id": "kt", "match": {}, "stages": [stage]})
