"""What is said of a goal in the plan: value, proven bound, gap, status."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_FLOOR, ROUND_HALF_EVEN, Decimal
from fractions import Fraction
from math import floor

from waveplan.domain.gaps import gap_of
from waveplan.domain.plan import GoalRecord, GoalStatus
from waveplan.domain.policy import Goal, Tolerance

_RATIO_GOALS = {"peak_load", "criticality_risk"}


@dataclass(frozen=True, slots=True)
class Stage:
    """One goal, optimised: value and bound in the goal's own units, and whether the value is proven best."""

    goal: Goal
    value: Fraction | None
    bound: Fraction | None
    proven: bool
    seconds: float


def record_of(stage: Stage, value: Fraction, with_seconds: bool) -> GoalRecord:
    """The record of a goal, given its value in the final plan: later goals may have used its tolerance."""
    bound = stage.bound
    best = stage.proven and stage.value is not None and value <= stage.value
    best = best or (bound is not None and value <= bound)
    status: GoalStatus = "optimal" if best else "feasible" if bound is not None else "unknown"
    if best:
        bound = value
    return GoalRecord(
        goal=stage.goal.goal,
        value=rounded(value),
        bound=None if bound is None else rounded(bound) if best else rounded(bound, ROUND_FLOOR),
        gap=None if bound is None else gap_of(value, bound),
        status=status,
        tolerance=str(stage.goal.tolerance),
        seconds=Decimal(str(round(stage.seconds, 1))) if with_seconds else None,
    )


def allowance(goal: str, value: Fraction, tolerance: Tolerance) -> Fraction:
    """How much a goal may be given up: a share is rounded down to whole units, for ratios to the 4 places printed."""
    if not tolerance.is_share:
        return Fraction(tolerance.amount)
    room = value * Fraction(tolerance.amount)
    return Fraction(floor(room * 10_000), 10_000) if goal in _RATIO_GOALS else Fraction(floor(room))


def rounded(value: Fraction, rounding: str = ROUND_HALF_EVEN) -> Decimal:
    """A value for the plan: exact when it is a short decimal, else to 4 places; bounds are rounded to the safe side."""
    places = 6 if (value * 1_000_000).denominator == 1 and rounding == ROUND_HALF_EVEN else 4
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    return Decimal(format(exact.quantize(Decimal(1).scaleb(-places), rounding).normalize(), "f"))
