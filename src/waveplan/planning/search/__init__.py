"""Local search for coexistence: compiled moves over the rules that can be carried from move to move.

What it cannot carry (room in windows with shared links, downtime, waves in hypercare, gates) the model judges: a plan
of the search counts only once the model, with every rule, has accepted it.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from math import floor

from waveplan.domain.problem import PlanningProblem
from waveplan.planning.search.limits import SearchLimits

__all__ = ["Held", "SearchLimits", "improve", "warm_up"]

_CARRIED = {"finish", "waves", "peak_load"}  # earlier goals that moves can keep


@dataclass
class Held:
    """What earlier goals must keep to: by goal, the worst value that is still allowed."""

    most: dict[str, Fraction] = field(default_factory=dict)

    @property
    def can_be_carried(self) -> bool:
        """Whether moves can keep every held goal."""
        return _CARRIED.issuperset(self.most)


def improve(
    problem: PlanningProblem,
    start: Mapping[int, int],
    held: Held,
    limits: SearchLimits,
    stop: threading.Event,
    glance: Callable[[int], None],
) -> dict[int, int] | None:
    """A plan with less coexistence than the start, under held goals; None when the search can't begin there."""
    from waveplan.planning.search.annealing import search
    from waveplan.planning.search.arrays import arrays_of

    if not held.can_be_carried:
        return None
    finish = held.most.get("finish")
    allowed = [
        [p for p in positions if finish is None or problem.hypercare[lot][p][1] <= finish]
        for lot, positions in enumerate(problem.allowed)
    ]
    waves = int(held.most.get("waves", Fraction(len(problem.positions))))
    return search(arrays_of(_under_peak(problem, held), allowed, waves), start, limits, stop, glance)


def warm_up() -> None:
    """Compile (or load from the cache) all that the search needs, on a problem of two lots."""
    from waveplan.planning.search.annealing import search
    from waveplan.planning.search.arrays import arrays_of
    from waveplan.planning.search.smallest import SMALLEST, START

    limits = SearchLimits(seconds=None, deterministic=1e-9, threads=1, seed=0)
    search(arrays_of(SMALLEST, SMALLEST.allowed, 2), START, limits, threading.Event(), lambda _: None)


def _under_peak(problem: PlanningProblem, held: Held) -> PlanningProblem:
    peak = held.most.get("peak_load")
    if peak is None:
        return problem
    weeks = set(problem.peaks)
    budgets = tuple(
        replace(budget, limit=min(budget.limit, floor(budget.limit * peak))) if number in weeks else budget
        for number, budget in enumerate(problem.budgets)
    )
    return replace(problem, budgets=budgets)
