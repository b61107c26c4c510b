"""Exact scaling of fractions to integers."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from math import lcm


def common_denominator(values: Iterable[Fraction | Decimal | int]) -> int:
    """The least factor that makes every value whole."""
    return lcm(1, *(value.as_integer_ratio()[1] for value in values))


def scaled(value: Fraction | Decimal | int, factor: int) -> int:
    """The value times a factor, rounded down; exact when the factor makes it whole."""
    numerator, denominator = value.as_integer_ratio()
    return numerator * factor // denominator
