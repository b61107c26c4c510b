"""Days that two lots are apart in any plan: by their windows, their order, and because they don't fit into one wave."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from waveplan.engine.problem import PlanningProblem
from waveplan.engine.problem.orders import Precedence
from waveplan.engine.proofs.bounds.spreading.places import Allowed, Places
from waveplan.engine.proofs.bounds.spreading.rooms import Room

Ints = NDArray[np.int64]
Pair = tuple[int, int]  # lots, the lower first


class Distances:
    """Fewest days between lots."""

    def __init__(
        self,
        problem: PlanningProblem,
        allowed: Allowed,
        places: Sequence[Places],
        rooms: Sequence[Room],
    ) -> None:
        self._problem = problem
        self._allowed = allowed
        self._rooms = rooms
        self._day = np.array([place.day for place in problem.positions], np.int64)
        windows = sorted({tuple(positions) for positions in allowed})
        kinds = {window: kind for kind, window in enumerate(windows)}
        self._kind = [kinds[tuple(positions)] for positions in allowed]
        self._days_of = [np.unique(self._day[list(window)]) for window in windows]
        self._nearest_of: dict[Pair, int] = {}
        self._in_order_of: dict[tuple[int, ...], int] = {}
        self._next_wave = [int(found.spans[1]) if len(found.spans) > 1 else 0 for found in places]
        self._orders: dict[Pair, list[Precedence]] = defaultdict(list)
        for order in problem.precedences:
            self._orders[_pair(order.first, order.second)].append(order)
        self._aparts = {_pair(apart.first, apart.second) for apart in problem.aparts}

    def known(self, ties: Iterable[Pair]) -> dict[Pair, int]:
        """All pairs of which something is known, of ties and of rules about two lots, with their days."""
        pairs = sorted({*ties, *self._orders, *self._aparts})
        found = {pair: self._least(*pair) for pair in pairs if pair[0] != pair[1]}
        return {pair: days for pair, days in found.items() if days > 0}

    def most(self, one: int, other: int) -> int:
        """The most days that two lots can be apart."""
        first, second = self._days(one), self._days(other)
        return int(max(first[-1] - second[0], second[-1] - first[0]))

    def window(self, lot: int) -> tuple[int, int]:
        """First and last day a lot can be on."""
        days = self._days(lot)
        return int(days[0]), int(days[-1])

    def step(self, lots: Iterable[int]) -> int:
        """What all differences between days of these lots are multiples of."""
        days = np.concatenate([self._days_of[kind] for kind in sorted({self._kind[lot] for lot in lots})])
        return int(np.gcd.reduce(days - days[0]))

    def _least(self, one: int, other: int) -> int:
        least = self._windows_apart(*_pair(self._kind[one], self._kind[other]))
        stream = self._problem.lot_stream[one]
        if stream == self._problem.lot_stream[other] and self._never_together(one, other):
            least = max(least, self._next_wave[stream])
        for order in self._orders.get((one, other), ()):
            kinds = (self._kind[order.first], self._kind[order.second])
            key = (*kinds, id(order.earliest), id(order.levels), id(order.clashes))
            if key not in self._in_order_of:
                self._in_order_of[key] = self._in_order(order)
            least = max(least, self._in_order_of[key])
        return least

    def _days(self, lot: int) -> Ints:
        return self._days_of[self._kind[lot]]

    def _windows_apart(self, one: int, other: int) -> int:
        if (one, other) not in self._nearest_of:
            self._nearest_of[one, other] = _nearest(self._days_of[one], self._days_of[other])
        return self._nearest_of[one, other]

    def _never_together(self, one: int, other: int) -> bool:
        if (one, other) in self._aparts:
            return True
        return any(int(room.sizes[one] + room.sizes[other]) > room.limit for room in self._rooms)

    def _in_order(self, order: Precedence) -> int:
        """The second lot stands at a level or higher: the nearest day of those, from each position of the first.

        What clashes is on the same day: only where nothing parts them else is it looked at.
        """
        seconds = np.array(sorted(self._allowed[order.second], key=lambda p: order.levels[p]), np.int64)
        days, levels = self._day[seconds], np.array([order.levels[p] for p in seconds.tolist()], np.int64)
        if not bool((np.diff(days) >= 0).all()):
            return 0
        firsts = np.array(self._allowed[order.first], np.int64)
        earliest = np.array([order.earliest[position] for position in firsts.tolist()], np.int64)
        starts = np.searchsorted(levels, earliest)
        own, starts = self._day[firsts[starts < len(days)]], starts[starts < len(days)]
        if not len(own):
            return 0
        after = np.maximum(starts, np.searchsorted(days, own))
        before = np.maximum(starts, after - 1)
        gaps = np.minimum(np.abs(days[np.minimum(after, len(days) - 1)] - own), np.abs(days[before] - own))
        reached = firsts[np.searchsorted(levels, earliest) < len(days)]
        close = [position for position, gap in zip(reached.tolist(), gaps.tolist(), strict=True) if gap == 0]
        nearest = [self._without_clashes(order, position) for position in close if order.clashes.get(position)]
        parted = gaps[gaps > 0].tolist()
        return min(parted + nearest, default=0) if len(nearest) == len(close) else 0

    def _without_clashes(self, order: Precedence, first: int) -> int:
        """Days from a position of the first to the nearest of the second's that the order allows."""
        days = self._day[[q for q in self._allowed[order.second] if order.allows(first, q)] or [first]]
        return int(np.abs(days - self._day[first]).min())


def _nearest(one: Ints, other: Ints) -> int:
    """Least difference between two sorted rows of days."""
    place = np.searchsorted(one, other)
    after = np.abs(one[np.minimum(place, len(one) - 1)] - other)
    before = np.abs(one[np.maximum(place - 1, 0)] - other)
    return int(min(after.min(), before.min()))


def _pair(one: int, other: int) -> Pair:
    return (one, other) if one < other else (other, one)
