"""Spreads as quantiles: what is drawn is a number between two knots of a table."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from math import exp, log, sqrt

from waveplan.domain.risks import Spread
from waveplan.engine.simulation.layout import KNOTS, WHOLE

_PERT = 4  # the weight of the likely value against the two ends
_TAIL = 64  # how far beyond the last knot but one the last one lies: a part of the distance to the end
_LATE = 0.5  # chance that a promise is not kept on its day
_P90 = 0.1  # what is left beyond date_p90


def spread_table(spread: Spread) -> tuple[int, ...]:
    """Quantiles in millionths, from 0 to 1 in equal steps; a tail without end stops at the 1/262144th part."""
    if spread.shape == "lognormal":
        return _table(_lognormal(float(spread.p50 or 1), float(spread.p90 or 1)))
    low, likely, high = (float(value or 0) for value in (spread.low, spread.likely, spread.high))
    if high <= low:
        return _table(lambda _: low)
    return _table(_triangular(low, likely, high) if spread.shape == "triangular" else _pert(low, likely, high))


def middle_of(spread: Spread) -> Decimal:
    """The median of a spread, as its table has it."""
    return Decimal(spread_table(spread)[KNOTS // 2]) / WHOLE


def delay_table(days: int) -> tuple[int, ...]:
    """Delays, in millionths of a day, of a promise that is not kept; of all promises nine in ten are no later."""
    mean = days / log(_LATE / _P90)
    return _table(lambda share: -mean * log(1 - share))


def _table(quantile: Callable[[float], float]) -> tuple[int, ...]:
    ends = 1 / (KNOTS * _TAIL)
    shares = [min(max(knot / KNOTS, ends), 1 - ends) for knot in range(KNOTS + 1)]
    return tuple(round(WHOLE * quantile(share)) for share in shares)


def _lognormal(p50: float, p90: float) -> Callable[[float], float]:
    from scipy.special import ndtri

    sigma = log(p90 / p50) / float(ndtri(0.9))
    return lambda share: p50 * exp(sigma * float(ndtri(share)))


def _triangular(low: float, likely: float, high: float) -> Callable[[float], float]:
    rise = (likely - low) / (high - low)

    def quantile(share: float) -> float:
        if share < rise:
            return low + sqrt(share * (high - low) * (likely - low))
        return high - sqrt((1 - share) * (high - low) * (high - likely))

    return quantile


def _pert(low: float, likely: float, high: float) -> Callable[[float], float]:
    from scipy.special import betaincinv

    rise = 1 + _PERT * (likely - low) / (high - low)
    fall = 1 + _PERT * (high - likely) / (high - low)
    return lambda share: low + (high - low) * float(betaincinv(rise, fall, share))
