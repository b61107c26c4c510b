"""The planning problem: integers and sorted tuples only, ready for any engine.

A *position* is a possible wave: one stream in one slot. Lots, positions, pools and elements are indices. Every amount
is scaled to integers, family by family, without rounding; limits are rounded down, which loses nothing because what
they limit is whole.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType
from typing import ClassVar

Assignment = Mapping[int, int]  # lot → position
Amounts = Mapping[int, int]  # lot → amount; lots with 0 are left out
Clashes = Mapping[int, tuple[int, ...]]  # position of the first → positions that will not do although late enough
NO_CLASHES: Clashes = MappingProxyType({})


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
class WaveLimit:
    """Σ of the amounts in one wave ≤ limit; with a stage, only for waves of that cadence stage."""

    code: str
    name: str
    stream: int
    stage: int | None
    amounts: Amounts
    limit: int
    scale: int = 1  # what amounts and limit were multiplied by


@dataclass(frozen=True, slots=True)
class UnionLimit:
    """Σ of the weights of all elements that the lots of one wave touch, each once ≤ limit."""

    code: str
    name: str
    stream: int
    stage: int | None
    elements: Mapping[int, tuple[int, ...]]  # lot → elements
    weights: tuple[int, ...]  # by element
    limit: int


@dataclass(frozen=True, slots=True)
class SlotUnion:
    """The same over all waves of one slot, whatever their streams: Σ of weights touched in its positions ≤ limit."""

    code: str
    name: str
    slots: tuple[tuple[int, ...], ...]  # for each slot that it limits: its positions
    elements: Mapping[int, tuple[int, ...]]  # lot → elements
    weights: tuple[int, ...]  # by element
    limit: int


@dataclass(frozen=True, slots=True)
class Pool:
    """An amount that lots bring to the position they are in: a team's effort, GB on a link, disk on a target.

    The pool of a prelude has no lots: its units are brought once, to the day of the prelude's first lot. What is
    `leaving` counts until the lot has started.
    """

    name: str
    amounts: Amounts
    prelude: int | None = None
    units: int = 0
    leaving: bool = False

    @property
    def most(self) -> int:
        """All that can be brought to one position."""
        return sum(self.amounts.values()) + self.units


@dataclass(frozen=True, slots=True)
class Budget:
    """Σ coefficient × pool at position ≤ limit; with `when`, only if some wave stands in one of those positions.

    The limit is above the `offer` where what is done has taken more than is offered by now.
    """

    code: str
    name: str
    terms: tuple[tuple[int, int, int], ...]  # pool, position, coefficient
    limit: int
    when: tuple[int, ...] | None = None
    scale: int = 1  # what use, limit and offer were multiplied by
    stated_offer: int | None = None
    section: str = "teams"  # where what limits it is given, for people

    @property
    def offer(self) -> int:
        """What there is: use ÷ offer is the load."""
        return self.limit if self.stated_offer is None else self.stated_offer


@dataclass(frozen=True, slots=True)
class WindowFit:
    """Room in one position's window: Σ coefficient × pool (one link) + the longest of each kind of work ≤ room.

    `work` scales the longest cutover, test and rollback (in the units of `Work`). It holds if the link is used there:
    by a lot of `users`; without a link, `transport` counts in the link's stead. Where a link's speed goes by hours
    there are several for one position: each speaks of a wave whose longest work comes to so much, from `least_work`
    to `most_work` in the units of `Work`.
    """

    codes: ClassVar = ("WP328",)
    position: int
    zone_lots: frozenset[int] | None  # the constraint concerns the wave only if one of these lots is in it; None: any
    users: frozenset[int]  # lots that put data on this link
    terms: tuple[tuple[int, int, int], ...]
    work: int
    room: int
    least_work: int = 0
    most_work: int | None = None

    @property
    def always(self) -> bool:
        """Whether it speaks of every wave, whatever its longest work."""
        return self.least_work == 0 and self.most_work is None

    def concerns(self, work: int) -> bool:
        """Whether it speaks of a wave of that longest work."""
        return self.least_work <= work and (self.most_work is None or work <= self.most_work)


@dataclass(frozen=True, slots=True)
class DowntimeLimit:
    """If the lot is in the position and the link is used by its wave: Σ coefficient × pool ≤ limit."""

    codes: ClassVar = ("WP329",)
    lot: int
    position: int
    users: frozenset[int]
    terms: tuple[tuple[int, int, int], ...]
    limit: int


@dataclass(frozen=True, slots=True)
class WindowWork:
    """Longest hours in the window, in common units: by kind, lot → units (transport counts where no link does)."""

    codes: ClassVar = ("WP328",)
    cutover: Amounts
    test: Amounts
    rollback: Amounts
    transport: Amounts
    hours: tuple[int, ...]  # by position: length of the window in the same units


@dataclass(frozen=True, slots=True)
class Precedence:
    """The second lot stands at level `earliest[position of the first]` or higher, and where it does not clash.

    Levels are days, or places in the order of all moments at which windows start: an order's two tables speak of one
    scale. Each lot has its own levels, as each may keep its own hours. What limits a gap from above runs against the
    order, so that there may be circles of those that do not lead.
    """

    code: str
    first: int
    second: int
    earliest: Mapping[int, int]  # position of the first → level
    levels: Mapping[int, int]  # position of the second → level
    clashes: Clashes = field(default_factory=lambda: NO_CLASHES)
    name: str = ""
    leads: bool = True  # the first is placed first; not so where levels only limit how far apart the two may be

    def allows(self, first: int, second: int) -> bool:
        """Whether it holds with its two lots in two positions."""
        return self.levels[second] >= self.earliest[first] and second not in self.clashes.get(first, ())


@dataclass(frozen=True, slots=True)
class GroupOrder:
    """Every second lot stands at level `firsts[first][its position]` or higher, for every first lot."""

    code: str
    name: str
    firsts: Mapping[int, Mapping[int, int]]  # lot → position → level
    seconds: Mapping[int, Mapping[int, int]]  # lot → position → level
    leads: bool = True  # as for a precedence


@dataclass(frozen=True, slots=True)
class Prelude:
    """What goes before the first cutover of some lots, on days that follow from that one's: knowledge transfer.

    The first of the lots cuts over on one of `days`. What the prelude takes of people is in pools of its own, whose
    budgets name a day by `PlanningProblem.day_positions`.
    """

    codes: ClassVar = ("WP325", "WP347", "WP348")
    name: str
    lots: tuple[int, ...]
    days: frozenset[int]


@dataclass(frozen=True, slots=True)
class Apart:
    """Two lots that are never in one wave."""

    code: str
    first: int
    second: int
    name: str


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage of cadence: for `waves` waves (None: all that follow), each so many days after the one before."""

    waves: int | None
    min_gap_days: int
    max_waves_per_week: int | None


@dataclass(frozen=True, slots=True)
class GateDay:
    """A day on which a gate may fall, with calendars of `StreamRules.gate_groups`.

    `off` have it off; `barred` are those that keep the gate from falling on it (None: it never does).
    """

    off: frozenset[int]
    barred: frozenset[int] | None


@dataclass(frozen=True)
class GateRule:
    """A gate that falls on the last of its days that none of the wave's calendars bars, working days counted first.

    `days` go back from the base, one by one: the gate falls on the first of them for which, itself included, `needed`
    days or more are off for none of the wave's calendars. If it falls on none of them, it falls before the programme.
    """

    base: int
    days: tuple[GateDay, ...]
    needed: int = 0

    @cached_property
    def surely(self) -> int | None:
        """The day on or after which it falls, whatever calendars there are; None when it might be before all days."""
        left = self.needed
        for back, day in enumerate(self.days):
            left -= not day.off
            if left <= 0 and day.barred is not None and not day.barred:
                return self.base - back
        return None


@dataclass(frozen=True, slots=True)
class StreamRules:
    """What governs the sequence of one stream's waves."""

    name: str
    positions: tuple[int, ...]  # in order
    stages: tuple[Stage, ...]
    max_waves_at_once: int | None
    before_next_gate: bool
    earliest_wave: Amounts  # lot → ordinal, only above 1
    gate_groups: Mapping[int, tuple[int, ...]]  # lot → groups of calendars
    deciding_gates: Mapping[int, tuple[GateRule, ...]] = field(default_factory=dict)  # by position
    gates: Mapping[int, tuple[GateRule, ...]] = field(
        default_factory=dict
    )  # position → gates that could fall too early
    done: frozenset[int] = frozenset()  # positions of waves that are done: no rule of sequence holds between them

    def both_done(self, one: int, other: int) -> bool:
        """Whether the waves of two positions are done."""
        return one in self.done and other in self.done

    @property
    def codes(self) -> Iterator[str]:
        """Codes of the rules among these."""
        asked: dict[str, object] = {
            "WP316": any(stage.min_gap_days for stage in self.stages),
            "WP317": any(stage.max_waves_per_week is not None for stage in self.stages),
            "WP323": self.earliest_wave,
            "WP331": self.max_waves_at_once is not None,
            "WP332": self.before_next_gate,
            "WP333": self.gates,
        }
        return (code for code, given in asked.items() if given)


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
    work: WindowWork = WindowWork({}, {}, {}, {}, ())
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
