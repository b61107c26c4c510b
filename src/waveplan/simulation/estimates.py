"""Estimates with intervals: from the spread of repeats of a sample, each of which is an answer of its own."""

from __future__ import annotations

from collections.abc import Sequence
from math import sqrt

import numpy as np
from numpy.typing import NDArray

from waveplan.domain.simulated import Estimate

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
SURE = 0.99  # how surely a value lies in its interval
_TINY = 1e-12


def _times(repeats: int) -> float:
    """How many standard errors of a mean of so many repeats an interval reaches to each side (Student)."""
    from scipy.special import stdtrit

    return float(stdtrit(repeats - 1, (1 + SURE) / 2)) if repeats > 1 else 0.0


def _half(means: Floats, sizes: Floats, share: Floats | float) -> Floats:
    """Half the interval of a share: of the repeats' spread, never finer than one run of a repeat."""
    if len(sizes) < 2:
        return np.asarray(3 * np.sqrt(np.asarray(share) * (1 - np.asarray(share)) / sizes[0]) + 1 / sizes[0])
    spread = means.std(axis=0, ddof=1) / sqrt(len(sizes))
    return np.asarray(np.maximum(_times(len(sizes)) * spread, 1 / sizes.max()))


def share_of(flags: Sequence[NDArray[np.bool_]]) -> Estimate:
    """The share of runs with a flag; one row of flags for each repeat."""
    sizes = np.array([len(each) for each in flags], float)
    means = np.array([each.mean() for each in flags])
    share = float((means * sizes).sum() / sizes.sum())
    half = float(_half(means, sizes, share))
    return Estimate(share, max(0.0, share - half), min(1.0, share + half))


def mean_of(values: Sequence[Ints]) -> Estimate:
    """The mean over all runs."""
    sizes = np.array([len(each) for each in values], float)
    means = np.array([each.mean() for each in values])
    mean = float((means * sizes).sum() / sizes.sum())
    every = np.concatenate(list(values))
    finest = float(every.max() - every.min()) / sizes.max()
    error = float(means.std(ddof=1)) / sqrt(len(sizes)) if len(sizes) > 1 else float(every.std()) / sqrt(len(every))
    half = max(error * (_times(len(sizes)) or 3.0), finest)
    return Estimate(mean, mean - half, mean + half)


class Curve:
    """Shares of runs by day, with their intervals, from which quantiles are read."""

    def __init__(self, repeats: Sequence[Ints]) -> None:
        self.days = np.unique(np.concatenate(list(repeats)))
        sizes = np.array([len(each) for each in repeats], float)
        by_repeat = np.array([np.searchsorted(np.sort(each), self.days, "right") / len(each) for each in repeats])
        self.shares = (by_repeat * sizes[:, None]).sum(axis=0) / sizes.sum()
        half = _half(by_repeat, sizes, self.shares)
        self._low = np.maximum.accumulate(np.where(self.shares >= 1 - _TINY, 1.0, self.shares - half))
        self._high = np.maximum.accumulate(self.shares + half)

    def quantile(self, share: float) -> tuple[int, int, int]:
        """The first day by which so large a share of runs is over, and between which days it lies."""
        return self._first(self.shares, share), self._first(self._high, share), self._first(self._low, share)

    def _first(self, shares: Floats, share: float) -> int:
        index = int(np.argmax(shares >= share - _TINY)) if (shares >= share - _TINY).any() else len(self.days) - 1
        return int(self.days[index])
