"""What a simulation says: chances and days with the intervals in which they surely lie."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal


@dataclass(frozen=True, slots=True)
class Estimate:
    """A number, and between what it lies (99 %, from the spread of repeats)."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class DayEstimate:
    """A day, and between which days it lies (99 %); None is never."""

    day: dt.date | None
    low: dt.date | None
    high: dt.date | None


@dataclass(frozen=True, slots=True)
class SimulatedDate:
    """A date of the plan in all histories. `limit` is the last day on which it is in time; `mean` is over what ends."""

    id: str
    kind: str
    subject: str
    planned: dt.date
    limit: dt.date | None
    as_planned: Estimate  # chance that it is on the planned day or before
    in_time: Estimate | None  # chance that it is on its limit or before
    quantiles: Mapping[int, DayEstimate]  # by percentage
    mean_days: Estimate  # days after the planned one
    never: float  # share of runs in which it does not come
    curve: tuple[tuple[dt.date, float], ...]  # day → share of runs by then


@dataclass(frozen=True, slots=True)
class SimulatedWave:
    """A wave in all histories: days between which it cuts over, and how often it drives the end."""

    id: str
    planned: dt.date
    p10: dt.date | None
    p50: dt.date | None
    p90: dt.date | None
    criticality: float  # share of runs in which it ends last, or has pushed what ends last
    no_goes: float  # a run
    rollbacks: float


@dataclass(frozen=True, slots=True)
class RiskShare:
    """What one risk costs: days by which the P80 and the mean would fall without it, and the waves that carry it."""

    id: str
    what: str  # gates, cutovers, effort, work, event, milestone
    p80_days: int
    mean_days: float
    waves: tuple[str, ...]
    number: int = 0  # of its entry, from 0


MeasureVerdict = Literal["proposed", "dearer", "nothing"]


@dataclass(frozen=True, slots=True)
class CounterMeasure:
    """Something that can be done, played with the same random numbers; `person_days` is what it costs in work.

    It is proposed when nothing cheaper wins as much; one that wins nothing wins no more than luck may explain.
    """

    kind: str  # slot, start, person, rehearsal, rehearsals
    subject: str
    person_days: float
    p80_days: int  # days won at the P80 of the finish
    mean_days: float
    in_time: float  # chance that all hard dates are kept then
    gains: Mapping[str, float] = field(default_factory=dict)  # by hard date: how much likelier it is kept
    verdict: MeasureVerdict = "nothing"
    waves: tuple[str, ...] = ()  # that it is about


@dataclass(frozen=True, slots=True)
class OverloadedWeek:
    """A week in which a team had more to do than it offered."""

    team: str
    monday: dt.date
    chance: float
    lacking: float  # person-days, on average over the runs in which it was


@dataclass(frozen=True, slots=True)
class LearntRate:
    """A rate before and after what has happened: a Beta distribution of so many tries, updated by counts."""

    what: str  # gates, cutovers, on_time, effort, work
    subject: str
    before: float
    weight: float
    tries: float
    hits: float
    after: float


@dataclass(frozen=True, slots=True)
class Repairs:
    """What replanning at each slip came to: replannings of a run, and shares of runs."""

    replans: Estimate
    short_notice: Estimate  # a plan was found only where notices are given again, later than they should be
    no_plan: Estimate  # from some day on no plan kept all last dates any more
    unproven: Estimate  # of these: none was found, and that there is none is not proven
    never: Estimate  # nothing was left for some wave within a year of the deadline
    pushed: Estimate  # all last dates kept in the same runs where what slips takes the next slot


@dataclass(frozen=True)
class Simulation:
    """All that a simulation says."""

    runs: int
    asked: int
    repeats: int
    seed: int
    sampling: str
    policy: str
    interrupted: bool
    dates: tuple[SimulatedDate, ...]
    waves: tuple[SimulatedWave, ...]
    all_in_time: Estimate
    no_goes: Estimate
    rollbacks: Estimate
    causes: Mapping[str, float]  # why, how often a run
    overloaded: tuple[OverloadedWeek, ...] = ()
    tornado: tuple[RiskShare, ...] = ()
    measures: tuple[CounterMeasure, ...] = ()
    learnt: tuple[LearntRate, ...] = ()
    repairs: Repairs | None = None  # where each slip was replanned
    assumed: bool = False
    compared_runs: int = 0  # runs with which risks and measures are compared
    compared_in_time: float = 1.0  # of these: all hard dates are kept as things stand
    notes: tuple[str, ...] = field(default_factory=tuple)
