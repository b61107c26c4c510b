"""Prices for which cuts of boundaries prove most, by column generation over sets of lots.

What has moved by one day has moved by the next, and a day adds only so much volume: both are left out of what each
boundary asks and have prices instead (Lagrange). Whatever the prices, what the least cuts then cost is a bound.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from waveplan.engine.proofs.bounds.boundaries.ground import BoundaryGround

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
_MOST_COLUMNS = 3_000
_DEAR = 2.0  # so many times all that a lot's ties can cost is the most that a price can be


@dataclass(frozen=True)
class NestingPrices:
    """By boundary but the last: of each lot that has moved and then has not; of volume that is added."""

    nested: Floats
    added: Floats

    def toward(self, other: NestingPrices, share: float) -> NestingPrices:
        """A part of the way to others."""
        return NestingPrices(
            (1.0 - share) * self.nested + share * other.nested, (1.0 - share) * self.added + share * other.added
        )


@dataclass(frozen=True)
class CutMixture:
    """What sets cost at least, mixed so that each lies within the next; of each boundary the set that is taken most."""

    value: float
    prices: NestingPrices
    most: dict[int, Ints]


class CutMaster:
    """Sets that have been found, by boundary, and the prices under which they cost most."""

    def __init__(self, ground: BoundaryGround) -> None:
        self._ground = ground
        self._one, self._other, weights = np.array(ground.ties, np.int64).T
        self._weight = weights.astype(np.float64)
        self._sets: list[tuple[int, Ints]] = []
        self._known: set[tuple[int, bytes]] = set()
        pull = np.zeros(len(ground.sizes))
        np.add.at(pull, self._one, self._weight)
        np.add.at(pull, self._other, self._weight)
        longest = max(each.days for each in ground.boundaries)
        self._dearest = _DEAR * longest * float(pull.max())

    def free(self) -> NestingPrices:
        """Nothing has a price."""
        count = len(self._ground.boundaries) - 1
        return NestingPrices(np.zeros((count, len(self._ground.sizes))), np.zeros(count))

    def add(self, boundary: int, moved: Ints) -> bool:
        """Whether a set is new."""
        key = boundary, moved.tobytes()
        if key in self._known:
            return False
        self._known.add(key)
        self._sets.append((boundary, moved.copy()))
        return True

    def solve(self) -> CutMixture | None:
        """The cheapest mixture of the sets there are, and its prices."""
        from scipy.optimize import linprog
        from scipy.sparse import csc_matrix, hstack, identity, vstack

        ground, count = self._ground, len(self._ground.boundaries)
        lots = len(ground.sizes)
        moved = np.array([each for _, each in self._sets], np.float64)
        of = np.array([boundary for boundary, _ in self._sets], np.int64)
        days = np.array([each.days for each in ground.boundaries], np.float64)
        costs = days[of] * ((moved[:, self._one] != moved[:, self._other]) @ self._weight)
        inside = (of[:, None] == np.arange(count - 1)[None, :]).astype(np.float64)
        behind = (of[:, None] == np.arange(1, count)[None, :]).astype(np.float64)
        sign = inside - behind
        nested = csc_matrix((sign[:, :, None] * moved[:, None, :]).reshape(len(of), -1).T)
        volume = csc_matrix((-sign * (moved @ ground.sizes)[:, None]).T)
        rows = vstack([nested, volume], format="csc")
        elastic = -identity(rows.shape[0], format="csc")
        found = linprog(
            np.concatenate([costs, np.full(rows.shape[0], self._dearest)]),
            A_ub=hstack([rows, elastic], format="csc"),
            b_ub=np.concatenate([np.zeros((count - 1) * lots), [each.added for each in ground.boundaries[:-1]]]),
            A_eq=hstack(
                [
                    csc_matrix((of[None, :] == np.arange(count)[:, None]).astype(np.float64)),
                    csc_matrix((count, rows.shape[0])),
                ]
            ),
            b_eq=np.ones(count),
            method="highs-ds",
        )
        if found.x is None:
            return None
        price = np.maximum(0.0, -found.ineqlin.marginals)
        prices = NestingPrices(price[: (count - 1) * lots].reshape(count - 1, lots), price[(count - 1) * lots :])
        shares = found.x[: len(of)]
        most = {
            boundary: moved[np.flatnonzero(of == boundary)[shares[of == boundary].argmax()]].astype(np.int64)
            for boundary in range(count)
        }
        self._thin(costs - rows.T @ -price - found.eqlin.marginals[of])
        return CutMixture(float(found.fun), prices, most)

    def _thin(self, dearer: Floats) -> None:
        """Of too many sets keep those that come nearest to being taken."""
        if len(self._sets) > _MOST_COLUMNS:
            kept = np.sort(np.argsort(dearer, kind="stable")[: _MOST_COLUMNS // 2])
            self._sets = [self._sets[index] for index in kept.tolist()]
            self._known = {(boundary, moved.tobytes()) for boundary, moved in self._sets}
