"""A cutover night: the tasks of one wave by id, and when each of them is done.

Moments are aware; durations are whole minutes. A task's id is short enough to be typed: `W04/erp/copy/erp-db-1`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

from waveplan.domain.runbooks import TaskKind, TaskPhase, TaskScope

SpokenWords = Mapping[str, str]  # by language


@dataclass(frozen=True, slots=True)
class UndoStep:
    """How a task is undone, by whom and in how many minutes."""

    minutes: int
    name: SpokenWords = field(default_factory=dict, hash=False)
    team: str | None = None
    people: int = 0


@dataclass(frozen=True, slots=True)
class TaskWait:
    """A task that must be over, and for so many minutes, before another one starts."""

    task: str
    lag: int = 0


@dataclass(frozen=True, slots=True)
class AtOnce:
    """A group of tasks of which at most so many run at once; `group` is `copy per source dc-north`."""

    group: str
    most: int


@dataclass(frozen=True, slots=True)
class Sending:
    """GB that a transfer sends over the links between two sites (sorted)."""

    pair: tuple[str, str]
    gigabytes: Decimal


@dataclass(frozen=True, slots=True)
class NightRaci:
    """Who does a task, answers for it, is asked and is told: teams, owners and roles, resolved."""

    responsible: tuple[str, ...] = ()
    accountable: tuple[str, ...] = ()
    consulted: tuple[str, ...] = ()
    informed: tuple[str, ...] = ()


NO_RACI = NightRaci()


@dataclass(frozen=True, slots=True)
class NightMessage:
    """What is said when a task is done: to whom, and the text by language, filled but for moments."""

    to: tuple[str, ...]
    subject: SpokenWords = field(default_factory=dict, hash=False)
    text: SpokenWords = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True)
class NightTask:
    """One task of a wave's window.

    `number` is short for the id, and keeps while the plan, the inventory and the templates do. `template` is the id of
    the template that it was made from. `owner` is who does it: a team, or a role that has no seats; empty
    when nobody fills the role. `opens` and
    `window_end` are those of its lot's window; a decision of the tests is to be taken by `decide_by`, so that the hours
    for a rollback are left; `fixed_at` is when it starts, if that is fixed. `minutes` of a transfer
    are those that it takes alone at the links' speed at the start of the window.
    """

    id: str
    number: int
    template: str
    kind: TaskKind
    phase: TaskPhase
    scope: TaskScope
    name: SpokenWords = field(hash=False)
    minutes: int
    owner: str
    team: str | None
    people: int
    opens: dt.datetime
    window_end: dt.datetime
    decide_by: dt.datetime | None = None
    after: tuple[TaskWait, ...] = ()
    fixed_at: dt.datetime | None = None
    sending: Sending | None = None
    limits: tuple[AtOnce, ...] = ()
    undo: UndoStep | None = None
    lot: str | None = None
    item: str | None = None
    server: str | None = None
    evidence: SpokenWords = field(default_factory=dict, hash=False)
    criteria: tuple[SpokenWords, ...] = field(default=(), hash=False)
    raci: NightRaci = NO_RACI
    message: NightMessage | None = None
    no_return: bool = False

    @property
    def is_point(self) -> bool:
        """Whether it is a moment at which one looks up: a decision or a checkpoint."""
        return self.kind in {"decision", "checkpoint"}


@dataclass(frozen=True, eq=False)
class Night:
    """The tasks of one wave's window, in the order of their numbers, and what they share.

    `seats` are the people that each team seats in it; a team that is not named has no limit. `zone` is whose clocks
    people read. `occupied` are minutes that other waves use the links from the start on. `rollback` are tasks that
    stand ready for a rollback: they have no times.
    """

    wave: str
    label: str
    zone: str
    start: dt.datetime
    end: dt.datetime
    tasks: tuple[NightTask, ...]
    seats: Mapping[str, int]
    rollback: tuple[NightTask, ...] = ()
    occupied: Mapping[tuple[str, str], Decimal] = field(default_factory=dict)  # GB of other waves by pair of sites

    @cached_property
    def by_id(self) -> Mapping[str, NightTask]:
        """Tasks by id."""
        return {task.id: task for task in self.tasks}

    @cached_property
    def followers(self) -> Mapping[str, tuple[str, ...]]:
        """Tasks that wait for each task."""
        found: dict[str, list[str]] = {task.id: [] for task in self.tasks}
        for task in self.tasks:
            for wait in task.after:
                found[wait.task].append(task.id)
        return {name: tuple(waiting) for name, waiting in found.items()}

    def find(self, name: str) -> NightTask | None:
        """The task that somebody means: its number, its id, its id without the wave, or an ending that only it has."""
        wanted = name.strip().casefold().removeprefix("#")
        if wanted.isdigit():
            return next((task for task in self.tasks if task.number == int(wanted)), None)
        exact = [task for task in self.tasks if task.id.casefold() in {wanted, f"{self.label}/{wanted}".casefold()}]
        ending = [task for task in self.tasks if task.id.casefold().endswith(f"/{wanted}")]
        found = exact or ending
        return found[0] if len(found) == 1 else None


@dataclass(frozen=True, slots=True)
class ScheduledTask:
    """When a task is done, and on which seats of its team (from 1).

    `slack` are minutes that it may end later without moving the end of the night or a task that is fixed to its hour;
    it is critical without any. `behind` are tasks right before it on a seat, a link or a place that it takes.
    """

    task: NightTask
    start: dt.datetime
    end: dt.datetime
    slack: int
    critical: bool
    seats: tuple[int, ...] = ()
    behind: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class UndoSpan:
    """When a task is undone in a rollback, or one of the rollback's own tasks is done."""

    task: str
    start: dt.datetime
    end: dt.datetime


@dataclass(frozen=True, eq=False)
class ScheduledNight:
    """A night with its times, in order of start.

    `value` and `bound` are minutes from the start of the window to the end of the last task: what this schedule needs,
    and what none can do without; `proven` when they are the same. `no_return` is the last moment at which all that is
    has begun by then can still be undone before the window ends, None when not even the start allows it; `fits` whether
    every task ends within its window. `missed` are tasks that start later than the hour to which they are fixed.
    `no_returns` are the moments of no return by the end of a window, where lots keep their own hours; `no_return` is
    the first of them. `rollbacks` say of each such moment how a rollback that begins then ends within the window.
    """

    night: Night
    tasks: tuple[ScheduledTask, ...]
    value: int
    bound: int
    no_return: dt.datetime | None
    missed: tuple[str, ...] = ()
    no_returns: Mapping[dt.datetime, dt.datetime | None] = field(default_factory=dict)
    rollbacks: Mapping[dt.datetime, tuple[UndoSpan, ...]] = field(default_factory=dict)

    @property
    def proven(self) -> bool:
        """Whether no schedule ends earlier."""
        return self.value == self.bound

    @property
    def fits(self) -> bool:
        """Whether every task ends before its window does."""
        return all(each.end.timestamp() <= each.task.window_end.timestamp() for each in self.tasks)

    @cached_property
    def by_id(self) -> Mapping[str, ScheduledTask]:
        """Scheduled tasks by the ids of their tasks."""
        return {each.task.id: each for each in self.tasks}

    @property
    def end(self) -> dt.datetime:
        """When the last task ends; the start of a night without tasks."""
        return max((each.end for each in self.tasks), default=self.night.start, key=dt.datetime.timestamp)

    @property
    def critical_path(self) -> tuple[ScheduledTask, ...]:
        """Tasks whose delay is the night's."""
        return tuple(each for each in self.tasks if each.critical)
