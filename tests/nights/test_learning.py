"""Minutes learnt from rehearsals and nights."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

import pytest
from support.nights import night_of, templates_of

from waveplan.cli.learning import proposal
from waveplan.domain.actuals import TaskRecord
from waveplan.domain.learnt import Learnt
from waveplan.runbooks import scheduled
from waveplan.runbooks.learning import learnt, observations_of

TASKS = [{"id": "copy", "scope": "item", "team": "ops", "minutes": {"each": 20, "per_server": 2}}]
START = dt.datetime(2027, 1, 9, 20, 0, tzinfo=dt.UTC)


def of(*minutes: int) -> Learnt:
    """What is learnt when the copy of a took so long in one rehearsal each."""
    night = night_of(TASKS, ["a"])
    records = []
    for number, taken in enumerate(minutes):
        run = f"rehearsal-{number}"
        for state, shift in (("started", 0), ("done", taken)):
            at = START + dt.timedelta(days=number, minutes=shift)
            entry = {"wave": night.wave, "task": "a/copy", "happened": at, "state": state, "run": run}
            records.append(TaskRecord.model_validate(entry))
    seen = list(observations_of(scheduled(night), records))
    assert [each.taken for each in seen] == list(minutes)
    assert {each.planned for each in seen} == {22}
    return learnt(seen, templates_of(TASKS))[0]


def test_the_median_stretches_every_part() -> None:
    found = of(22, 33, 44)
    assert (found.middle, found.low, found.high) == (Fraction(3, 2), 1, 2)
    assert found.minutes is not None
    assert (found.minutes.each, found.minutes.per_server) == (30, 3)


def test_a_few_observations_conclude_nothing() -> None:
    found = of(33, 44)
    assert found.is_little
    assert (found.minutes, found.low, found.high) == (None, Fraction(3, 2), 2)


@pytest.mark.parametrize(("taken", "changes"), [(22, False), (23, False), (24, True), (21, False), (20, True)])
def test_what_is_near_to_what_was_planned_stays(taken: int, changes: bool) -> None:
    assert (of(taken, taken, taken).minutes is not None) is changes


@pytest.mark.parametrize(
    ("minutes", "low", "high"),
    [((11, 22, 33, 44), 11, 33), ((22,) * 7 + (44,), 22, 22), ((11, 22, 33, 44, 55), 22, 44)],
)
def test_quartiles(minutes: tuple[int, ...], low: int, high: int) -> None:
    found = of(*minutes)
    assert (found.low * 22, found.high * 22) == (low, high)


def test_only_tasks_with_both_ends_are_seen_and_a_second_try_counts_from_its_own_start() -> None:
    night = night_of(TASKS, ["a", "b"])
    said = [("b/copy", 5, "done"), ("a/copy", 0, "started"), ("a/copy", 10, "failed"), ("a/copy", 30, "started"),
            ("a/copy", 41, "done")]  # fmt: skip
    records = [
        TaskRecord.model_validate(
            {"wave": night.wave, "task": task, "happened": START + dt.timedelta(minutes=shift), "state": state}
        )
        for task, shift, state in said
    ]
    assert [(each.task, each.taken) for each in observations_of(scheduled(night), records)] == [("W01/a/copy", 11)]


def test_the_proposal_is_a_file_of_templates() -> None:
    assert proposal([of(22, 33, 44)]).splitlines()[1:] == [
        "waveplan_runbooks: 1",
        "tasks:",
        "  # 1.50, 1.00 to 2.00, 3",
        "  - {id: copy, minutes: {each: 30, per_server: 3}}",
    ]
