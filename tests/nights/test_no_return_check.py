"""The check of points of no return: silent on nights as they are scheduled, and loud when one is broken by hand."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from support.nights import night_of
from support.seeds import few_at_once

from waveplan.checking.nights import night_faults
from waveplan.domain.nights import ScheduledNight, UndoSpan
from waveplan.runbooks import scheduled

TASKS: list[dict[str, Any]] = [
    {"id": "stop", "scope": "item", "team": "ops", "minutes": 30, "undo": {"minutes": 20}},
    {"id": "copy", "scope": "item", "team": "dba", "minutes": 60, "after": "stop", "undo": {"minutes": 40}},
    {"id": "start", "scope": "item", "team": "ops", "minutes": 30, "after": "copy", "undo": {"minutes": 10}},
    {"id": "warn", "phase": "rollback", "team": "transition_manager", "minutes": 5},
    {"id": "look", "phase": "rollback", "team": "transition_manager", "minutes": 15, "after": "undone"},
]
# In each of a and b: 20 + 40 + 10 minutes back, both at once with two people each; 5 before, 15 after: 90 in all. The
# window ends at 04:00, so the last moment is 02:30, when all has begun.


def _found(tasks: list[dict[str, Any]] | None = None) -> ScheduledNight:
    return scheduled(night_of(tasks or TASKS, ["a", "b"]))


def _with_point(found: ScheduledNight, minutes: int) -> ScheduledNight:
    """The point and all steps of its rollback so much later."""
    later = dt.timedelta(minutes=minutes)
    assert found.no_return is not None
    point = found.no_return + later
    return replace(
        found,
        no_return=point,
        no_returns=dict.fromkeys(found.no_returns, point),
        rollbacks={
            end: tuple(UndoSpan(each.task, each.start + later, each.end + later) for each in spans)
            for end, spans in found.rollbacks.items()
        },
    )


def _with_steps(found: ScheduledNight, change: Callable[[UndoSpan], UndoSpan | None]) -> ScheduledNight:
    return replace(
        found,
        rollbacks={
            end: tuple(new for each in spans if (new := change(each)) is not None)
            for end, spans in found.rollbacks.items()
        },
    )


def _moved(name: str, minutes: int) -> Callable[[UndoSpan], UndoSpan]:
    later = dt.timedelta(minutes=minutes)
    return lambda each: UndoSpan(each.task, each.start + later, each.end + later) if each.task == name else each


def _longer(name: str, minutes: int) -> Callable[[UndoSpan], UndoSpan]:
    later = dt.timedelta(minutes=minutes)
    return lambda each: UndoSpan(each.task, each.start, each.end + later) if each.task == name else each


def test_the_last_moment_is_as_worked_out_by_hand_and_its_rollback_ends_with_the_window() -> None:
    found = _found()

    assert found.no_return is not None and f"{found.no_return:%H:%M}" == "02:30"
    (spans,) = found.rollbacks.values()
    clocks = {each.task.removeprefix("W01/"): f"{each.start:%H:%M} {each.end:%H:%M}" for each in spans}
    assert clocks == {
        "warn": "02:30 02:35",
        "a/start": "02:35 02:45", "a/copy": "02:45 03:25", "a/stop": "03:25 03:45",
        "b/start": "02:35 02:45", "b/copy": "02:45 03:25", "b/stop": "03:25 03:45",
        "look": "03:45 04:00",
    }  # fmt: skip
    assert night_faults(found) == ()


@pytest.mark.parametrize(
    ("broken", "says"),
    [
        (lambda night: _with_point(night, 1), "after the window ends"),
        (lambda night: _with_point(night, -120), "is said to be the last"),
        (lambda night: _with_steps(night, _moved("W01/warn", -5)), "begins before it"),
        (lambda night: _with_steps(night, lambda each: each if each.task != "W01/a/stop" else None), "is not undone"),
        (lambda night: _with_steps(night, lambda each: each if each.task != "W01/look" else None), "other steps"),
        (lambda night: _with_steps(night, _longer("W01/a/stop", -5)), "takes 20 minutes to be undone"),
        (lambda night: _with_steps(night, _moved("W01/a/copy", -5)), "is undone before W01/a/start"),
        (lambda night: _with_steps(night, _moved("W01/warn", 5)), "is undone before W01/warn is over"),
        (lambda night: _with_steps(night, _moved("W01/look", -5)), "begins before W01/a/stop is undone"),
        (lambda night: replace(night, night=replace(night.night, seats={"ops": 1, "dba": 2})), "2 people undo"),
        (lambda night: replace(night, no_return=night.night.start), "not the first of its windows"),
        (lambda night: replace(night, no_returns={}), "not every window"),
        (lambda night: replace(night, no_return=None, no_returns=dict.fromkeys(night.no_returns)), "to be the last"),
    ],
)
def test_each_thing_that_is_broken_is_noticed(broken: Callable[[ScheduledNight], ScheduledNight], says: str) -> None:
    assert any(says in fault for fault in night_faults(broken(_found())))


def test_no_way_back_after_a_task_ends_it_as_that_begins() -> None:
    found = _found([*TASKS, {"id": "wipe", "scope": "item", "team": "ops", "after": "start", "no_return": True}])

    assert found.no_return is not None and f"{found.no_return:%H:%M}" == "22:00"
    assert night_faults(found) == ()
    assert any("no way back from it" in fault for fault in night_faults(_with_point(found, 10)))


@pytest.mark.parametrize("seed", few_at_once(range(200), 5))
def test_no_drawn_night_is_refused(seed: int) -> None:
    """Steps of any length, undone by one team or the other; now and then there is no way back."""
    chance = random.Random(seed)
    tasks: list[dict[str, Any]] = []
    for number in range(chance.randint(2, 6)):
        before = [f"t{each}" for each in range(number) if chance.random() < 0.4]
        team = chance.choice(("ops", "dba"))
        task = {"id": f"t{number}", "scope": "item", "team": team, "minutes": chance.randint(0, 90), "after": before}
        if chance.random() < 0.7:
            task["undo"] = {"minutes": chance.randint(0, 150), "team": chance.choice(("ops", "dba")), "people": 1}
        if chance.random() < 0.1:
            task["no_return"] = True
        tasks.append(task)
    tasks.append({"id": "warn", "phase": "rollback", "team": "ops", "people": 1, "minutes": chance.randint(0, 30)})
    tasks.append({"id": "look", "phase": "rollback", "team": "dba", "minutes": 20, "after": "undone"})

    assert night_faults(scheduled(night_of(tasks, ["a", "b"]))) == ()
