"""Spans of hours and days, ISO weeks, moments on days when clocks change."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from waveplan.change_calendar.spans import (
    Days,
    days_of,
    elapsed,
    iso_week,
    moment,
    monday_of,
    week_monday,
    weeks_of_months,
)

PARIS = ZoneInfo("Europe/Paris")


def at(text, zone=PARIS):
    return dt.datetime.fromisoformat(text).replace(tzinfo=zone)


def day(text):
    return dt.date.fromisoformat(text)


@pytest.mark.parametrize(
    ("start", "hours", "end"),
    [
        ("2026-03-14T20:00", "30", "2026-03-16T02:00:00+01:00"),
        ("2026-03-28T20:00", "30", "2026-03-30T03:00:00+02:00"),  # Sunday has 23 hours
        ("2026-10-24T20:00", "30", "2026-10-26T01:00:00+01:00"),  # and 25 in autumn
        ("2026-10-25T01:30", "1", "2026-10-25T02:30:00+02:00"),
        ("2026-10-25T01:30", "2", "2026-10-25T02:30:00+01:00"),  # the same clock, an hour later
        ("2026-03-14T20:00", "0.000001", "2026-03-14T20:00:00.003600+01:00"),
        ("2026-03-29T03:30", "-1", "2026-03-29T01:30:00+01:00"),
    ],
)
def test_hours_are_elapsed_hours_whatever_the_clocks_do(start, hours, end):
    assert elapsed(at(start), Decimal(hours)).isoformat() == end


@pytest.mark.parametrize(
    ("start", "end", "first", "last"),
    [
        ("2026-03-14T20:00", "2026-03-16T02:00", "2026-03-14", "2026-03-16"),
        ("2026-03-14T20:00", "2026-03-16T00:00", "2026-03-14", "2026-03-15"),  # half-open
        ("2026-03-14T00:00", "2026-03-15T00:00", "2026-03-14", "2026-03-14"),
        ("2026-03-14T00:00", "2026-03-14T00:00", "2026-03-14", "2026-03-14"),  # an empty one counts its own day
        ("2026-12-31T23:59", "2027-01-01T00:00", "2026-12-31", "2026-12-31"),
        ("2026-12-31T23:59", "2027-01-01T00:01", "2026-12-31", "2027-01-01"),
        ("2026-03-28T00:00", "2026-03-30T00:00", "2026-03-28", "2026-03-29"),
        ("2026-10-25T00:00", "2026-10-26T00:00", "2026-10-25", "2026-10-25"),  # 25 hours are one day
    ],
)
def test_days_that_a_span_touches(start, end, first, last):
    assert days_of(at(start), at(end), PARIS) == Days(day(first), day(last))


def test_days_of_a_span_in_another_zone():
    tokyo = ZoneInfo("Asia/Tokyo")
    assert days_of(at("2026-03-14T15:00"), at("2026-03-14T16:00"), tokyo) == Days(day("2026-03-14"), day("2026-03-14"))
    assert days_of(at("2026-03-14T15:00"), at("2026-03-14T17:00"), tokyo) == Days(day("2026-03-14"), day("2026-03-15"))


def test_a_span_across_the_repeated_hour_is_not_empty():
    start = at("2026-10-25T02:30")
    end = elapsed(start, Decimal("0.75"))
    assert end.time() == dt.time(2, 15)  # earlier by the clock
    azores = ZoneInfo("Etc/GMT+1")
    assert days_of(start, end, azores) == Days(day("2026-10-24"), day("2026-10-25"))


@pytest.mark.parametrize(
    ("date", "time", "zone", "expected"),
    [
        ("2026-03-29", "02:30", "Europe/Paris", "2026-03-29T03:30:00+02:00"),  # skipped: as much later
        ("2026-10-25", "02:30", "Europe/Paris", "2026-10-25T02:30:00+02:00"),  # repeated: the first
        ("2026-03-29", "20:00", "Europe/Paris", "2026-03-29T20:00:00+02:00"),
        ("2026-03-08", "02:15", "America/New_York", "2026-03-08T03:15:00-04:00"),
        ("2026-04-05", "02:45", "Australia/Lord_Howe", "2026-04-05T02:45:00+10:30"),
    ],
)
def test_times_of_day_when_clocks_change(date, time, zone, expected):
    assert moment(day(date), dt.time.fromisoformat(time), ZoneInfo(zone)).isoformat() == expected


@pytest.mark.parametrize(
    ("date", "week", "monday"),
    [
        ("2026-01-01", "2026-W01", "2025-12-29"),
        ("2025-12-29", "2026-W01", "2025-12-29"),
        ("2026-12-31", "2026-W53", "2026-12-28"),
        ("2027-01-03", "2026-W53", "2026-12-28"),
        ("2027-01-04", "2027-W01", "2027-01-04"),
        ("2026-02-22", "2026-W08", "2026-02-16"),
    ],
)
def test_iso_weeks_at_year_ends(date, week, monday):
    assert iso_week(day(date)) == week
    assert week_monday(week) == monday_of(day(date)) == day(monday)


def test_days_count_both_ends_and_may_be_none():
    assert [each.day for each in Days(day("2026-03-30"), day("2026-04-01"))] == [30, 31, 1]
    assert list(Days(day("2026-03-02"), day("2026-03-01"))) == []


@pytest.mark.parametrize(
    ("first", "last", "weeks"),
    [
        ("2026-02-09", "2026-02-09", ["2026-W06", "2026-W07", "2026-W08", "2026-W09"]),
        ("2026-02-23", "2026-03-02", ["2026-W06", "2026-W07", "2026-W08", "2026-W09", "2026-W10", "2026-W11"]),
        (
            "2025-12-29",
            "2025-12-29",
            ["2026-W01", "2026-W02", "2026-W03", "2026-W04", "2026-W05"],
        ),  # Thursday 1 January
        ("2020-12-28", "2020-12-28", ["2020-W49", "2020-W50", "2020-W51", "2020-W52", "2020-W53"]),
    ],
)
def test_weeks_of_months_are_those_whose_thursday_lies_in_them(first, last, weeks):
    found = [iso_week(monday) for monday in weeks_of_months(day(first), day(last))]
    assert found[: len(weeks)] == weeks
    assert len(found) == len(weeks) + (2 if first != last else 0)
