"""The gap between what was reached of a goal and what is proven of it: one figure, worked out here alone."""

from __future__ import annotations

from decimal import ROUND_CEILING, Decimal
from fractions import Fraction

from waveplan.domain.rounding import to_step
from waveplan.domain.solve_record import GoalRecord

_PLACES = Decimal("0.0001")


def gap_of(value: Fraction | Decimal, bound: Fraction | Decimal) -> Decimal:
    """(value − bound) ÷ value to four places, rounded up so that it never promises too much; 0 for a value of 0."""
    if not value or bound >= value:
        return Decimal(0)
    gap = (Fraction(value) - Fraction(bound)) / Fraction(value)
    exact = Decimal(gap.numerator) / Decimal(gap.denominator)
    return Decimal(format(to_step(exact, _PLACES, ROUND_CEILING).normalize(), "f"))


def gap_in(record: GoalRecord) -> Decimal | None:
    """The gap of what a plan says was reached, worked out and not read; None where nothing is proven."""
    return None if record.value is None or record.bound is None else gap_of(record.value, record.bound)
