"""Where a programme stands on a day: plain data, for views and for other programs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from waveplan.domain.communication import HeldEntry

WaveState = Literal[
    "done", "partial", "rolled_back", "hypercare", "cutover", "unrecorded", "no_go", "preparation", "ahead"
]
GateState = Literal["open", "overdue", "conditional"]
LateKind = Literal[
    "wave_unrecorded",
    "to_plan_again",
    "gate_undecided",
    "milestone_slipped",
    "milestone_overdue",
    "acceptance_missing",
    "acceptance_half_met",
    "acceptance_refused",
    "incident_open",
    "communication_overdue",
    "survey_below",
]
Period = Literal["week", "month"]


@dataclass(frozen=True, slots=True)
class WaveStanding:
    """One wave: its planned day, what has become of it, and until when its hypercare lasts."""

    id: str
    label: str
    date: dt.date
    state: WaveState
    lots: int
    items: int
    rolled_back: tuple[str, ...]  # items
    preparation_start: dt.date | None = None
    hypercare_last_day: dt.date | None = None


@dataclass(frozen=True, slots=True)
class PlanStanding:
    """What has become of each wave and lot of a plan by a day."""

    as_of: dt.date
    waves: Mapping[str, WaveStanding]  # by id
    lots: Mapping[str, WaveState]  # by id; of those in a wave
    overdue: frozenset[str]  # waves with a gate that should have been decided by now
    foreign: tuple[str, ...]  # waves of records that the plan does not have


@dataclass(frozen=True, slots=True)
class GateStanding:
    """A gate that has still to be passed: `conditions` are open ones of a conditional go."""

    wave: str
    label: str
    gate: str
    date: dt.date
    decides: bool
    state: GateState
    committee: str | None
    criteria: tuple[str, ...]
    conditions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LateItem:
    """Something that is not as it should be by now; `due` is when it should have been, `expected` when it will be."""

    kind: LateKind
    subject: str
    due: dt.date | None = None
    expected: dt.date | None = None
    days: int | None = None
    reason: str | None = None
    items: int | None = None


@dataclass(frozen=True, slots=True)
class NextMilestone:
    """A milestone that lies ahead and ends in a record, with the day on which it is now expected."""

    id: str
    kind: str
    date: dt.date
    criteria: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BurnUpPoint:
    """How many have cut over by the end of a period: planned, and done where the period has begun."""

    start: dt.date
    planned: Mapping[str, int]
    done: Mapping[str, int] | None


@dataclass(frozen=True, slots=True)
class BurnUp:
    """How many servers, applications and services have cut over, by week or month; `totals` is all that will."""

    per: Period
    totals: Mapping[str, int]
    today: Mapping[str, int]
    planned_today: Mapping[str, int]
    points: tuple[BurnUpPoint, ...]


@dataclass(frozen=True, slots=True)
class CoexistenceToday:
    """Soft ties whose ends stand on different sides of the move, and their weight for each day that this lasts."""

    ties: int
    weight: Decimal
    planned_ties: int
    planned_weight: Decimal


@dataclass(frozen=True, slots=True)
class HardDateStanding:
    """A date that must be met: on which day the plan meets it, days to spare then, and days until it."""

    id: str
    date: dt.date
    reached: dt.date | None
    slack: int | None
    days_left: int


@dataclass(frozen=True, slots=True)
class EffortStanding:
    """Person-days of a team in the weeks for which some are recorded, beside what the plan has in them and in all."""

    team: str
    weeks: int
    spent: Decimal
    planned: Decimal
    planned_in_all: Decimal


@dataclass(frozen=True, slots=True)
class Status:
    """Where the programme stands on a day."""

    programme: str
    as_of: dt.date
    waves: tuple[WaveStanding, ...]
    gates: tuple[GateStanding, ...]
    milestones: tuple[NextMilestone, ...]
    late: tuple[LateItem, ...]
    burn_up: BurnUp
    coexistence: CoexistenceToday
    hard_dates: tuple[HardDateStanding, ...]
    effort: tuple[EffortStanding, ...]
    communication: tuple[HeldEntry, ...] = ()

    @property
    def whole(self) -> list[WaveStanding]:
        """Waves that have cut over with all of their items, in hypercare or after it."""
        return [wave for wave in self.in_state("done", "hypercare") if not wave.rolled_back]

    def in_state(self, *states: WaveState) -> list[WaveStanding]:
        """Waves of some states, in order."""
        return [wave for wave in self.waves if wave.state in states]
