"""Where a night stands at a moment: what is done, runs, is late, is held; when it will end; what to decide."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from waveplan.domain.findings import Phrase
from waveplan.domain.night_log import NightLog, TaskRun
from waveplan.domain.nights import NightTask, ScheduledNight, ScheduledTask
from waveplan.domain.on_duty import OnTask, people_of
from waveplan.domain.roster import WaveRoster

NightVerdict = Literal["go_on", "decide_now", "roll_back", "over"]
OutlookState = Literal["done", "skipped", "running", "overdue", "failed", "held", "next", "late", "waiting", "undone"]


@dataclass(frozen=True, slots=True)
class TaskOutlook:
    """One task: how it was planned, what became of it, when it is expected.

    `overdue` runs longer than planned, `late` could begin and should have; `next` could begin, `waiting` waits, `held`
    waits for what has failed (`held_by`). `start` and `end` are as they were, else as they are expected; None for what
    is held. `seats` are those of its team that it is expected to take.
    """

    planned: ScheduledTask
    run: TaskRun
    state: OutlookState
    start: dt.datetime | None
    end: dt.datetime | None
    held_by: tuple[str, ...] = ()
    seats: tuple[int, ...] = ()

    @property
    def task(self) -> NightTask:
        """The task itself."""
        return self.planned.task

    @property
    def minutes_late(self) -> int | None:
        """By how much it ended, or is expected to end, later than planned; less than 0 for earlier."""
        return None if self.end is None else _minutes(self.planned.end, self.end)

    @property
    def minutes_taken(self) -> int | None:
        """How long it took, where both ends are known."""
        if self.run.state != "done" or self.run.started is None or self.run.ended is None:
            return None
        return _minutes(self.run.started, self.run.ended)


@dataclass(frozen=True, slots=True)
class UndoOutlook:
    """A task that a rollback undoes, in its order, and whether that is done."""

    task: NightTask
    undone: bool


@dataclass(frozen=True, eq=False)
class NightStanding:
    """A night, or a rehearsal (`run`), as it stands `now`.

    `end` is when the last task is expected to end, None while something is held. `no_return` is until when a rollback
    can still be done within the windows, None where none can; `rollback_end` when one that is decided now, or that
    was, is over.
    """

    night: ScheduledNight
    log: NightLog
    run: str | None
    now: dt.datetime
    tasks: tuple[TaskOutlook, ...]
    end: dt.datetime | None
    no_return: dt.datetime | None
    rollback_end: dt.datetime
    verdict: NightVerdict
    reason: Phrase
    undoing: tuple[UndoOutlook, ...] = ()

    @property
    def is_rolling_back(self) -> bool:
        """Whether somebody has decided to roll back."""
        return self.log.decision is not None and self.log.decision.rolls_back


@dataclass(frozen=True, slots=True)
class NightShown:
    """What of a night is shown: one team's tasks only, if `team` is given; names, if there is a roster."""

    standing: NightStanding
    programme: str
    team: str | None = None
    roster: WaveRoster | None = None

    def people_of(self, outlook: TaskOutlook) -> tuple[OnTask, ...]:
        """Who does a task, or is expected to; nobody by name without a roster."""
        if self.roster is None or outlook.start is None:
            return ()
        return people_of(self.roster, outlook.task, outlook.seats or outlook.planned.seats, outlook.start)


def _minutes(start: dt.datetime, end: dt.datetime) -> int:
    return round((end.timestamp() - start.timestamp()) / 60)
