"""Ties among lots as tables, and which lots matter most."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from waveplan.engine.problem import PlanningProblem

Ints = NDArray[np.int64]
CHUNK = 8  # lots looked up together


def weights_of(problem: PlanningProblem) -> Ints:
    """Weight of the ties between each two lots."""
    weights = np.zeros((len(problem.lots), len(problem.lots)), np.int64)
    for tie in problem.ties:
        weights[tie.first, tie.second] += tie.weight
        weights[tie.second, tie.first] += tie.weight
    return weights


def weightiest_first(weights: Ints, shares: Sequence[float]) -> list[int]:
    """Lots by ties and by what they take, each beside the mean lot's."""
    degree = weights.sum(axis=1)
    ties, taken = float(degree.sum()) or 1.0, sum(shares) or 1.0
    return sorted(range(len(shares)), key=lambda lot: (-(degree[lot] / ties + shares[lot] / taken), lot))


def looked_up(weights: Ints) -> Ints:
    """Lot × eight lots × which of those have moved → weight of its ties to them; its degree in a last block."""
    lots = len(weights)
    chunks = -(-lots // CHUNK) if lots else 0
    table = np.zeros((lots, chunks + 1, 1 << CHUNK), np.int64)
    subsets = np.arange(1 << CHUNK)
    for other in range(lots):
        has = (subsets >> (other % CHUNK)) & 1
        table[:, other // CHUNK, :] += weights[:, other, None] * has[None, :]
    table[:, chunks, 0] = weights.sum(axis=1)
    return table
