"""The gap: (value − bound) ÷ value, one figure everywhere."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest

from waveplan.domain.solve_record import GoalRecord, gap_of
from waveplan.render.goals import gap_words, unproven_words
from waveplan.render.language import translator

CASES = [
    (130, 42, "0.677", "68%"),  # a value 209 % above its bound
    (91, 91, "0", "0%"),
    (0, 0, "0", "0%"),
    (3, 2, "0.3334", "34%"),
    (Fraction(1, 3), Fraction(33, 100), "0.01", "1%"),
    (448, 1, "0.9978", "99.8%"),
]


@pytest.mark.parametrize(("value", "bound", "gap", "said"), CASES)
def test_one_gap(value: Fraction | int, bound: Fraction | int, gap: str, said: str) -> None:
    found = gap_of(Fraction(value), Fraction(bound))
    assert found == Decimal(gap)
    assert gap_words(translator("en"), found) == said


def test_the_bound_stands_beside_the_gap() -> None:
    record = GoalRecord(goal="waves", value=Decimal(130), bound=Decimal(42), gap=Decimal("0.677"), status="feasible")
    english = unproven_words(translator("en"), record, Decimal(130))
    assert english == "number of waves 130, gap 68%: at best 42"
    assert "130, écart 68" in unproven_words(translator("fr"), record, Decimal(130))
