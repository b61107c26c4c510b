"""What is said of a goal in the plan: value, proven bound, gap, status."""

from __future__ import annotations

from decimal import ROUND_FLOOR, ROUND_HALF_EVEN, Decimal
from fractions import Fraction

from waveplan.domain.objective import Goal, Tolerance
from waveplan.domain.solve_record import GoalRecord, GoalStatus, gap_of
from waveplan.engine.goals.state import Aim, GoalResult


def aim_of(goal: Goal) -> Aim:
    """A goal as the engine takes it."""
    return Aim(goal.goal, Fraction(goal.tolerance.amount), goal.tolerance.is_share)


def record_of(stage: GoalResult, tolerance: Tolerance, value: Fraction, with_seconds: bool) -> GoalRecord:
    """The record of a goal, given its value in the final plan: later goals may have used its tolerance."""
    bound = stage.bound
    best = stage.proven and stage.value is not None and value <= stage.value
    best = best or (bound is not None and value <= bound)
    status: GoalStatus = "optimal" if best else "feasible" if bound is not None else "unknown"
    if best:
        bound = value
    return GoalRecord(
        goal=stage.aim.goal,
        value=rounded(value),
        bound=None if bound is None else rounded(bound) if best else rounded(bound, ROUND_FLOOR),
        gap=None if bound is None else gap_of(value, bound),
        status=status,
        tolerance=str(tolerance),
        seconds=Decimal(str(round(stage.seconds, 1))) if with_seconds else None,
    )


def rounded(value: Fraction, rounding: str = ROUND_HALF_EVEN) -> Decimal:
    """A value for the plan: exact when it is a short decimal, else to 4 places; bounds are rounded to the safe side."""
    places = 6 if (value * 1_000_000).denominator == 1 and rounding == ROUND_HALF_EVEN else 4
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    return Decimal(format(exact.quantize(Decimal(1).scaleb(-places), rounding).normalize(), "f"))
