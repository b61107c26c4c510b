"""Orders of a planning problem: what comes before what, and how far apart."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import ClassVar

Clashes = Mapping[int, tuple[int, ...]]  # position of the first → positions that will not do although late enough
NO_CLASHES: Clashes = MappingProxyType({})


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
