"""What earlier goals have reached, as limits that every change keeps to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from math import floor

from waveplan.engine.problem import PlanningProblem
from waveplan.engine.search.arrays import Bounds
from waveplan.engine.search.layout import NO_LIMIT


@dataclass
class HeldGoals:
    """What earlier goals must keep to: by goal, the worst value that is still allowed."""

    most: dict[str, Fraction] = field(default_factory=dict)


def allowed_under(problem: PlanningProblem, held: HeldGoals) -> Sequence[tuple[int, ...]]:
    """By lot, its positions with hypercare over by the finish that is held; equal answers are one object."""
    finish = held.most.get("finish")
    if finish is None:
        return problem.allowed
    known: dict[tuple[int, int], tuple[int, ...]] = {}
    found = []
    for positions, care in zip(problem.allowed, problem.hypercare, strict=True):
        key = (id(positions), id(care))
        if key not in known:
            known[key] = _in_time(positions, care, finish)
        found.append(known[key])
    return found


def _in_time(positions: tuple[int, ...], care: Mapping[int, tuple[int, int]], finish: Fraction) -> tuple[int, ...]:
    return tuple(position for position in positions if care[position][1] <= finish)


def bounds_under(problem: PlanningProblem, held: HeldGoals) -> Bounds:
    """The same for compiled code."""
    whole = {goal: floor(most) for goal, most in held.most.items()}
    coexistence = held.most.get("coexistence")
    return Bounds(
        allowed_under(problem, held),
        most_waves=whole.get("waves", NO_LIMIT),
        most_coexistence=NO_LIMIT if coexistence is None else floor(coexistence * problem.weight_scale),
        most_moved=whole.get("moved_lots", NO_LIMIT),
        most_peak=held.most.get("peak_load"),
        most_risk=held.most.get("criticality_risk"),
    )
