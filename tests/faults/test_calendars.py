"""Recurring windows, freezes and gates: days worked out by hand."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from waveplan.change_calendar import ChangeCalendar
from waveplan.domain.inventory import Inventory
from waveplan.domain.plan import Plan
from waveplan.loading.inventory_loader import load_inventory
from waveplan.planning import SolveOptions, solve

FOLDER = Path(__file__).parent / "calendars"
OPTIONS = SolveOptions(deterministic_limit=5.0, workers=1)


def read(name: str) -> Inventory:
    loaded = load_inventory(str(FOLDER / f"{name}.yaml"))
    assert loaded.inventory is not None, [finding.message for finding in loaded.findings]
    return loaded.inventory


def planned(name: str) -> Plan:
    plan = solve(read(name), options=OPTIONS).plan
    assert plan is not None
    return plan


def dates(name: str) -> dict[str, str]:
    plan = planned(name)
    known = plan.lots_by_id()
    return {item: wave.date.isoformat() for wave in plan.waves for lot in wave.lots for item in known[lot].items}


def test_second_saturdays() -> None:
    slots = [slot.date for slot in ChangeCalendar(read("second-saturdays")).slots]
    wanted = ["2027-01-09", "2027-02-13", "2027-03-13", "2027-04-10", "2027-05-08", "2027-06-12"]
    assert [day.isoformat() for day in slots] == wanted
    assert dates("second-saturdays") == {"erp": "2027-02-13"}


def test_one_move_alone_on_whit_monday() -> None:
    assert dates("one-move-on-a-day-off")["checkout"] == "2027-05-17"


@pytest.mark.parametrize(
    ("name", "gates"),
    [
        ("gate-by-days", ["2026-12-14", "2026-12-28"]),  # five days before: Mondays
        ("gate-by-working-days", ["2026-12-14", "2026-12-24"]),  # before 2 January: 31, 30, 29, 28, 24 December
        ("committee-on-a-holiday", ["2027-04-29"]),
        ("committee-on-any-day", ["2027-05-06"]),
    ],
)
def test_gates(name: str, gates: list[str]) -> None:
    plan = planned(name)
    assert [gate.date.isoformat() for wave in plan.waves_in_order() for gate in wave.gates] == gates


def test_the_days_that_close_and_open_a_month() -> None:
    """February 2027 ends on a Sunday, so it goes from the 24th to 5 March; Easter and Ascension Day are off."""
    inventory = read("month-close")
    found = ChangeCalendar(inventory).closures(inventory.calendar.freezes[0])
    spring = found.between(dt.date(2027, 2, 1), dt.date(2027, 4, 30))
    ends = [(each.first.isoformat(), each.last.isoformat()) for each in spring]
    assert ends == [
        ("2027-01-27", "2027-02-05"),
        ("2027-02-24", "2027-03-05"),
        ("2027-03-25", "2027-04-07"),
        ("2027-04-28", "2027-05-10"),
    ]


def test_a_freeze_by_hours_leaves_the_nights_around_it() -> None:
    calendar = ChangeCalendar(read("freeze-by-hours"))
    freeze = calendar.closures(read("freeze-by-hours").calendar.freezes[0])
    shut = [slot.date.isoformat() for slot in calendar.slots if freeze.meeting(slot, None)]
    assert shut == ["2027-02-27", "2027-02-28", "2027-03-01"]


def test_a_freeze_of_every_weekend_and_what_the_plan_says_of_it() -> None:
    inventory = read("weekly-freeze")
    calendar = ChangeCalendar(inventory)
    freeze = calendar.closures(inventory.calendar.freezes[0])
    assert {slot.date.weekday() for slot in calendar.slots if freeze.meeting(slot, None)} == {5, 6, 0}
    stated = planned("weekly-freeze").calendar.freezes
    assert len(stated) == 53  # from that of 1 January, of which the programme's first Monday has the last hours
    start, end = stated[0].start, stated[0].end
    assert start is not None and end is not None
    assert (start.isoformat(), end.isoformat()) == ("2027-01-01T18:00:00+01:00", "2027-01-04T06:00:00+01:00")
