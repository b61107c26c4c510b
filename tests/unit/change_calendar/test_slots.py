"""Slots: dated occurrences of windows."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from waveplan.change_calendar import ChangeCalendar, Days


@pytest.fixture
def calendar_of(inventory_of):
    return lambda text="": ChangeCalendar(inventory_of(text))


def day(text):
    return dt.date.fromisoformat(text)


def windows(*lines, programme="start: 2026-03-01, deadline: 2026-04-05, timezone: Europe/Paris"):
    listed = "\n".join(f"          - {{{line}}}" for line in lines)
    return f"""
        programme: {{{programme}}}
        calendar:
          windows:
{listed}
    """


def test_without_windows_there_is_one_every_saturday(calendar_of):
    slots = calendar_of("programme: {start: 2026-03-07, deadline: 2026-03-21}").slots
    assert [slot.id for slot in slots] == ["2026-03-07-weekend", "2026-03-14-weekend", "2026-03-21-weekend"]
    first = slots[0]
    assert (first.start.isoformat(), first.end.isoformat()) == (
        "2026-03-07T20:00:00+00:00",
        "2026-03-09T02:00:00+00:00",
    )
    assert (first.date, first.hours, first.window) == (day("2026-03-07"), 30, "weekend")


def test_windows_start_recurring_on_their_first_day(calendar_of):
    text = windows('id: night, days: [tue, thu], from: "21:00", hours: 8, starting: 2026-03-24')
    assert [str(slot.date) for slot in calendar_of(text).slots] == [
        "2026-03-24",
        "2026-03-26",
        "2026-03-31",
        "2026-04-02",
    ]


def test_dated_windows_have_their_dates_once_within_the_programme(calendar_of):
    text = windows(
        'id: stop, dates: [2026-03-10, 2026-03-05, 2026-03-05, 2026-02-28, 2026-04-06], from: "6:00", hours: 200'
    )
    assert [str(slot.date) for slot in calendar_of(text).slots] == ["2026-03-05", "2026-03-10"]


def test_slots_come_in_order_of_start_then_window(calendar_of):
    text = windows(
        'id: b, dates: [2026-03-10], from: "20:00", hours: 1',
        'id: a, dates: [2026-03-10], from: "20:00", hours: 1',
        'id: z, dates: [2026-03-10], from: "19:30", hours: 1',
        'id: y, dates: [2026-03-10], from: "18:45", hours: 1, timezone: UTC',
    )
    assert [slot.window for slot in calendar_of(text).slots] == ["z", "y", "a", "b"]


def test_slots_are_ordered_by_moment_where_the_clock_skips(calendar_of):
    text = windows(
        'id: a, dates: [2026-03-29], from: "02:30", hours: 1',  # 03:30, as that hour does not exist
        'id: b, dates: [2026-03-29], from: "03:15", hours: 1',
    )
    assert [(slot.window, slot.start.isoformat()) for slot in calendar_of(text).slots] == [
        ("b", "2026-03-29T03:15:00+02:00"),
        ("a", "2026-03-29T03:30:00+02:00"),
    ]


def test_the_cutover_date_is_in_programme_time(calendar_of):
    text = windows(
        'id: tokyo, dates: [2026-03-14], from: "02:00", hours: 4, timezone: Asia/Tokyo',
        'id: york, dates: [2026-03-14], from: "20:00", hours: 4, timezone: America/New_York',
    )
    tokyo, york = calendar_of(text).slots
    assert (tokyo.id, tokyo.date, tokyo.nominal) == ("2026-03-14-tokyo", day("2026-03-13"), day("2026-03-14"))
    assert (york.id, york.date) == ("2026-03-14-york", day("2026-03-15"))
    assert tokyo.start.isoformat() == "2026-03-14T02:00:00+09:00"


def test_a_slot_belongs_to_the_programme_by_its_cutover_date(calendar_of):
    text = windows(
        'id: tokyo, dates: [2026-03-01, 2026-04-06], from: "02:00", hours: 4, timezone: Asia/Tokyo',
        'id: york, dates: [2026-02-28, 2026-04-05], from: "20:00", hours: 4, timezone: America/New_York',
    )
    assert [slot.id for slot in calendar_of(text).slots] == ["2026-02-28-york", "2026-04-06-tokyo"]


SITE_TIME = 'id: live, dates: [2026-03-29], from: "02:30", hours: 24, timezone: site'


def test_with_site_time_every_lot_keeps_its_own_hours(calendar_of):
    (slot,) = calendar_of(windows(SITE_TIME)).slots
    assert (slot.site_zone, slot.date) == (True, day("2026-03-29"))
    start, end = slot.span("Asia/Tokyo")
    assert (start.isoformat(), end.isoformat()) == ("2026-03-29T02:30:00+09:00", "2026-03-30T02:30:00+09:00")
    start, end = slot.span("Europe/Berlin")  # where that hour is skipped that night
    assert (start.isoformat(), end.isoformat()) == ("2026-03-29T03:30:00+02:00", "2026-03-30T03:30:00+02:00")
    assert slot.span(None) == (slot.start, slot.end)


def test_only_site_time_looks_at_a_lots_zone(calendar_of):
    (slot,) = calendar_of(windows('id: w, dates: [2026-03-14], from: "20:00", hours: 30')).slots
    assert slot.span("Asia/Tokyo") == (slot.start, slot.end)


def test_freezes_compare_days_of_the_slots_own_zone(calendar_of):
    text = windows('id: tokyo, dates: [2026-03-14], from: "02:00", hours: 4, timezone: Asia/Tokyo', SITE_TIME)
    tokyo, live = calendar_of(text).slots
    assert tokyo.days(None) == Days(day("2026-03-14"), day("2026-03-14"))
    assert live.days("Pacific/Auckland") == Days(day("2026-03-29"), day("2026-03-30"))
    assert calendar_of(text).run_days(tokyo) == Days(day("2026-03-13"), day("2026-03-13"))  # programme time


def test_a_window_that_ends_at_midnight_leaves_the_next_day_alone(calendar_of):
    calendar = calendar_of(windows('id: w, dates: [2026-03-14], from: "20:00", hours: 28'))
    (slot,) = calendar.slots
    assert calendar.run_days(slot) == slot.days(None) == Days(day("2026-03-14"), day("2026-03-15"))


def test_hypercare_runs_from_the_windows_end(calendar_of):
    calendar = calendar_of(windows('id: w, dates: [2026-03-28], from: "20:00", hours: 28'))  # ends Monday 01:00
    (slot,) = calendar.slots
    assert slot.end.isoformat() == "2026-03-30T01:00:00+02:00"
    assert calendar.hypercare_days(slot, Decimal(23)) == Days(day("2026-03-30"), day("2026-03-30"))
    assert calendar.hypercare_days(slot, Decimal("23.000001")) == Days(day("2026-03-30"), day("2026-03-31"))
    assert calendar.hypercare_days(slot, Decimal(0)) == Days(day("2026-03-30"), day("2026-03-30"))
    assert calendar.hypercare_end(slot, Decimal(48)).isoformat() == "2026-04-01T01:00:00+02:00"
    assert calendar.point_of_no_return(slot, Decimal("1.5")).isoformat() == "2026-03-29T23:30:00+02:00"


def test_hypercare_of_a_window_that_ends_at_midnight_begins_the_next_day(calendar_of):
    calendar = calendar_of(windows('id: w, dates: [2026-03-14], from: "20:00", hours: 28'))
    (slot,) = calendar.slots
    assert calendar.hypercare_days(slot, Decimal(24)) == Days(day("2026-03-16"), day("2026-03-16"))
    assert calendar.hypercare_days(slot, Decimal(0)) == Days(day("2026-03-16"), day("2026-03-16"))
