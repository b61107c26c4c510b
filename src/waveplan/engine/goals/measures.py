"""Exact values of the goals for an assignment of lots to positions, from the problem's integers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from fractions import Fraction

from waveplan.engine.problem import Assignment, PlanningProblem
from waveplan.engine.problem.orders import Prelude

RATIO_GOALS = frozenset({"peak_load", "criticality_risk"})


def measure(problem: PlanningProblem, assignment: Assignment, goal: str) -> Fraction:
    """The value of a goal, as the format defines it."""
    measures: dict[str, Callable[[PlanningProblem, Assignment], Fraction]] = {
        "finish": _finish,
        "waves": lambda _, placed: Fraction(len(set(placed.values()))),
        "coexistence": _coexistence,
        "peak_load": _peak_load,
        "criticality_risk": _criticality_risk,
        "moved_lots": _moved_lots,
    }
    return measures[goal](problem, assignment)


def ordinals(problem: PlanningProblem, assignment: Assignment) -> dict[int, int]:
    """Number of each used position within its stream, from 1."""
    numbers: dict[int, int] = {}
    count: dict[int, int] = defaultdict(int)
    for position in sorted(set(assignment.values())):
        stream = problem.positions[position].stream
        count[stream] += 1
        numbers[position] = count[stream]
    return numbers


def _finish(problem: PlanningProblem, assignment: Assignment) -> Fraction:
    """Days to the last hypercare day; in a site's own hours that day may be the one before the programme's start."""
    return Fraction(max(0, max((problem.hypercare[lot][p][1] for lot, p in assignment.items()), default=0)))


def _coexistence(problem: PlanningProblem, assignment: Assignment) -> Fraction:
    days = {lot: problem.positions[position].day for lot, position in assignment.items()}
    total = sum(tie.weight * abs(days[tie.first] - days[tie.second]) for tie in problem.ties)
    return Fraction(total, problem.weight_scale)


def _peak_load(problem: PlanningProblem, assignment: Assignment) -> Fraction:
    loads: dict[tuple[int, int], int] = defaultdict(int)
    for number, pool in enumerate(problem.pools):
        for lot, amount in pool.amounts.items():
            loads[number, assignment[lot]] += amount
        if pool.prelude is not None:
            loads[number, opening(problem, problem.preludes[pool.prelude], assignment)] += pool.units
    peak = Fraction(0)
    for index in problem.peaks:
        budget = problem.budgets[index]
        used = sum(weight * loads.get((pool, position), 0) for pool, position, weight in budget.terms)
        if used and budget.offer:
            peak = max(peak, Fraction(used, budget.offer))
    return peak


def opening(problem: PlanningProblem, prelude: Prelude, assignment: Assignment) -> int:
    """The position that stands for the day on which the first lot of a prelude cuts over."""
    first = min(problem.positions[assignment[lot]].day for lot in prelude.lots)
    return problem.day_positions[first]


def _criticality_risk(problem: PlanningProblem, assignment: Assignment) -> Fraction:
    numbers = ordinals(problem, assignment)
    return sum((Fraction(problem.points[lot], numbers[p]) for lot, p in assignment.items()), Fraction(0))


def _moved_lots(problem: PlanningProblem, assignment: Assignment) -> Fraction:
    moved = (problem.positions[assignment[lot]].day != day for lot, day in problem.baseline_day.items())
    return Fraction(sum(moved))
