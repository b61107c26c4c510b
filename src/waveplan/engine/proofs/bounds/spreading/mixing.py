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
_COST, _START = 3.3e-6, 5e-3  # units of work for a row and tie, and to begin
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
        return _START + _COST * len(self._weight) * min(len(self._rows), self._most_rows)

    @property
    def due(self) -> bool:
        """Whether there is enough that is new, and hardly more time goes into mixing than into rounds."""
        enough = self._since >= _START + _COST * len(self._weight) * _FIRST
        return enough and self._rounds >= max(_FIRST, _GROWTH * self.mixed_at)

    def mixture(self) -> Floats:
        """What the best mixture lays on the ties, for one day; zeros if none was found."""
        from scipy.optimize import linprog
        from scipy.sparse import csc_matrix, hstack, identity

        self._thin()
        self.mixed_at, self._since = self._rounds, 0.0
        count, ties = self._rows.shape
        found = linprog(
            np.concatenate([np.full(count, -1.0), self._most]),
            A_ub=hstack([csc_matrix(self._rows.T), -identity(ties)], format="csc"),
            b_ub=self._weight,
            method="highs-ds",
        )
        if found.x is None:
            return np.zeros(ties)
        shares = np.maximum(0.0, found.x[:count])
        order = np.argsort(shares <= _TAKEN, kind="stable")
        self._mixed = int((shares > _TAKEN).sum())
        self._rows = self._rows[order]
        total = float(shares.sum())
        return np.asarray(shares[order] @ self._rows / total) if total > 0.0 else np.zeros(ties)

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
