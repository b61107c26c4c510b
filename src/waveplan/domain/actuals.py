"""The actuals, format version 1: what was decided, done, signed and spent while the programme runs.

It is a log: each list is kept oldest first. What is said later about the same thing holds, and what was said before
stays; `domain.history` tells what holds.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BeforeValidator, WithJsonSchema, model_validator
from pydantic_core import PydanticCustomError

from waveplan.domain.base import Model
from waveplan.domain.scalars import Amount, Day, Id, Moment, Share, Week, Word, as_list

Decision = Literal["go", "no_go", "conditional"]
CutoverResult = Literal["done", "rolled_back", "partial"]
AcceptanceResult = Literal["signed", "half_met", "refused"]
IncidentSeverity = Literal["critical", "major", "minor"]
TaskState = Literal["started", "done", "failed", "skipped", "undone", "waiting", "go_on", "roll_back"]
NIGHT_DECISIONS: frozenset[TaskState] = frozenset({"go_on", "roll_back"})
Words = Annotated[list[Word], BeforeValidator(as_list)]


class GateRecord(Model):
    """The decision at a gate of a wave; with `lots`, of some of its lots only, whose `items` tell them apart later."""

    wave: Word
    gate: Word
    date: Day
    decision: Decision
    lots: Words = []
    conditions: Words = []
    by: Word | None = None
    reason: Word | None = None
    items: dict[Word, Words] = {}


class CutoverRecord(Model):
    """How a wave's cutover ended. `rolled_back` names lots or items of a partial one; what it doesn't name is done.

    `items` are the lots that were meant to cut over, each with its items, as the plan had them on the day: they tell
    what happened even when a later plan has other lots.
    """

    wave: Word
    date: Day
    result: CutoverResult
    rolled_back: Words = []
    by: Word | None = None
    reason: Word | None = None
    items: dict[Word, Words] = {}


class IncidentRecord(Model):
    """An incident in hypercare; a later entry of the same id restates it."""

    id: Id
    wave: Word
    date: Day
    item: Word | None = None
    severity: IncidentSeverity
    summary: Word
    resolved: Day | None = None


class AcceptanceRecord(Model):
    """What came of an acceptance: of a knowledge transfer's stage, a pilot's exit gate, a purge, any milestone."""

    milestone: Word
    date: Day
    result: AcceptanceResult
    by: Word | None = None
    reason: Word | None = None


class MilestoneRecord(Model):
    """A milestone that was reached, or the day on which it is now expected, and the day on which that was `said`."""

    id: Word
    reached: Day | None = None
    expected: Day | None = None
    said: Day | None = None
    reason: Word | None = None

    @model_validator(mode="after")
    def _one_date(self) -> MilestoneRecord:
        if (self.reached is None) == (self.expected is None):
            raise PydanticCustomError("milestone", "a milestone needs one of 'reached' and 'expected', not both")
        return self


class EffortRecord(Model):
    """Person-days that a team spent in an ISO week; a later entry of the same week replaces it."""

    team: Word
    week: Week
    person_days: Amount


class AdoptionRecord(Model):
    """Something of `adoption` that a wave was to hold, and has: a notice that was sent, a survey with its result.

    A later entry of the same `id` and wave restates it.
    """

    id: Word
    wave: Word
    date: Day
    result: Share | None = None
    by: Word | None = None
    reason: Word | None = None


class TaskRecord(Model):
    """What became of a task of a wave's night, and when: it began, ended, failed, was left out, undone.

    `go_on` and `roll_back` are decisions of that night, at a task or at any time (`task` is then left out); `waiting`
    takes back what was said of a task. `run` names a rehearsal; the real night has none. Entries may be in any order:
    moments count, then the order in the file.
    """

    wave: Word
    task: Word | None = None
    happened: Moment
    state: TaskState
    run: Word | None = None
    by: Word | None = None
    reason: Word | None = None

    @model_validator(mode="after")
    def _of_a_task(self) -> TaskRecord:
        if self.task is None and self.state not in NIGHT_DECISIONS:
            raise PydanticCustomError("task", "'{state}' needs the 'task' that it is said of", {"state": self.state})
        return self


Record = (
    GateRecord
    | CutoverRecord
    | IncidentRecord
    | AcceptanceRecord
    | MilestoneRecord
    | EffortRecord
    | AdoptionRecord
    | TaskRecord
)
Section = Literal["gates", "cutovers", "incidents", "acceptances", "milestones", "effort", "adoption", "tasks"]


class Actuals(Model):
    """A whole file of actuals."""

    waveplan_actuals: Annotated[Literal["1"], BeforeValidator(str), WithJsonSchema({"enum": [1, "1"]})] = "1"
    gates: list[GateRecord] = []
    cutovers: list[CutoverRecord] = []
    incidents: list[IncidentRecord] = []
    acceptances: list[AcceptanceRecord] = []
    milestones: list[MilestoneRecord] = []
    effort: list[EffortRecord] = []
    adoption: list[AdoptionRecord] = []
    tasks: list[TaskRecord] = []
