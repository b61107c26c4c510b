"""The longest ways, in days, that orders lead from lot to lot."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import pairwise

from waveplan.certificates.days_apart import days_between
from waveplan.certificates.supposing import Levels, Supposed

_MOST_PAIRS = 60_000  # of all group orders: with more only the others are followed


class OrderChains:
    """Orders as ways of some days; empty where lots wait for each other in a circle."""

    def __init__(self, supposed: Supposed) -> None:
        self._supposed = supposed
        self._known: dict[tuple[object, ...], int] = {}
        self._after: dict[int, dict[int, int]] = defaultdict(dict)
        for one, other in self._pairs():
            days = self._days(one, other)
            self._after[one[0]][other[0]] = max(days, self._after[one[0]].get(other[0], 0))
        self._order = self._sorted()

    def longest(self, start: int) -> Mapping[int, tuple[int, ...]]:
        """By lot that comes after a lot by some days: the chain that tells it, the start first."""
        far, before = {start: 0}, dict[int, int]()
        for lot in self._order:
            if lot in far:
                for other, days in self._after[lot].items():
                    if far[lot] + days > far.get(other, -1):
                        far[other], before[other] = far[lot] + days, lot
        return {lot: self._chain(lot, before) for lot, days in far.items() if days}

    def days(self, chain: tuple[int, ...]) -> int:
        """Days along a chain."""
        return sum(self._after[one][other] for one, other in pairwise(chain))

    def _chain(self, lot: int, before: Mapping[int, int]) -> tuple[int, ...]:
        found = [lot]
        while found[-1] in before:
            found.append(before[found[-1]])
        return tuple(reversed(found))

    def _pairs(self) -> Iterator[tuple[tuple[int, Levels], tuple[int, Levels]]]:
        problem = self._supposed.problem
        for order in problem.precedences:
            if order.leads:
                yield (order.first, order.earliest), (order.second, order.levels)
        groups = [group for group in problem.group_orders if group.leads]
        if sum(len(group.firsts) * len(group.seconds) for group in groups) <= _MOST_PAIRS:
            for group in groups:
                yield from ((one, other) for one in group.firsts.items() for other in group.seconds.items())

    def _days(self, one: tuple[int, Levels], other: tuple[int, Levels]) -> int:
        allowed = self._supposed.allowed
        key = (id(one[1]), id(other[1]), tuple(allowed[one[0]]), tuple(allowed[other[0]]))
        if key not in self._known:
            self._known[key] = days_between(self._supposed, one, other)
        return self._known[key]

    def _sorted(self) -> list[int]:
        """Lots, each before what comes after it; none when there is a circle."""
        waits: dict[int, int] = defaultdict(int)
        for following in self._after.values():
            for lot in following:
                waits[lot] += 1
        ready = sorted(lot for lot in self._after if not waits[lot])
        order = []
        while ready:
            lot = ready.pop()
            order.append(lot)
            for other in sorted(self._after.get(lot, ())):
                waits[other] -= 1
                if not waits[other]:
                    ready.append(other)
        return [] if any(waits.values()) else order
