"""Nights worked out by hand: end, times, slack, point of no return, and what a rollback takes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from support.nights import SLOT, night_of, two_applications

from waveplan.change_calendar.link_hours import LinkClock
from waveplan.checking.nights import night_faults
from waveplan.domain.nights import ScheduledNight
from waveplan.render.runbooks import clock_of
from waveplan.runbooks import scheduled
from waveplan.runbooks.returning import rollback_minutes

CASES: list[dict[str, Any]] = yaml.load(
    (Path(__file__).parent / "cases" / "ten_nights.yaml").read_text(encoding="utf-8"), yaml.BaseLoader
)


def _scheduled(case: dict[str, Any]) -> ScheduledNight:
    crew = {team: int(people) for team, people in case["crew"].items()} if "crew" in case else None
    night = night_of(case["tasks"], case["items"], case.get("slot", SLOT), crew)
    return scheduled(night, LinkClock(two_applications()))


def _of(case: dict[str, Any], key: str) -> dict[str, str]:
    found: dict[str, str] = case.get(key, {})
    return {f"W01/{name}": value for name, value in found.items()}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_a_night_is_as_worked_out_by_hand(case: dict[str, Any]) -> None:
    found = _scheduled(case)

    first = found.night.start.date()
    clocks = {each.task.id: f"{clock_of(each.start, first)} {clock_of(each.end, first)}" for each in found.tasks}
    slack = {each.task.id: str(each.slack) for each in found.tasks}
    assert found.value == int(case["minutes"])
    assert found.proven
    assert case["times"], "a case says when its tasks are done"
    assert {name: clocks[name] for name in _of(case, "times")} == _of(case, "times")
    assert {name: slack[name] for name in _of(case, "slack")} == _of(case, "slack")
    assert {each.task.id for each in found.critical_path} == {name for name, left in slack.items() if left == "0"}
    assert found.fits
    assert night_faults(found) == ()


@pytest.mark.parametrize("case", [case for case in CASES if "rollback" in case], ids=lambda case: case["name"])
def test_the_point_of_no_return_follows_from_what_is_undone(case: dict[str, Any]) -> None:
    found = _scheduled(case)

    everything = [task.id for task in found.night.tasks]
    assert found.no_return is not None
    assert rollback_minutes(found.night, everything) == int(case["rollback"])
    assert clock_of(found.no_return, found.night.start.date()) == case["no_return"]


def test_there_are_ten_nights_and_each_kind_is_there() -> None:
    assert len(CASES) >= 10
    assert {"serial", "parallel", "one crew", "shared link", "fixed hour"} <= {case["name"] for case in CASES}
