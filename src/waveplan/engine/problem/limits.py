"""Limits of a planning problem: what waves, windows and budgets hold at most."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

Amounts = Mapping[int, int]  # lot → amount; lots with 0 are left out


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


NO_WORK = WindowWork({}, {}, {}, {}, ())
