"""What may go wrong with a plan, in integers: units that move together, what they wait for, and what is drawn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from waveplan.engine.problem import PlanningProblem
from waveplan.engine.simulation import layout as by

Efforts = Mapping[int, Sequence[tuple[int, int, int]]]  # team → dimension, spread, share of the unit's effort
Charges = Mapping[int, Sequence[tuple[int, int]]]  # place → row, amount


@dataclass(frozen=True, slots=True)
class RiskUnit:
    """A wave of the plan. Chances are of 2³², hours and person-days in millionths, spreads by number (-1: none)."""

    lots: tuple[int, ...]
    home: int
    gate_days: Mapping[int, int]  # place → day on which it is decided
    last_days: Mapping[int, int]  # place → last day of its window
    preparation: int
    begins_as: int = by.GATE
    held_until: int = by.LONG_AGO  # a decision has taken it from its place: on this day at the soonest
    no_chance: int = 0
    notice: int = 0
    back_chance: int = 0
    back_next: int = 0
    again: int = 0
    attempts: int = 0  # rollbacks so far
    work_spread: int = by.NOTHING
    work: int = 0
    rollback: int = 0
    transport: int = 0
    crossing: Mapping[int, int] = field(default_factory=dict)  # pair → hours alone
    follows: tuple[int, ...] = ()  # units that must come after it
    milestones: tuple[int, ...] = ()
    efforts: Efforts = field(default_factory=dict)
    charges: Charges = field(default_factory=dict)
    crews: Charges = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class TeamWeek:
    """What a team offers in a week, and what is taken of it whatever moves."""

    team: int
    monday: int
    offer: int
    base: int = 0


@dataclass(frozen=True, slots=True)
class CrewLimit:
    """How many people of a team there are on a day."""

    team: int
    limit: int
    day: int


@dataclass(frozen=True, slots=True)
class UncertainMilestone:
    """A promise: kept with a chance, else late by a spread of days after a day."""

    promised: int
    kept: int
    late_spread: int
    late_from: int


@dataclass(frozen=True, slots=True)
class RiskEffect:
    """What an event does; `hits` are the units that a closed place, a freeze or a longer preparation is about."""

    kind: int
    of: int = 0
    value: int = 0
    hits: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class UncertainEvent:
    """An event that strikes with a chance, on a day between two, for a spread of days."""

    chance: int
    first: int
    last: int
    lasts: int
    effects: tuple[RiskEffect, ...]


@dataclass(frozen=True)
class RiskProblem:
    """A plan on its problem, with all that may go wrong; `dimensions` is how many numbers the efforts use."""

    planning: PlanningProblem
    units: tuple[RiskUnit, ...]
    hours: tuple[int, ...]  # by place
    spreads: tuple[Sequence[int], ...]
    weeks: tuple[TeamWeek, ...] = ()
    offers: tuple[Sequence[int], ...] = ()  # by team: what it offers on each day
    crew_days: tuple[CrewLimit, ...] = ()
    pairs: int = 0
    near: Mapping[int, Sequence[int]] = field(default_factory=dict)  # place → places whose windows overlap its own
    milestones: tuple[UncertainMilestone, ...] = ()
    events: tuple[UncertainEvent, ...] = ()
    efforts: int = 0
    today: int = by.LONG_AGO

    @property
    def home(self) -> Mapping[int, int]:
        """Where every lot is planned."""
        return {lot: unit.home for unit in self.units for lot in unit.lots}

    @property
    def dimensions(self) -> int:
        """How many numbers a history uses before its later tries."""
        tries = by.TRIES * len(self.units) * 3
        return 3 * len(self.events) + len(self.milestones) + tries + self.efforts
