"""What is wrong with nights: each finding when the night is broken by hand, and none when it is not."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from support.nights import night_of, plan_of, templates_of, two_applications

from waveplan import api
from waveplan.change_calendar.link_hours import LinkClock
from waveplan.checking.nights import night_faults
from waveplan.domain.nights import ScheduledNight
from waveplan.runbooks import scheduled
from waveplan.runbooks.judging import judge_night, judge_times, surely_too_long

STEPS: list[dict[str, Any]] = [
    {"id": "stop", "scope": "item", "team": "ops", "minutes": 30, "undo": {"minutes": 20}},
    {"id": "copy", "scope": "server", "kind": "transfer", "team": "ops", "minutes": "link", "after": "stop"},
    {"id": "start", "scope": "item", "team": "dba", "minutes": 60, "after": ["stop", "copy"], "undo": {"minutes": 40}},
    {
        "id": "keep",
        "scope": "lot",
        "kind": "decision",
        "phase": "tests",
        "team": "transition_manager",
        "after": "start",
    },
]


def _with(**changes: Any) -> list[dict[str, Any]]:
    """The steps with `start` changed."""
    return [{**step, **changes} if step["id"] == "start" else step for step in STEPS]


def _codes(tasks: list[dict[str, Any]], **more: Any) -> list[str]:
    night = night_of(tasks, **more)
    before = [finding.code for finding in judge_night(night, ("waves", 0))]
    if "WP590" in before:
        return before
    found = scheduled(night, LinkClock(two_applications()))
    assert night_faults(found) == ()
    return [*before, *(finding.code for finding in judge_times(found, ("waves", 0)))]


def test_a_sound_night_has_no_finding() -> None:
    assert _codes(STEPS) == []


@pytest.mark.parametrize(
    ("code", "tasks", "more"),
    [
        ("WP585", _with(minutes=480), {}),
        ("WP586", _with(undo={"minutes": 460}), {}),
        ("WP577", [{**STEPS[0], "undo": {"minutes": 481}}], {}),
        ("WP587", _with(fixed_at="20:10"), {}),
        ("WP588", _with(people=9), {}),
        ("WP589", _with(team="business_owner"), {}),
        (
            "WP590",
            _with(after=["stop", {"task": "start", "of": "providers"}]),
            {
                "applications": [
                    {"id": "a", "servers": ["sa"], "depends_on": [{"app": "b"}]},
                    {"id": "b", "servers": ["sb"], "depends_on": [{"app": "a"}]},
                ]
            },
        ),
    ],
)
def test_each_finding_when_a_night_is_broken(code: str, tasks: list[dict[str, Any]], more: dict[str, Any]) -> None:
    assert code in _codes(tasks, **more)


def test_a_night_that_is_too_long_names_the_tasks_that_make_it_so() -> None:
    night = night_of(_with(minutes=480), items=["a"])

    (finding,) = judge_times(scheduled(night), ("waves", 0))

    assert finding.values["tasks"] == "W01/a/start (480 min), W01/a/stop (30 min), W01/a/copy/sa (8 min)"
    assert finding.values["minutes"] == 38
    assert surely_too_long(night)


def test_what_only_a_search_could_tell_is_not_foreseen() -> None:
    assert not surely_too_long(night_of(STEPS))


@pytest.mark.parametrize(
    ("kind", "says"),
    [
        ("earlier", "starts before"),
        ("longer", "takes"),
        ("one person", "2 people work"),
        ("value", "is said to end"),
        ("bound", "minutes at least"),
        ("left out", "not every task"),
        ("one link", "send at once"),
        ("limit", "run at once"),
    ],
)
def test_the_check_sees_each_kind_of_broken_schedule(kind: str, says: str) -> None:
    limited = [{**step, "at_once": {"wave": 2}} if step["id"] == "stop" else step for step in STEPS]
    found = scheduled(night_of(limited))
    assert night_faults(found) == ()

    faults = night_faults(_broken(found, kind))

    assert any(says in fault for fault in faults)


def _broken(found: ScheduledNight, kind: str) -> ScheduledNight:
    tasks = list(found.tasks)
    place = next(n for n, each in enumerate(tasks) if each.task.template == "start")
    copies = [n for n, each in enumerate(tasks) if each.task.template == "copy"]
    if kind == "earlier":
        tasks[place] = replace(tasks[place], start=found.night.start, end=found.night.start)
    elif kind == "longer":
        tasks[place] = replace(tasks[place], end=found.end)
        return replace(found, tasks=tuple(tasks), value=found.value)
    elif kind == "one person":
        return replace(found, night=replace(found.night, seats={**found.night.seats, "ops": 1}))
    elif kind == "value":
        return replace(found, value=found.value - 1)
    elif kind == "bound":
        return replace(found, bound=found.value + 1)
    elif kind == "left out":
        tasks.pop()
    elif kind == "one link":
        first, second = copies
        tasks[second] = replace(tasks[second], start=tasks[first].start)
    elif kind == "limit":
        night = found.night
        less = tuple(replace(task, limits=tuple(replace(each, most=1) for each in task.limits)) for task in night.tasks)
        return replace(found, night=replace(night, tasks=less))
    return replace(found, tasks=tuple(tasks))


def test_a_plan_is_judged_by_its_nights_and_foreseen_without_a_search() -> None:
    too_long = {"runbooks": [{"id": "warm-up", "scope": "item", "team": "ops", "minutes": 500, "after": "bridge"}]}
    inventory = two_applications(**too_long)
    plan = plan_of(inventory)

    judged, foreseen = api.nights_judged(plan, inventory), api.nights_foreseen(plan, inventory)

    assert [(each.code, each.severity) for each in judged] == [("WP585", "error")]
    assert [(each.code, each.severity) for each in foreseen.findings] == [("WP585", "warning")]
    assert foreseen.unseen == 0
    late = api.nights_foreseen(plan, inventory, lambda: True)
    assert (late.findings, late.unseen) == ((), len(plan.waves))
    assert judged[0].document == "plan"
    assert judged[0].path == ("waves", 0)
    assert api.nights_judged(plan_of(two_applications()), two_applications()) == ()


def test_own_templates_stand_over_those_of_the_inventory_and_those_that_ship() -> None:
    inventory = two_applications(runbooks=[{"id": "switch", "minutes": 12}, {"id": "stop", "off": True}])
    plan = plan_of(inventory, ["a"])

    made = api.runbooks(plan, inventory, api.runbook_templates(inventory).tasks).runbooks[0]

    tasks = made.night.night.by_id
    assert tasks["W01/a/switch"].minutes == 12
    assert "W01/a/stop" not in tasks
    assert [wait.task for wait in tasks["W01/a/copy/sa"].after] == ["W01/bridge"], "what stop would have waited for"
    assert templates_of([{"id": "x"}])[0].minutes.each == 0
