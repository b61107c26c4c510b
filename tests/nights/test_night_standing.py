"""Where a night stands: worked out by hand on small nights, and replayed at random."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Mapping, Sequence
from typing import Any

import pytest
from support.nights import night_of

from waveplan.domain.actuals import TaskRecord
from waveplan.domain.night_log import log_of
from waveplan.domain.night_standing import NightStanding
from waveplan.domain.nights import Night
from waveplan.runbooks import scheduled
from waveplan.runbooks.standing import standing_of

PARIS = dt.timezone(dt.timedelta(hours=1))
TASKS = [
    {"id": "stop", "scope": "item", "team": "ops", "minutes": 30, "undo": {"minutes": 20}},
    {"id": "copy", "scope": "item", "team": "dba", "minutes": 60, "after": "stop", "undo": {"minutes": 40}},
    {"id": "start", "scope": "item", "team": "ops", "minutes": 30, "after": "copy", "undo": {"minutes": 10}},
    {"id": "test", "scope": "item", "kind": "test", "phase": "tests", "team": "dba", "minutes": 60, "after": "start"},
]


def at(clock: str) -> dt.datetime:
    """A time of the night of Sat 9 January 2027, 20:00 to 04:00."""
    hours, minutes = map(int, clock.split(":"))
    day = 9 if hours >= 12 else 10
    return dt.datetime(2027, 1, day, hours, minutes, tzinfo=PARIS)


def said(night: Night, *entries: tuple[str, str, str | None]) -> list[TaskRecord]:
    """Entries: moment, state, task."""
    return [
        TaskRecord.model_validate({"wave": night.wave, "task": task, "happened": at(clock), "state": state})
        for clock, state, task in entries
    ]


def stands(
    clock: str, *entries: tuple[str, str, str | None], tasks: Sequence[Mapping[str, Any]] = TASKS, items: str = "a"
) -> NightStanding:
    night = night_of(tasks, list(items))
    return standing_of(scheduled(night), log_of(night, said(night, *entries), None, at(clock)), None, at(clock))


def clocks(standing: NightStanding) -> dict[str, str]:
    """State and end of each task, without the wave."""
    ends = {each.task.id: "-" if each.end is None else f"{each.end:%H:%M}" for each in standing.tasks}
    return {each.task.id.removeprefix("W01/"): f"{each.state} {ends[each.task.id]}" for each in standing.tasks}


def test_before_anything_the_night_is_expected_as_planned() -> None:
    found = stands("20:00")
    assert clocks(found) == {
        "a/stop": "next 20:30", "a/copy": "waiting 21:30", "a/start": "waiting 22:00", "a/test": "waiting 23:00",
    }  # fmt: skip
    assert (found.verdict, found.end) == ("go_on", at("23:00"))


def test_what_could_have_begun_is_late_and_delays_the_rest() -> None:
    found = stands("20:45")
    assert clocks(found)["a/stop"] == "late 21:15"
    assert found.end == at("23:45")


def test_what_runs_ends_as_planned_from_its_own_start() -> None:
    found = stands("20:20", ("20:10", "started", "a/stop"))
    assert clocks(found)["a/stop"] == "running 20:40"
    assert found.end == at("23:10")


def test_what_runs_over_its_time_is_expected_to_end_now() -> None:
    found = stands("20:50", ("20:00", "started", "a/stop"))
    assert clocks(found)["a/stop"] == "overdue 20:50"
    assert found.end == at("23:20")


def test_what_is_done_early_lets_the_rest_begin_early() -> None:
    found = stands("20:20", ("20:00", "started", "1"), ("20:15", "done", "1"))
    assert clocks(found)["a/copy"] == "next 21:20"
    assert found.end == at("22:50")
    first = found.tasks[0]
    assert (first.minutes_taken, first.minutes_late) == (15, -15)


def test_entries_may_be_in_any_order() -> None:
    forward = (("20:00", "started", "1"), ("20:25", "done", "1"), ("20:26", "started", "2"))
    assert clocks(stands("20:30", *forward)) == clocks(stands("20:30", *reversed(forward)))


def test_what_is_later_than_now_is_not_known_yet() -> None:
    assert clocks(stands("20:30", ("20:00", "started", "1"), ("20:40", "failed", "1")))["a/stop"] == "running 20:30"


def test_a_failure_holds_what_waits_for_it_and_nothing_else() -> None:
    found = stands("21:00", ("20:00", "started", "a/stop"), ("20:40", "failed", "a/stop"), items="ab")
    states = {name: words.split()[0] for name, words in clocks(found).items()}
    assert {name for name, state in states.items() if state == "held"} == {"a/copy", "a/start", "a/test"}
    assert (states["a/stop"], states["b/stop"]) == ("failed", "late")
    assert {each.held_by for each in found.tasks if each.state == "held"} == {("W01/a/stop",)}
    assert clocks(found)["b/test"] == "waiting 00:00"  # as if nothing had happened to a
    assert (found.verdict, found.end) == ("decide_now", None)
    assert "holds 3 tasks" in str(found.reason)


def test_a_second_try_frees_what_was_held() -> None:
    tries = (("20:00", "started", "1"), ("20:20", "failed", "1"), ("20:30", "started", "1"), ("21:00", "done", "1"))
    found = stands("21:00", *tries)
    assert found.verdict == "go_on"
    assert found.tasks[0].run.tries == 2
    assert found.end == at("23:30")


def test_what_is_left_out_counts_as_over() -> None:
    found = stands("20:10", ("20:05", "skipped", "1"))
    assert clocks(found)["a/copy"] == "next 21:10"


def test_the_point_of_no_return_counts_what_has_begun() -> None:
    # The window ends at 04:00. Undoing stop, copy and start takes 20 + 40 + 10 minutes: 02:50 at the latest; all of it
    # has begun by 21:30, so nothing sooner stands in the way.
    assert stands("20:00").no_return == at("02:50")


LONG = [
    {"id": "stop", "scope": "item", "team": "ops", "minutes": 30, "undo": {"minutes": 60}},
    {"id": "work", "scope": "item", "team": "ops", "minutes": 360, "after": "stop", "undo": {"minutes": 60}},
]


def test_a_night_that_will_not_fit_asks_for_a_decision() -> None:
    # Stop ends at 22:30 instead of 20:30; work then ends at 04:30. Back takes 60 minutes now, 120 once work has begun.
    found = stands("22:30", ("20:00", "started", "1"), ("22:30", "done", "1"), tasks=LONG)
    assert (found.verdict, found.end) == ("decide_now", at("04:30"))
    assert found.no_return == at("02:00")
    assert "after its window ends at" in str(found.reason)


@pytest.mark.parametrize(
    ("clock", "verdict"), [("01:44", "decide_now"), ("01:45", "roll_back"), ("01:59", "roll_back")]
)
def test_shortly_before_the_point_of_no_return_it_is_to_roll_back(clock: str, verdict: str) -> None:
    entries = (("20:00", "started", "1"), ("22:30", "done", "1"), ("22:30", "started", "2"))
    assert stands(clock, *entries, tasks=LONG).verdict == verdict


def test_past_it_whichever_way_is_over_sooner() -> None:
    entries = [("20:00", "started", "1"), ("22:30", "done", "1"), ("22:30", "started", "2")]
    found = stands("03:00", *entries, tasks=LONG)  # on: 04:30; back: 05:00
    assert (found.verdict, found.rollback_end) == ("go_on", at("05:00"))
    late = stands("02:10", *entries[:2], ("01:30", "started", "2"), tasks=LONG)  # on: 07:30; back: 04:10
    assert (late.verdict, late.rollback_end) == ("roll_back", at("04:10"))


def test_a_decision_to_roll_back_holds_until_another_one() -> None:
    entries = [("20:00", "started", "1"), ("20:30", "done", "1"), ("20:40", "roll_back", None)]
    found = stands("20:50", *entries)
    assert (found.verdict, found.rollback_end) == ("roll_back", at("21:00"))
    assert [(each.task.id, each.undone) for each in found.undoing] == [("W01/a/stop", False)]
    done = stands("21:10", *entries, ("21:05", "undone", "1"))
    assert [each.undone for each in done.undoing] == [True]
    assert stands("20:50", *entries, ("20:45", "go_on", None)).verdict == "go_on"


def test_all_done_is_over() -> None:
    entries = [(f"{20 + number}:{state[1]}", state[0], str(number + 1)) for number in range(4)
               for state in (("started", "00"), ("done", "30"))]  # fmt: skip
    found = stands("23:40", *entries)
    assert (found.verdict, found.end) == ("over", at("23:30"))


def test_entries_about_other_waves_runs_and_tasks_count_for_nothing() -> None:
    night = night_of(TASKS, ["a"])
    records = [
        *said(night, ("20:05", "started", "77")),
        TaskRecord.model_validate({"wave": "2027-01-16-night", "task": "1", "happened": at("20:00"), "state": "done"}),
        TaskRecord.model_validate(
            {"wave": night.wave, "task": "1", "happened": at("20:00"), "state": "done", "run": "first"}
        ),
    ]
    log = log_of(night, records, None, at("21:00"))
    assert log.runs == {}
    assert [each.task for each in log.strange] == ["77"]
    assert log_of(night, records, "first", at("21:00")).run("W01/a/stop").state == "done"


@pytest.mark.parametrize("seed", range(100))
def test_a_night_that_is_played_through_loses_nothing_and_never_contradicts_itself(seed: int) -> None:
    """Tasks begin in any order that they allow, some fail and are tried again; each entry is followed by a look."""
    rng = random.Random(seed)
    night = night_of(TASKS, ["a", "b"])
    planned = scheduled(night)
    records: list[TaskRecord] = []
    now = at("20:00")
    over: set[str] = set()
    running: dict[str, dt.datetime] = {}
    while len(over) < len(night.tasks):
        now += dt.timedelta(minutes=rng.randint(seed % 2, 25))  # of one minute, the order in the file counts
        ready = [
            task.id for task in night.tasks
            if task.id not in over and task.id not in running and all(wait.task in over for wait in task.after)
        ]  # fmt: skip
        if running and (not ready or rng.random() < 0.5):
            name = rng.choice(sorted(running))
            state = "failed" if rng.random() < 0.2 else "done"
            over |= {name} if state == "done" else set()
            del running[name]
        else:
            name, state = rng.choice(ready), "started"
            running[name] = now
        records.append(TaskRecord.model_validate({"wave": night.wave, "task": name, "happened": now, "state": state}))
        log = log_of(night, rng.sample(records, len(records)) if seed % 2 else records, None, now)
        found = standing_of(planned, log, None, now)
        known = {each.task.id: each for each in found.tasks}
        assert {name for name, each in known.items() if each.state == "done"} == over
        assert {name for name, each in known.items() if each.state in {"running", "overdue"}} == set(running)
        for each in found.tasks:
            for wait in each.task.after:
                before = known[wait.task]
                if each.state != "held" and each.start is not None and each.state in {"next", "late", "waiting"}:
                    assert before.end is not None and before.end <= each.start
            if each.state in {"next", "late", "waiting"}:
                assert each.start is not None and each.start >= now
    assert found.verdict == "over"
    assert len(records) == len({id(record) for record in records})
