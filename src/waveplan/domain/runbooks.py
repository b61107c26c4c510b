"""Templates of runbooks: what is done around a cutover, task by task, as people write it down once."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, ConfigDict, WithJsonSchema, model_validator
from pydantic_core import PydanticCustomError

from waveplan.domain.base import Model
from waveplan.domain.scalars import (
    ONE_OR_MORE_WORDS,
    Amount,
    Count,
    DayCount,
    Flag,
    Id,
    PositiveCount,
    Share,
    TimeOfDay,
    Weekday,
    Word,
    as_list,
    decimal_number,
)
from waveplan.domain.selectors import Selector
from waveplan.domain.spoken import Spoken

TaskKind = Literal["work", "transfer", "test", "decision", "message", "checkpoint"]
TaskScope = Literal["wave", "lot", "item", "server"]
TaskPhase = Literal["before", "cutover", "tests", "rollback", "after"]
TaskDay = Literal["window", "preparation", "gate", "rehearsal", "hypercare", "purge"]
AtOncePer = Literal["team", "source", "target", "link", "lot", "wave"]
AfterOf = Literal["own", "lot", "wave", "providers"]

SCOPES: tuple[TaskScope, ...] = ("wave", "lot", "item", "server")
NIGHT_PHASES: frozenset[TaskPhase] = frozenset({"cutover", "tests"})
"""Phases whose tasks are done in the window, minute by minute; the others have days, or wait for a rollback."""

TRANSITION_MANAGER = "transition_manager"
ROLES = ("crew", "testers", "technical_owner", "business_owner", "on_call", TRANSITION_MANAGER)
"""Words that stand for whoever it is of a task's own items: a seated team, an owner, the team on call."""

UNDONE = "undone"
"""What a task of a rollback waits for when it comes after all is undone; a template cannot be called so."""

OneOrMoreWords = Annotated[list[Word], BeforeValidator(as_list), WithJsonSchema(ONE_OR_MORE_WORDS)]


def _any_minutes_form(schema: dict[str, Any]) -> None:
    mapping = dict(schema)
    schema.clear()
    schema["anyOf"] = [decimal_number(minimum=0), {"enum": ["link", "transport"]}, mapping]


class TaskMinutes(Model):
    """How long a task takes: a sum of what is given, in minutes; rounded up to whole ones.

    Servers, GB and users are those of the task's own subject; shares are of the longest hours that the items of the
    subject give. `link` is what its GB take on the link, `transport` the hours of what is shipped.
    """

    model_config = ConfigDict(json_schema_extra=_any_minutes_form)

    each: Amount = Decimal(0)
    per_server: Amount = Decimal(0)
    per_gb: Amount = Decimal(0)
    per_100_users: Amount = Decimal(0)
    of_cutover: Share = Decimal(0)
    of_tests: Share = Decimal(0)
    of_rollback: Share = Decimal(0)
    link: Flag = False
    transport: Flag = False

    @model_validator(mode="before")
    @classmethod
    def _short_forms(cls, data: Any) -> Any:
        if data in ("link", "transport"):
            return {data: "true"}
        return {"each": data} if isinstance(data, str | int | float | Decimal) else data


class TaskUndo(Model):
    """How what a task did is undone; without a team of its own by whoever did it."""

    minutes: TaskMinutes = TaskMinutes()
    name: Spoken = {}
    team: OneOrMoreWords = []
    people: Count | None = None


def _plain_reference(schema: dict[str, Any]) -> None:
    mapping = dict(schema)
    schema.clear()
    schema["anyOf"] = [{"type": ["string", "number", "boolean"]}, mapping]


class TaskAfter(Model):
    """A task that must be over first.

    `own`: where it concerns the same thing, or what that stands in, or what it holds; `lot`, `wave`: everywhere in
    them; `providers`: of the items of the wave that its own items depend on. `item` names one item of the wave.
    """

    model_config = ConfigDict(json_schema_extra=_plain_reference)

    task: Id
    of: AfterOf = "own"
    item: Word | None = None
    lag_minutes: Count = 0

    @model_validator(mode="before")
    @classmethod
    def _short_form(cls, data: Any) -> Any:
        return data if isinstance(data, dict | TaskAfter) else {"task": data}

    @model_validator(mode="after")
    def _one_way(self) -> TaskAfter:
        if self.item is not None and self.of != "own":
            raise PydanticCustomError("after", "give one of 'item' or 'of'")
        return self


class TaskMessage(Model):
    """What people are told: who, by role, team or any word, and the text, by language."""

    to: OneOrMoreWords = []
    subject: Spoken = {}
    text: Spoken = {}


class Raci(Model):
    """Who does it, who answers for it, who is asked and who is told: roles, teams or any word."""

    responsible: OneOrMoreWords = []
    accountable: OneOrMoreWords = []
    consulted: OneOrMoreWords = []
    informed: OneOrMoreWords = []


class RunbookTask(Model):
    """One task of a runbook, for each wave, lot, item or server that it is about.

    A task with the id of another one takes what it leaves out from that one. `team` names choices: the first one that
    there is does it. Tasks of the window (`cutover`, `tests`) are scheduled by the minute; those before and after it
    have days, and those of `rollback` stand ready.
    """

    id: Id
    name: Spoken = {}
    kind: TaskKind = "work"
    scope: TaskScope = "wave"
    phase: TaskPhase = "cutover"
    off: Flag = False
    match: Selector | None = None
    minutes: TaskMinutes = TaskMinutes()
    team: OneOrMoreWords = []
    people: Count | None = None
    after: Annotated[list[TaskAfter], BeforeValidator(as_list)] = []
    fixed_at: TimeOfDay | None = None
    not_before: TimeOfDay | None = None
    on: Weekday | None = None
    at: TaskDay = "window"
    days_before: DayCount = 0
    days_after: DayCount = 0
    evidence: Spoken = {}
    criteria: list[Spoken] = []
    undo: TaskUndo | None = None
    raci: Raci = Raci()
    at_once: dict[AtOncePer, PositiveCount] = {}
    message: TaskMessage | None = None
    no_return: Flag = False

    @property
    def in_window(self) -> bool:
        """Whether it is done in the window, by the minute."""
        return self.phase in NIGHT_PHASES

    @property
    def seated(self) -> int:
        """People that it takes: as given, else one for work and tests and none for the rest."""
        return self.people if self.people is not None else int(self.kind in {"work", "test"})


class RunbookFile(Model):
    """A file of runbook templates."""

    waveplan_runbooks: Annotated[Literal["1"], BeforeValidator(str), WithJsonSchema({"enum": [1, "1"]})] = "1"
    shipped: Flag = True
    tasks: list[RunbookTask] = []
