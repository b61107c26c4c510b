"""Nights over links whose speed goes by hours, worked out by hand; and what the check says of one that is broken."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml
from support.nights import plan_of, templates_of, two_applications

from waveplan.change_calendar.link_hours import LinkClock
from waveplan.checking.nights import night_faults
from waveplan.domain.nights import ScheduledNight
from waveplan.render.runbooks import clock_of
from waveplan.runbooks import scheduled, tasks_of

CASES: list[dict[str, Any]] = yaml.load(
    (Path(__file__).parent / "cases" / "nights_by_hours.yaml").read_text(encoding="utf-8"), yaml.BaseLoader
)
COPY = [{"id": "copy", "scope": "server", "kind": "transfer", "team": "ops", "minutes": "link", "people": 0}]


def _night(case: dict[str, Any], others: int | None = None) -> tuple[ScheduledNight, LinkClock]:
    links = [{"between": ["room", "host"], "gbps": case["gbps"], "efficiency": 0.8}]
    inventory = two_applications(links=links)
    plan = plan_of(inventory)
    night = tasks_of(plan, inventory, plan.waves[0], templates_of(COPY))
    night = replace(night, occupied={} if others is None else {("host", "room"): Decimal(others)})
    clock = LinkClock(inventory)
    return scheduled(night, clock), clock


def _clocks(night: ScheduledNight) -> dict[str, str]:
    first = night.night.start.date()
    return {
        each.task.id.removeprefix("W01/"): f"{clock_of(each.start, first)} {clock_of(each.end, first)}"
        for each in night.tasks
    }


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_a_night_is_as_worked_out_by_hand(case: dict[str, Any]) -> None:
    found, clock = _night(case)

    assert (found.value, found.proven) == (int(case["minutes"]), True)
    assert _clocks(found) == case["times"]
    assert night_faults(found, clock) == ()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
@pytest.mark.parametrize(("minutes", "says"), [(-1, "ends before its"), (2, "ends after its")])
def test_the_check_notices_a_transfer_that_is_too_short_or_too_long(
    case: dict[str, Any], minutes: int, says: str
) -> None:
    found, clock = _night(case)
    last = found.tasks[-1]
    moved = replace(last, end=last.end.replace(minute=last.end.minute + minutes))
    broken = replace(found, tasks=(*found.tasks[:-1], moved), value=found.value + minutes, bound=0)

    found_out = night_faults(broken, clock)
    assert any(says in fault or (clock.steady and "and is given" in fault) for fault in found_out)


def test_what_other_waves_send_is_first_and_the_check_notices_who_does_not_wait() -> None:
    # 60 GB of others take 10 minutes; then the link is closed until 21:10. 90 GB take 15 minutes from there, 45 more 8.
    found, clock = _night(CASES[1], others=60)
    assert _clocks(found) == {"b/copy/sb": "20:10 21:25", "a/copy/sa": "21:25 21:33"}
    assert night_faults(found, clock) == ()

    alone, _ = _night(CASES[1])
    hasty = replace(alone, night=found.night)
    assert any("before the 60 GB of other waves" in fault for fault in night_faults(hasty, clock))
