"""Compiled local search: every hard rule carried from change to change.

Plans that keep every rule are found by list scheduling and by repair, and made better by annealing; goals that are
not a sum (finish, waves, peak load) by asking for a plan under an ever tighter limit.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from waveplan.engine.problem import PlanningProblem
from waveplan.engine.search.layout import RISK_SCALE
from waveplan.engine.search.limits import Meter, SearchLimits

if TYPE_CHECKING:
    from waveplan.engine.search.annealing import Annealing, Found
    from waveplan.engine.search.ground import SearchGround

__all__ = ["CARRIED", "RISK_SCALE", "Search", "SearchLimits", "warm_up"]

CARRIED = ("coexistence", "moved_lots", "criticality_risk")  # goals that annealing makes smaller
_GLANCE = 0.1  # seconds between two looks at searches that run
_PAUSE = 10_000  # seed numbers between two searches side by side

Glance = Callable[
    [int, Mapping[int, int]], None
]  # is told the best value so far, in the goal's own scale, and its plan
Enough = Callable[[int], bool]  # whether a value, in that scale, need not be bettered


class Search:
    """Searches on one problem, under what earlier goals hold (by goal, the worst value still allowed)."""

    def __init__(self, problem: PlanningProblem, held: Mapping[str, Fraction], stop: threading.Event) -> None:
        self._problem = problem
        self._held = dict(held)
        self._stop = stop

    def accepts(self, assignment: Mapping[int, int]) -> bool:
        """Whether a whole plan keeps every rule and all that is held."""
        from waveplan.engine.search.ground import SearchGround
        from waveplan.engine.search.held import HeldGoals

        return SearchGround(self._problem, HeldGoals(self._held), None).keeps_every_rule(assignment)

    def first_plan(self, start: Mapping[int, int], limits: SearchLimits) -> dict[int, int] | None:
        """A plan that keeps every rule: constructed, or mended from one that exceeds limits. None: not found."""
        from waveplan.engine.search.ground import SearchGround
        from waveplan.engine.search.held import HeldGoals
        from waveplan.engine.search.starts import constructed, orders, repaired

        ground, meter = SearchGround(self._problem, HeldGoals(self._held), None), Meter(limits, self._stop)
        if start and (plan := repaired(ground, start, next(orders(self._problem)), limits.seed, meter)):
            return plan
        every = []
        for order in orders(self._problem):
            every.append(order)
            if meter.over:
                return None
            if (plan := constructed(ground, order)) is not None:
                return plan
        for seed in range(limits.seed, limits.seed + 20 * len(every)):
            if meter.over:
                return None
            if (plan := repaired(ground, {}, every[(seed - limits.seed) % len(every)], seed, meter)) is not None:
                return plan
        return None

    def improve(
        self, goal: str, start: Mapping[int, int], limits: SearchLimits, glance: Glance, enough: Enough
    ) -> dict[int, int] | None:
        """A plan at least as good as the start; None when the start breaks a rule or what is held.

        Raises what a thread of the search failed with.
        """
        from waveplan.engine.search.annealing import Annealing
        from waveplan.engine.search.ground import SearchGround
        from waveplan.engine.search.held import HeldGoals

        ground = SearchGround(self._problem, HeldGoals(self._held), goal)
        if not ground.keeps_every_rule(start):
            return None
        meters = [Meter(limits, self._stop) for _ in range(limits.threads)]
        searches = [
            Annealing(ground, limits.seed * 1_000_003 + number * _PAUSE, meter, enough)
            for number, meter in enumerate(meters)
        ]
        threads = [
            threading.Thread(target=search.run, args=(_starts(ground, start, meter),), daemon=True)
            for search, meter in zip(searches, meters, strict=True)
        ]
        for thread in threads:
            thread.start()
        while any(thread.is_alive() for thread in threads):
            threads[0].join(_GLANCE)
            if best := _best(searches):
                glance(best.value, best.plan)
            if meters[0].late:
                break
        failures = [search.failure for search in searches if search.failure is not None]
        if failures:
            raise failures[0]
        found = _best(searches)
        return dict(start) if found is None else found.plan


def _best(searches: Sequence[Annealing]) -> Found | None:
    """The best of what they have found so far."""
    found = [each for search in searches if (each := search.found) is not None]
    return min(found, key=lambda each: each.value, default=None)


def _starts(ground: SearchGround, start: Mapping[int, int], meter: Meter) -> Iterator[dict[int, int]]:
    """The start itself, then what is constructed, until time is over."""
    from waveplan.engine.running.looking import Look
    from waveplan.engine.search.starts import constructed, orders

    yield dict(start)
    for order in orders(ground.problem, Look(lambda: meter.over)):
        if (plan := constructed(ground, order)) is not None:
            yield plan


def warm_up() -> None:
    """Compile (or load from the cache) all that the search needs, on a problem of two lots."""
    from waveplan.engine.compiling.smallest import SMALLEST, START

    limits = SearchLimits(seconds=None, deterministic=1e-9, threads=1, seed=0)
    Search(SMALLEST, {}, threading.Event()).improve("coexistence", START, limits, lambda *_: None, lambda _: False)
