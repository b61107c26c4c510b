"""What lots take of each limit, and of limits that follow from it: amounts so changed that sizes tell more than sums.

A changed amount is a dual feasible function of the true one: whatever fits a wave still fits it. Small amounts count
for nothing and those that leave no room for more than such fill the wave (Martello and Toth 1990, L2), or amounts are
rounded to shares of the wave (Fekete and Schepers 2001).
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from waveplan.engine.proofs.packing.relaxation import Loads, PackedResource

Ints = NDArray[np.int64]
_MOST_SHARES = 5
_MOST_CUTS = 40  # small amounts that are tried
_KEPT = 3  # changed amounts of each limit


def columns_of(loads: Loads) -> tuple[Ints, Ints]:
    """Amounts by lot × column, and limits by stage × column; the true limits stand first, as many as resources."""
    true = [(np.array(its.amounts, np.int64), np.array(its.limits, np.int64)) for its in loads.resources]
    changed = [column for its in loads.resources for column in _telling(its)]
    both = [*true, *changed]
    if not both:
        return np.zeros((len(loads.lots), 0), np.int64), np.zeros((len(loads.stages), 0), np.int64)
    return np.stack([amounts for amounts, _ in both], 1), np.stack([limits for _, limits in both], 1)


def _telling(resource: PackedResource) -> list[tuple[Ints, Ints]]:
    """The few changed amounts that ask for the most waves."""
    most = max(resource.limits)
    if most <= 0 or max(resource.amounts) > most:
        return []
    found: dict[bytes, tuple[float, Ints, int]] = {}
    for amounts, limit in _changed(np.array(resource.amounts, np.int64), most):
        total = int(amounts.sum())
        if limit < total:
            found.setdefault((amounts / limit).tobytes(), (total / limit, amounts, limit))
    best = sorted(found.values(), key=lambda entry: -entry[0])[:_KEPT]
    return [(amounts, np.full(len(resource.limits), limit, np.int64)) for _, amounts, limit in best]


def _changed(amounts: Ints, limit: int) -> Iterator[tuple[Ints, int]]:
    sizes = np.unique(amounts[(amounts > 0) & (2 * amounts <= limit)])
    cuts = sizes[:: max(1, -(-len(sizes) // _MOST_CUTS))]
    for cut in [0, *cuts.tolist()]:
        large = np.where(amounts > limit - cut, limit, np.where(amounts >= cut, amounts, 0))
        if cut:
            yield large, limit
        for shares in range(1, _MOST_SHARES + 1):
            parts = (shares + 1) * large
            yield np.where(parts % limit == 0, shares * large, parts // limit * limit), shares * limit
