"""Lots that no plan has in one wave: no position is allowed to both, they are kept apart, or orders come between them.

Where orders lead from one lot to another, through whatever lots, and somewhere on the way a window always starts later,
the two are in different windows.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from waveplan.engine.presolve.order_closure import closed
from waveplan.engine.problem import PlanningProblem

_MOST_LOTS = 6_000  # with more, what follows from orders takes too much memory: nothing is told by them then


class Meeting:
    """What is told of the lots of one problem. Of lots that have cut over nothing is, as no order is asked of them."""

    def __init__(self, problem: PlanningProblem) -> None:
        self._problem = problem
        self._ranks = [place.rank for place in problem.positions]
        self._known: dict[tuple[int, ...], bool | None] = {}
        self._apart = {(min(pair.first, pair.second), max(pair.first, pair.second)) for pair in problem.aparts}
        self._sets = {id(positions): frozenset(positions) for positions in problem.allowed}
        self._later: Sequence[int] = ()
        if len(problem.lots) <= _MOST_LOTS and (problem.precedences or problem.group_orders):
            self._later = closed(len(problem.lots) + len(problem.group_orders), self._orders()).strictly

    def is_ruled_out(self, one: int, other: int) -> bool:
        """Whether no plan has both in one wave."""
        if one == other or one in self._problem.done or other in self._problem.done:
            return False
        if (min(one, other), max(one, other)) in self._apart:
            return True
        if self._later and (self._later[one] >> other & 1 or self._later[other] >> one & 1):
            return True
        allowed = self._problem.allowed
        return self._sets[id(allowed[one])].isdisjoint(self._sets[id(allowed[other])])

    def _orders(self) -> list[tuple[int, int, bool]]:
        """First, second, whether always in a window that starts later; barriers of group orders come after the lots."""
        problem, found = self._problem, list[tuple[int, int, bool]]()
        for order in problem.precedences:
            first, second = problem.allowed[order.first], problem.allowed[order.second]
            key = (id(first), id(second), id(order.earliest), id(order.levels))
            if key not in self._known:
                lows, highs = (
                    {p: levels[p] for p in places}
                    for places, levels in ((first, order.earliest), (second, order.levels))
                )
                self._known[key] = self._starts_later(lows, highs)
            strict = self._known[key]
            if strict is not None:
                found.append((order.first, order.second, strict))
        for number, group in enumerate(problem.group_orders, len(problem.lots)):
            strict = self._starts_later(self._extremes(group.firsts, min), self._extremes(group.seconds, max))
            if strict is not None:
                found += [(first, number, False) for first in group.firsts]
                found += [(number, second, strict) for second in group.seconds]
        return found

    def _extremes(self, lots: Mapping[int, Mapping[int, int]], choose: Any) -> dict[int, int]:
        """By position: the lowest or highest level that it is for any of some lots."""
        found: dict[int, int] = {}
        for allowed, levels in _distinct((self._problem.allowed[lot], levels) for lot, levels in lots.items()):
            for position in allowed:
                level = levels[position]
                found[position] = choose(found.get(position, level), level)
        return found

    def _starts_later(self, asked: Mapping[int, int], reached: Mapping[int, int]) -> bool | None:
        """Whether what reaches the level that a position asks for always starts later; None: it may start earlier."""
        ordered = sorted((level, self._ranks[position]) for position, level in reached.items())
        soonest = [rank for _, rank in ordered]
        for place in range(len(soonest) - 2, -1, -1):
            soonest[place] = min(soonest[place], soonest[place + 1])
        strict = True
        for position, level in asked.items():
            place = bisect_left(ordered, (level,))
            if place < len(ordered) and soonest[place] <= self._ranks[position]:
                if soonest[place] < self._ranks[position]:
                    return None
                strict = False
        return strict


def _distinct(
    tables: Iterable[tuple[tuple[int, ...], Mapping[int, int]]],
) -> Iterable[tuple[tuple[int, ...], Mapping[int, int]]]:
    return {(id(allowed), id(levels)): (allowed, levels) for allowed, levels in tables}.values()
