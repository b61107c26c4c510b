"""Rounding of amounts however long they are: decimals usually have 28 digits, and what is longer is an error there."""

from __future__ import annotations

from decimal import ROUND_HALF_EVEN, Context, Decimal

_LONG = Context(prec=100_000)


def to_step(amount: Decimal, step: Decimal, rounding: str = ROUND_HALF_EVEN) -> Decimal:
    """The amount as a multiple of a step like 0.01."""
    return amount.quantize(step, rounding, _LONG)
