"""Windows across a change of the clocks: their ends, and the hours that are shown of them."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from support.command_line import run_waveplan
from support.inventories import inventory_from
from support.plans import state_plan

from waveplan.change_calendar import hours_between, latest
from waveplan.domain.plan import Plan
from waveplan.render.gantt import gantt
from waveplan.render.language import translator
from waveplan.render.page import Page, wave_hours
from waveplan.render.waves import window_words

PROGRAMME = {"name": "Clocks", "start": "2026-01-04", "deadline": "2027-12-30"}
CASES = [
    ("Europe/Paris", "2027-03-28", "02:30", "4", "2027-03-28T03:30+02:00", "2027-03-28T07:30+02:00"),
    ("Europe/Paris", "2027-10-31", "02:30", "4", "2027-10-31T02:30+02:00", "2027-10-31T05:30+01:00"),
    ("Europe/Paris", "2027-03-27", "20:00", "30", "2027-03-27T20:00+01:00", "2027-03-29T03:00+02:00"),
    ("Europe/Paris", "2027-10-30", "20:00", "30", "2027-10-30T20:00+02:00", "2027-11-01T01:00+01:00"),
    ("Australia/Lord_Howe", "2027-10-03", "02:15", "4", "2027-10-03T02:45+11:00", "2027-10-03T06:45+11:00"),
    ("Asia/Beirut", "2027-03-28", "00:00", "4", "2027-03-28T01:00+03:00", "2027-03-28T05:00+03:00"),
    ("America/Santiago", "2027-09-05", "00:00", "4", "2027-09-05T01:00-03:00", "2027-09-05T05:00-03:00"),
    ("Africa/Cairo", "2027-04-30", "00:00", "2", "2027-04-30T01:00+03:00", "2027-04-30T03:00+03:00"),
    ("America/New_York", "2026-03-08", "02:30", "1.5", "2026-03-08T03:30-04:00", "2026-03-08T05:00-04:00"),
]


def planned(zone: str, date: str, opens: str, hours: str, **window: str) -> Plan:
    inventory = inventory_from(
        programme={**PROGRAMME, "timezone": zone},
        policy={"preparation_days": "7", "gates": []},
        calendar={"windows": [{"id": "w", "dates": [date], "from": opens, "hours": hours, **window}]},
    )
    return state_plan(inventory, {"some-app": f"{date}-w"})


def page(plan: Plan) -> Page:
    return Page(plan, translator("en"), 100)


@pytest.mark.parametrize(("zone", "date", "opens", "hours", "start", "end"), CASES)
def test_a_window_lasts_its_hours_and_says_so(
    zone: str, date: str, opens: str, hours: str, start: str, end: str
) -> None:
    plan = planned(zone, date, opens, hours)
    wave = plan.waves[0]
    stated = [moment.isoformat(timespec="minutes") for moment in (wave.slot.start, wave.slot.end)]
    assert stated == [start, end]
    assert wave_hours(wave) == Decimal(hours)
    read = Plan.model_validate(plan.model_dump(mode="json"))
    assert window_words(page(plan), wave) == window_words(page(read), read.waves[0])
    assert window_words(page(plan), wave).endswith(f"+{hours} h")


def test_what_solve_prints_is_what_show_says_of_its_file(tmp_path: Path) -> None:
    inventory = tmp_path / "inventory.yaml"
    inventory.write_text(
        "waveplan: 1\n"
        "programme: {name: Clocks, start: 2027-01-04, deadline: 2027-06-30, timezone: Europe/Paris}\n"
        "applications: [{id: erp}]\n"
        "policy: {preparation_days: 7, gates: []}\n"
        'calendar: {windows: [{id: w, dates: [2027-03-27], from: "20:00", hours: 30}]}\n'
    )
    solved = run_waveplan("solve", inventory, "-o", tmp_path / "plan.yaml", cwd=tmp_path)
    assert solved.code == 0
    shown = run_waveplan("show", tmp_path / "plan.yaml", "--waves", cwd=tmp_path)
    assert "20:00 +30 h" in solved.err + solved.out
    assert "20:00 +30 h" in shown.out


def test_the_last_of_two_moments_is_not_told_by_clocks() -> None:
    first = dt.datetime(2027, 10, 31, 2, 45, tzinfo=ZoneInfo("Europe/Paris"))
    second = dt.datetime(2027, 10, 31, 2, 15, tzinfo=ZoneInfo("Europe/Paris"), fold=1)
    assert latest([first, second]) is second
    assert hours_between(first, second) == Decimal("0.5")


def test_gantt_draws_the_days_of_a_window_alike_before_and_after_it_was_written() -> None:
    """Twelve hours before the end is another day by the clock than by the hours that passed."""
    plan = planned("Europe/Paris", "2027-10-30", "20:00", "16.5")
    read = Plan.model_validate(plan.model_dump(mode="json"))
    drawn = [rows(gantt(page(each))) for each in (plan, read)]
    assert drawn[0] == drawn[1]


def rows(drawn) -> list[str]:
    return [str(each) for each in drawn.renderables]
