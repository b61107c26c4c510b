"""Where orders leave room: how early and how late each lot can start once all that waits and is waited for is followed.

Every plan keeps what is derived here, so positions outside are dropped before anything else looks at the problem: the
model gets smaller, constructions fail less, and an order that leaves a lot no place at all is told by name.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from waveplan.engine.problem import PlanningProblem
from waveplan.engine.problem.orders import Precedence

Levels = Mapping[int, int]  # by position

_MOST_STEPS = 200_000  # a chain may move on by one rank at a time; what is dropped by then is right too


@dataclass(frozen=True, slots=True)
class _Order:
    """Firsts and those who wait for all of them, each with its table of levels."""

    name: str
    firsts: Mapping[int, Levels]
    seconds: Mapping[int, Levels]


class Narrowing:
    """Positions by lot that orders leave. `emptied` is a lot that nothing is left for, with the order that took it."""

    def __init__(self, problem: PlanningProblem, allowed: Sequence[tuple[int, ...]] | None = None) -> None:
        """`allowed` is where lots may be to begin with; if not given, where the problem allows them."""
        self.allowed = list(problem.allowed if allowed is None else allowed)
        self._known: dict[tuple[object, ...], Any] = {}  # with what is looked at, so that it lives as long
        self._orders = [
            *(_of_pair(order) for order in problem.precedences),
            *(_Order(order.name, order.firsts, order.seconds) for order in problem.group_orders),
        ]
        self._of_lot: dict[int, list[int]] = defaultdict(list)
        for number, order in enumerate(self._orders):
            for lot in (*order.firsts, *order.seconds):
                self._of_lot[lot].append(number)
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
                for other in self._of_lot[lot]:
                    if other not in queued:
                        queued.add(other)
                        waiting.append(other)

    def _apply(self, order: _Order) -> Iterable[int]:
        """Lots whose room one order has made smaller."""
        least = max(self._ends(lot, levels)[0] for lot, levels in order.firsts.items())
        changed = [lot for lot, levels in order.seconds.items() if self._keep(lot, levels, least, above=True)]
        if self.emptied is None:
            most = min(self._ends(lot, levels)[1] for lot, levels in order.seconds.items())
            changed += [lot for lot, levels in order.firsts.items() if self._keep(lot, levels, most, above=False)]
        if self.emptied is not None:
            self.emptied = (self.emptied[0], order.name)
        return changed

    def _ends(self, lot: int, levels: Levels) -> tuple[int, int]:
        """Least and highest level that is left to a lot."""
        allowed = self.allowed[lot]
        key = (id(allowed), id(levels))
        if key not in self._known:
            found = [levels[position] for position in allowed]
            self._known[key] = (allowed, (min(found, default=0), max(found, default=0)))
        ends: tuple[int, int] = self._known[key][1]
        return ends

    def _keep(self, lot: int, levels: Levels, limit: int, *, above: bool) -> bool:
        """Keep the positions on one side of a level; lots that had the same ones share what is left."""
        allowed = self.allowed[lot]
        least, most = self._ends(lot, levels)
        if not allowed or (least >= limit if above else most <= limit):
            return False
        key = (id(allowed), id(levels), limit, above)
        if key not in self._known:
            kept = tuple(p for p in allowed if (levels[p] >= limit if above else levels[p] <= limit))
            self._known[key] = (allowed, self._known.setdefault(kept, kept))
        self.allowed[lot] = self._known[key][1]
        if not self.allowed[lot]:
            self.emptied = (lot, "")
        return True


def _of_pair(order: Precedence) -> _Order:
    return _Order(order.name, {order.first: order.earliest}, {order.second: order.levels})
