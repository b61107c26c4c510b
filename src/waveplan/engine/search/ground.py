"""A problem made ready for compiled code, and plans under way on it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from waveplan.engine.problem import PlanningProblem
from waveplan.engine.search import layout as at
from waveplan.engine.search.arrays import arrays_of
from waveplan.engine.search.held import HeldGoals, bounds_under
from waveplan.engine.search.kernel import runs
from waveplan.engine.search.state import assignment_of, budgets_of, state_of
from waveplan.engine.search.tables import Ints

STRICT = -1.0  # weight of the penalty of a search among plans that keep every rule
GOALS = {"coexistence": at.COEXISTENCE, "moved_lots": at.MOVED_LOTS, "criticality_risk": at.CRITICALITY_RISK}


class SearchGround:
    """One problem, with what is held and the goal that is made smaller (none: only rules count)."""

    def __init__(self, problem: PlanningProblem, held: HeldGoals, goal: str | None) -> None:
        self.problem = problem
        self.arrays = arrays_of(problem, bounds_under(problem, held), GOALS.get(goal or "", at.NOTHING))
        order = sorted(problem.positions, key=lambda place: (place.rank, place.index))
        self.calendar: Ints = np.array([place.index for place in order], np.int64)
        self.unit = unit_of(problem, goal)

    def begun(self, start: Mapping[int, int], seed: int) -> Ints | None:
        """A plan, whole or in part, taken up; None when it breaks what a search never gives up."""
        state = state_of(self.arrays, start, seed)
        return state if runs.begin(self.arrays, state, budgets_of(self.arrays)) else None

    def keeps_every_rule(self, assignment: Mapping[int, int]) -> bool:
        """Whether a whole plan keeps every rule and all that is held."""
        state = self.begun(assignment, 0)
        return state is not None and int(state[at.PENALTY]) == 0

    def fill(self, state: Ints, order: Ints, weight: float = STRICT, places: Ints | None = None) -> int:
        """Place the lots that are nowhere, position by position, in an order; returns how many are left.

        Positions are those of the calendar, or `places` in the order in which they stand there.
        """
        return int(runs.insert(self.arrays, state, self.calendar if places is None else places, order, weight))

    def filled(self, left: Mapping[int, int], places: Sequence[int], out: Sequence[int]) -> dict[int, int] | None:
        """A plan in part, made whole by lots put into the first of some places that rules allow; else None."""
        state = self.begun(left, 0)
        if state is None or self.fill(state, np.array(out, np.int64), STRICT, np.array(places, np.int64)) > 0:
            return None
        return assignment_of(state, at.POS)

    def anneal(self, state: Ints, trials: int, hot: float, cold: float, halt: Ints, weight: float = STRICT) -> None:
        """Try so many changes while the temperature falls, or fewer once `halt` is no longer 0."""
        runs.anneal(self.arrays, state, trials, hot, cold, weight, halt)


def best_value(state: Ints) -> int | None:
    """The goal of the best plan so far, in its own scale; None before there is one that keeps every rule."""
    return int(state[at.BEST_VALUE]) if state[at.BEST_PENALTY] == 0 else None


def best_plan(state: Ints) -> dict[int, int]:
    """The best plan so far."""
    return assignment_of(state)


def unit_of(problem: PlanningProblem, goal: str | None) -> float:
    """What a small change of the goal is worth: an average tie stretched by one position; one lot; …"""
    places = max(1, len(problem.positions) // max(1, len(problem.streams)) - 1)
    if goal == "coexistence" and problem.ties:
        days = max(place.day for place in problem.positions) - min(place.day for place in problem.positions)
        return max(1.0, sum(tie.weight for tie in problem.ties) / len(problem.ties) * max(1, days) / places)
    if goal == "criticality_risk":
        return max(1.0, at.RISK_SCALE * sum(problem.points) / max(1, len(problem.points)) * 8 / (places + 1) ** 2)
    return 1.0
