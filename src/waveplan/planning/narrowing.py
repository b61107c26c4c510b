"""Where orders leave room: how early and how late each lot can start once all that waits and is waited for is followed.

Every plan keeps what is derived here, so positions outside are dropped before anything else looks at the problem: the
model gets smaller, constructions fail less, and an order that leaves a lot no place at all is told by name.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from waveplan.domain.findings import Finding
from waveplan.domain.problem import GroupOrder, PlanningProblem, Precedence
from waveplan.planning.problem_builder import Built

_MOST_STEPS = 200_000  # a chain may move on by one rank at a time; what is dropped by then is right too


@dataclass(frozen=True, slots=True)
class _Order:
    """Firsts, each with its table of ranks, and who waits for all of them."""

    name: str
    firsts: Mapping[int, Mapping[int, int]]
    seconds: tuple[int, ...]


class Narrowing:
    """Earliest and latest ranks by lot. `emptied` is a lot that nothing is left for, with the order that took it."""

    def __init__(self, problem: PlanningProblem) -> None:
        self._problem = problem
        self._rank = [place.rank for place in problem.positions]
        self._low = [min((self._rank[p] for p in allowed), default=0) for allowed in problem.allowed]
        self._high = [max((self._rank[p] for p in allowed), default=-1) for allowed in problem.allowed]
        self._orders = [
            *(_of_pair(order) for order in problem.precedences),
            *(_of_groups(order) for order in problem.group_orders),
        ]
        self._by_first: dict[int, list[int]] = defaultdict(list)
        self._by_second: dict[int, list[int]] = defaultdict(list)
        for number, order in enumerate(self._orders):
            for lot in order.firsts:
                self._by_first[lot].append(number)
            for lot in order.seconds:
                self._by_second[lot].append(number)
        self._known: dict[tuple[int, int, int, int], int] = {}
        self.emptied: tuple[int, str] | None = None
        self._follow()

    def _follow(self) -> None:
        waiting = deque(range(len(self._orders)))
        queued = set(waiting)
        for _ in range(_MOST_STEPS):
            if not waiting or self.emptied is not None:
                return
            number = waiting.popleft()
            queued.discard(number)
            for lot in self._apply(self._orders[number]):
                for other in (*self._by_first[lot], *self._by_second[lot]):
                    if other not in queued:
                        queued.add(other)
                        waiting.append(other)

    def _apply(self, order: _Order) -> Iterable[int]:
        """Lots whose room one order has made smaller."""
        least = max(self._soonest(lot, ranks) for lot, ranks in order.firsts.items())
        most = min(self._high[lot] for lot in order.seconds)
        changed = [lot for lot in order.seconds if self._raise(lot, least)]
        changed += [lot for lot, ranks in order.firsts.items() if self._lower(lot, ranks, most)]
        for lot in changed:
            if self._low[lot] > self._high[lot]:
                self.emptied = (lot, order.name)
        return changed

    def _soonest(self, lot: int, ranks: Mapping[int, int]) -> int:
        low, high, allowed = self._low[lot], self._high[lot], self._problem.allowed[lot]
        key = (id(ranks), id(allowed), low, high)  # lots alike share tables and positions
        if key not in self._known:
            self._known[key] = min((ranks[p] for p in allowed if low <= self._rank[p] <= high), default=0)
        return self._known[key]

    def _raise(self, lot: int, least: int) -> bool:
        if self._low[lot] >= least:
            return False
        later = (rank for p in self._problem.allowed[lot] if (rank := self._rank[p]) >= least)
        self._low[lot] = min(later, default=self._high[lot] + 1)
        return True

    def _lower(self, lot: int, ranks: Mapping[int, int], most: int) -> bool:
        low, high = self._low[lot], self._high[lot]
        if any(self._rank[p] == high and ranks[p] <= most for p in reversed(self._problem.allowed[lot])):
            return False  # most often the very last place will do
        inside = [p for p in self._problem.allowed[lot] if low <= self._rank[p] <= high]
        latest = max((self._rank[p] for p in inside if ranks[p] <= most), default=low - 1)
        if latest >= high:
            return False
        self._high[lot] = latest
        return True

    def allowed(self) -> tuple[tuple[int, ...], ...]:
        """Positions by lot; lots that had the same ones and have the same ranks left share them."""
        shared: dict[tuple[int, int, int], tuple[int, ...]] = {}
        found = []
        for lot, positions in enumerate(self._problem.allowed):
            low, high = self._low[lot], self._high[lot]
            key = (id(positions), low, high)
            if key not in shared:
                kept = tuple(p for p in positions if low <= self._rank[p] <= high)
                shared[key] = positions if len(kept) == len(positions) else kept
            found.append(shared[key])
        return tuple(found)


def _of_pair(order: Precedence) -> _Order:
    return _Order(order.name, {order.first: order.earliest}, (order.second,))


def _of_groups(order: GroupOrder) -> _Order:
    return _Order(order.name, order.firsts, order.seconds)


def narrowed(built: Built) -> Built | Finding:
    """The same with positions that orders rule out taken away, or a finding about a lot that nothing is left for."""
    narrowing = Narrowing(built.problem)
    if narrowing.emptied is not None:
        lot, order = narrowing.emptied
        return Finding(
            "WP222",
            "no slot is left for lot {lot}: orders leave it none, the last of them {order}",
            {"lot": built.problem.lots[lot], "order": order},
            subjects=(built.problem.lots[lot],),
            path=built.facts.lots[lot].items[0].path,
            hint="loosen one of the orders, dates or windows that it depends on",
        )
    return replace(built, problem=replace(built.problem, allowed=narrowing.allowed()))
