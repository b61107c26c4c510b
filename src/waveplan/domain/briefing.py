"""What a meeting is told about a programme on a day: plain data."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

from waveplan.domain.differences import PlanDifference
from waveplan.domain.figures import Money
from waveplan.domain.status import Status

ActionKind = Literal["decide", "condition", "record", "plan_again", "incident", "evidence", "purge", "promise"]
RiskKind = Literal["hard_date", "promise", "load"]


@dataclass(frozen=True, slots=True)
class Action:
    """Something that somebody has to do by a day. `owner` is None where it falls to whoever leads the programme.

    `subject` is a gate (with its `wave`), a condition, a wave, an incident, a milestone, or a site with servers to
    erase; `detail` says more of it.
    """

    kind: ActionKind
    due: dt.date
    owner: str | None
    subject: str
    wave: str | None = None
    detail: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Risk:
    """What may go wrong: a date with few `days` to spare, a promise that would move `count` lots, a load."""

    kind: RiskKind
    subject: str
    date: dt.date | None = None
    days: int | None = None
    amount: Decimal | None = None
    count: int | None = None


@dataclass(frozen=True, slots=True)
class StrandStanding:
    """The waves of one stream in one tranche: how many are done, and how many items of how many have cut over."""

    tranche: str | None
    stream: str
    waves: int
    done: int
    items: int
    items_done: int
    next: dt.date | None
    last: dt.date
    behind: int  # waves that are late, turned back or given up


@dataclass(frozen=True, slots=True)
class TeamAhead:
    """A team's load in the weeks ahead, as shares of what it offers; None without work or without a limit."""

    team: str
    shares: tuple[Decimal | None, ...]


@dataclass(frozen=True, slots=True)
class Briefing:
    """All of it. `weeks` are the Mondays of the weeks ahead; `difference` leads from an earlier plan to this one."""

    status: Status
    horizon: dt.date
    actions: tuple[Action, ...]
    risks: tuple[Risk, ...]
    strands: tuple[StrandStanding, ...]
    weeks: tuple[dt.date, ...]
    teams: tuple[TeamAhead, ...]
    costs: Mapping[str, Money] = field(default_factory=dict)
    currency: str | None = None
    person_days: Mapping[str, Decimal] = field(default_factory=dict)  # by organisation, as planned
    difference: PlanDifference | None = None
