"""Amounts as sentences show them: short, and never so short that two different ones look alike."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

_PLACES = 2
_MOST_PLACES = 6  # what the format's own amounts have


def rounded_amount(amount: Fraction | Decimal | int, places: int = _PLACES) -> Decimal:
    """An amount to so many places, without trailing zeros."""
    whole = round(Fraction(amount) * 10**places)
    exact = Decimal(whole).scaleb(-places)
    return exact.to_integral_value() if exact == exact.to_integral_value() else exact.normalize()


def told_apart(one: Fraction | Decimal | int, other: Fraction | Decimal | int) -> tuple[Decimal, Decimal]:
    """Two amounts that differ, each to as few places as still tell them apart."""
    for places in range(_PLACES, _MOST_PLACES + 1):
        pair = rounded_amount(one, places), rounded_amount(other, places)
        if pair[0] != pair[1]:
            break
    return pair
