"""The best mixture of what the rounds have laid on the ties, by a linear programme.

A round mixes its rows into what there is, with one share for all that came before; so early rounds, which lengths far
from the best ones have chosen, weigh on the mixture for long. But what each round laid stands for itself: a row, scaled
to ask for one day. The programme finds the shares anew, as the master programme of column generation does (Dantzig and
Wolfe 1960). It decides only how much of each is taken; what that proves is worked out from the shares.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
_COST, START = 3.3e-6, 5e-3  # units of work for a row and tie, and to begin
_SPARSE_COST = 1.2e-6  # the same where most rows touch few ties
_MOST_COST = 1.5  # units of work for one mixture
_FIRST, _GROWTH = 40, 1.25  # rounds before the first mixture, and as many times as many before the next
_TAKEN = 1e-9  # a share of less is none


class Mixing:
    """Rows of one part, each laid on its ties and scaled to ask for one day."""

    def __init__(self, weight: Floats, most: Floats) -> None:
        self._weight = weight  # by tie
        self._most = most  # days, by tie: its longest length
        self._rows: Floats = np.zeros((0, len(weight)))  # those of the last mixture first
        self._mixed = 0  # rows of the last mixture
        self._rounds = self.mixed_at = 0  # so far, and when they were mixed last
        self._since = 0.0  # units of work since the last mixture

    def keep(self, rows: Floats, work: float) -> None:
        """Add what some rounds laid, and the work they took; a round that was broken off laid nothing."""
        self._rows = np.concatenate([self._rows, rows[rows.any(axis=1)]])
        self._rounds += len(rows)
        self._since += work

    @property
    def cost(self) -> float:
        """Units of work that the next mixture takes."""
        return START + _COST * len(self._weight) * min(len(self._rows), self._most_rows)

    @property
    def due(self) -> bool:
        """Whether there is enough that is new, and hardly more time goes into mixing than into rounds."""
        enough = self._since >= START + _COST * len(self._weight) * _FIRST
        return enough and self._rounds >= max(_FIRST, _GROWTH * self.mixed_at)

    def mixture(self) -> Floats:
        """What the best mixture lays on the ties, for one day; zeros if none was found."""
        self._thin()
        self.mixed_at, self._since = self._rounds, 0.0
        found = shares_of(self._rows, np.ones(len(self._rows)), self._weight, self._most)
        if found is None:
            return np.zeros(len(self._weight))
        shares = found[0]
        order = np.argsort(shares <= _TAKEN, kind="stable")
        self._mixed = int((shares > _TAKEN).sum())
        self._rows = self._rows[order]
        total = float(shares.sum())
        return np.asarray(shares[order] @ self._rows / total) if total > 0.0 else np.zeros(len(self._weight))

    @property
    def taken(self) -> Floats:
        """Rows of the last mixture."""
        return self._rows[: self._mixed]

    @property
    def _most_rows(self) -> int:
        spent = min(_MOST_COST, self._since)
        return max(_FIRST, int(spent / (_COST * len(self._weight))))

    def _thin(self) -> None:
        """Of too many rows, keep those of the last mixture, and of the others every so many-th."""
        others = len(self._rows) - self._mixed
        room = max(1, self._most_rows - self._mixed)
        if others > room:
            chosen = np.arange(self._mixed, len(self._rows), -(-others // room))
            self._rows = self._rows[np.concatenate([np.arange(self._mixed), chosen])]


def cost_of(rows: Floats) -> float:
    """Units of work of a programme with such rows, about."""
    return _SPARSE_COST * rows.size


def shares_of(rows: Floats, days: Floats, weight: Floats, most: Floats) -> tuple[Floats, Floats] | None:
    """How many times each row is best taken, and the prices of ties; None where nothing limits them.

    A tie may carry more than its weight, at its longest length for each unit too much. Both are as exact as the
    programme is: good to choose by.
    """
    from scipy.optimize import linprog
    from scipy.sparse import csc_matrix, hstack, identity

    count, ties = rows.shape
    found = linprog(
        np.concatenate([-days, most]),
        A_ub=hstack([csc_matrix(rows.T), -identity(ties)], format="csc"),
        b_ub=weight,
        method="highs-ds",
    )
    if found.x is None:
        return None
    return np.maximum(0.0, found.x[:count]), np.maximum(0.0, -found.ineqlin.marginals)
