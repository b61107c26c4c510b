"""The planning problem: integers and sorted tuples only, ready for any engine.

A *position* is a possible wave: one stream in one slot. Lots, positions, pools and elements are indices. Every amount
is scaled to integers, family by family, without rounding; limits are rounded down, which loses nothing because what
they limit is whole.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from waveplan.engine.problem.limits import (
    NO_WORK,
    Budget,
    DowntimeLimit,
    Pool,
    SlotUnion,
    UnionLimit,
    WaveLimit,
    WindowFit,
    WindowWork,
)
from waveplan.engine.problem.orders import Apart, GroupOrder, Precedence, Prelude
from waveplan.engine.problem.rhythm import StreamRules

Assignment = Mapping[int, int]  # lot → position


@dataclass(frozen=True, slots=True)
class Position:
    """A possible wave. `rank` orders window starts (equal starts share it); `day` counts from the programme's start."""

    index: int
    stream: int
    slot: int
    rank: int
    day: int
    week: int  # day of the ISO week's Monday


@dataclass(frozen=True, slots=True)
class WeightedTie:
    """A soft dependency between two lots, weight in `PlanningProblem.weight_scale`-ths."""

    first: int
    second: int
    weight: int


Coded = WaveLimit | UnionLimit | SlotUnion | Budget | Precedence | Apart | GroupOrder
Kind = WindowFit | DowntimeLimit | Prelude | StreamRules | WindowWork  # each stands for the same rules always


@dataclass(frozen=True)
class PlanningProblem:
    """Everything an engine needs to know."""

    lots: tuple[str, ...]
    positions: tuple[Position, ...]
    streams: tuple[StreamRules, ...]
    lot_stream: tuple[int, ...]
    allowed: tuple[tuple[int, ...], ...]  # by lot: positions that no rule about it alone forbids
    pools: tuple[Pool, ...]
    wave_limits: tuple[WaveLimit, ...]
    union_limits: tuple[UnionLimit, ...]
    budgets: tuple[Budget, ...]
    precedences: tuple[Precedence, ...]
    aparts: tuple[Apart, ...]
    peaks: tuple[int, ...]  # budgets that are team weeks: the highest used ÷ limit is the peak load
    group_orders: tuple[GroupOrder, ...] = ()
    preludes: tuple[Prelude, ...] = ()
    slot_unions: tuple[SlotUnion, ...] = ()
    done: Mapping[int, int] = field(default_factory=dict)  # lot that has cut over → position; nothing asks for it
    # what only a search looks at; an outline leaves it out
    hypercare: tuple[Mapping[int, tuple[int, int]], ...] = ()  # by lot: position → first and last hypercare day
    work: WindowWork = NO_WORK
    window_fits: tuple[WindowFit, ...] = ()
    downtimes: Sequence[DowntimeLimit] = ()
    ties: tuple[WeightedTie, ...] = ()
    weight_scale: int = 1
    points: tuple[int, ...] = ()  # criticality points by lot
    baseline_day: Mapping[int, int] = field(default_factory=dict)  # lot → day in the baseline plan

    @cached_property
    def day_positions(self) -> Mapping[int, int]:
        """For each day with slots the lowest position of it, which stands for the day."""
        found: dict[int, int] = {}
        for place in self.positions:
            found.setdefault(place.day, place.index)
        return found

    @property
    def codes(self) -> frozenset[str]:
        """Codes of the findings that the check gives when what is stated here is not kept."""
        ruled: list[Sequence[Coded]] = [self.wave_limits, self.union_limits, self.slot_unions, self.budgets]
        ruled += [self.precedences, self.aparts, self.group_orders]
        kinds: list[Sequence[Kind]] = [self.window_fits, self.downtimes, self.preludes, self.streams, (self.work,)]
        codes = [each.code for part in ruled for each in part]
        return frozenset((*codes, *(code for part in kinds for each in part for code in each.codes)))

    @cached_property
    def days(self) -> Mapping[int, int]:
        """Day by position."""
        return {place.index: place.day for place in self.positions}
