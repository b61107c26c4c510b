"""What is known of the tasks of one night, or of one rehearsal, at a moment: from entries in any order."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from waveplan.domain.actuals import NIGHT_DECISIONS, TaskRecord
from waveplan.domain.nights import Night

TaskRunState = Literal["waiting", "running", "done", "failed", "skipped", "undone"]


@dataclass(frozen=True, slots=True)
class TaskRun:
    """What became of one task: `started` and `ended` where somebody said so; `tries` are its starts."""

    state: TaskRunState = "waiting"
    started: dt.datetime | None = None
    ended: dt.datetime | None = None
    by: str | None = None
    reason: str | None = None
    tries: int = 0

    @property
    def is_over(self) -> bool:
        """Whether what waits for it may begin."""
        return self.state in {"done", "skipped"}

    @property
    def has_begun(self) -> bool:
        """Whether it left something that a rollback would have to undo."""
        return self.state in {"running", "done", "failed"}


@dataclass(frozen=True, slots=True)
class NightDecision:
    """A decision of the night: to go on or to roll back."""

    record: TaskRecord

    @property
    def rolls_back(self) -> bool:
        """Whether it is to roll back."""
        return self.record.state == "roll_back"


@dataclass(frozen=True)
class NightLog:
    """Tasks by id, the last decision, and entries about tasks that the night does not have (`strange`)."""

    runs: Mapping[str, TaskRun]
    decision: NightDecision | None
    strange: tuple[TaskRecord, ...]

    def run(self, task: str) -> TaskRun:
        """What became of a task; waiting when nobody has said anything."""
        return self.runs.get(task, TaskRun())


def log_of(night: Night, records: Iterable[TaskRecord], run: str | None, as_of: dt.datetime) -> NightLog:
    """What is known of a night, or of the rehearsal `run`, at a moment; later moments are passed over."""
    said = [each for each in records if each.wave == night.wave and each.run == run]
    known = sorted((each for each in said if each.happened.timestamp() <= as_of.timestamp()), key=_moment)
    runs: dict[str, TaskRun] = {}
    strange: list[TaskRecord] = []
    decision: NightDecision | None = None
    for record in known:
        task = None if record.task is None else night.find(record.task)
        if record.task is not None and task is None:
            strange.append(record)
        if record.state in NIGHT_DECISIONS:
            decision = NightDecision(record)
        elif task is not None:
            runs[task.id] = _after(runs.get(task.id, TaskRun()), record)
    return NightLog(runs, decision, tuple(strange))


def _moment(record: TaskRecord) -> float:
    return record.happened.timestamp()


def _after(run: TaskRun, record: TaskRecord) -> TaskRun:
    """A task's run after one more entry."""
    said = replace(run, by=record.by or run.by, reason=record.reason)
    match record.state:
        case "started":
            return replace(said, state="running", started=record.happened, ended=None, tries=run.tries + 1)
        case "done":
            return replace(said, state="done", ended=record.happened)
        case "failed":
            return replace(said, state="failed", ended=record.happened)
        case "skipped":
            return replace(said, state="skipped", ended=record.happened)
        case "undone":
            return replace(said, state="undone", ended=record.happened)
    return TaskRun()


def rehearsals(records: Sequence[TaskRecord], wave: str) -> tuple[str, ...]:
    """Names of rehearsals of a wave, in the order in which they were first spoken of."""
    return tuple(dict.fromkeys(each.run for each in records if each.wave == wave and each.run is not None))
