"""The runbook of one wave: what is done before, in and after its window, who is told what, who watches."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from waveplan.domain.nights import NO_RACI, NightRaci, NightTask, ScheduledNight, ScheduledTask, SpokenWords
from waveplan.domain.on_duty import OnTask, people_of
from waveplan.domain.roster import WaveRoster
from waveplan.domain.runbooks import TaskKind, TaskPhase, TaskScope


@dataclass(frozen=True, slots=True)
class DatedTask:
    """A task before or after the window: on one day, or from one day to another."""

    id: str
    template: str
    kind: TaskKind
    phase: TaskPhase
    scope: TaskScope
    name: SpokenWords = field(hash=False)
    first: dt.date
    last: dt.date
    owner: str
    lot: str | None = None
    item: str | None = None
    server: str | None = None
    evidence: SpokenWords = field(default_factory=dict, hash=False)
    criteria: tuple[SpokenWords, ...] = field(default=(), hash=False)
    raci: NightRaci = NO_RACI


@dataclass(frozen=True, slots=True)
class RunbookItem:
    """An item of the wave: what people ask about it at three in the morning. Hours; None: not told."""

    id: str
    name: str | None
    lot: str
    strategy: str
    criticality: str
    business_owner: str | None
    technical_owner: str | None
    rto_hours: Decimal | None
    rpo_hours: Decimal | None
    max_downtime_hours: Decimal | None


@dataclass(frozen=True, slots=True)
class RotaSpan:
    """So many people of a team on call from one moment to another, for some lots."""

    team: str
    people: int
    start: dt.datetime
    end: dt.datetime
    lots: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PlannedMessage:
    """What somebody is told, and when: at a moment of the night, or on a day; a rollback's has no time."""

    task: str
    owner: str
    to: tuple[str, ...]
    subject: SpokenWords = field(hash=False)
    text: SpokenWords = field(hash=False)
    told_at: dt.datetime | None = None
    day: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Handover:
    """Work that passes from one to another: when the first task ends, and whoever takes over."""

    passed_at: dt.datetime
    done: str
    next: str
    giver: str
    taker: str


@dataclass(frozen=True, eq=False)
class WaveRunbook:
    """A whole runbook; of one lot when `lot` names it, with what the wave does for all.

    `undoing` are tasks in the order in which they are undone, from the end of the night on; `rollback_minutes` what
    that takes with the tasks around it. `roster` is who is on duty, where somebody gave names.
    """

    wave: str
    label: str
    date: dt.date
    lot: str | None
    before: tuple[DatedTask, ...]
    night: ScheduledNight
    after: tuple[DatedTask, ...]
    items: tuple[RunbookItem, ...]
    rota: tuple[RotaSpan, ...]
    messages: tuple[PlannedMessage, ...]
    handovers: tuple[Handover, ...]
    undoing: tuple[NightTask, ...]
    rollback_minutes: int
    names: Mapping[str, str] = field(default_factory=dict)  # what teams are called, by id
    roster: WaveRoster | None = None

    def people_of(self, each: ScheduledTask) -> tuple[OnTask, ...]:
        """Who does a task of the window; nobody by name without a roster."""
        return () if self.roster is None else people_of(self.roster, each.task, each.seats, each.start)
