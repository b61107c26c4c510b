"""The least cuts of a board: how little each boundary cuts, by the part of the core that has moved."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from waveplan.engine.proofs.exact.beyond import cuts_inside
from waveplan.engine.proofs.exact.board import ExactBoard, Ints
from waveplan.engine.proofs.exact.prices import Prices

_CHUNK = 1 << 10  # sets of the core between two looks at whether to go on


class LeastCuts:
    """Cuts with prices counted as such, for one board; compiled code searches for them."""

    def __init__(self, board: ExactBoard, prices: Prices) -> None:
        from waveplan.engine.proofs.exact.cut_kernel import DEPTHS

        beyond, count = board.beyond, len(board.beyond.bits)
        self._board, self._prices = board, prices
        self._rows = (
            beyond.joint,
            beyond.bits,
            beyond.ties,
            beyond.before,
            np.ascontiguousarray(np.diff(prices.leans[:, beyond.bits], axis=0, prepend=0)),
            board.amounts,
            board.windows,
            board.bounds,
        )
        loads = np.zeros((2 * DEPTHS, board.amounts.shape[1]), np.uint64)
        loads[DEPTHS : DEPTHS + count + 1] = beyond.rest
        self._scratch = np.zeros((count + 1, 2, count), np.int64), loads, np.zeros((4, count + 2), np.int64)

    def table(self, going: Callable[[], bool]) -> Ints | None:
        """By place and set of the core; FAR for what cannot be. None when there was no time for it."""
        from waveplan.engine.proofs.exact.cut_kernel import least_cuts

        cuts = self._inside()
        for first in range(0, cuts.shape[1], _CHUNK):
            if not going():
                return None
            least_cuts(cuts, first, min(cuts.shape[1], first + _CHUNK), *self._rows, *self._scratch)
        return cuts

    def side(self, place: int, cell: int) -> int:
        """A moved set of the least cut at a place with a set of the core."""
        from waveplan.engine.proofs.exact.cut_kernel import least_side

        return int(least_side(cell, place, *self._rows, *self._scratch))

    def _inside(self) -> Ints:
        """What the core alone cuts and is asked for."""
        from waveplan.engine.proofs.exact.set_kernel import FAR

        board = self._board
        before = [int(needed) for needed in board.by_lot[0, :, 0]]
        inside = cuts_inside(board.weights, before, board.core, FAR)
        cuts = np.tile(inside, (len(board.order), 1))
        cells = np.arange(1 << board.core)
        for bit in range(board.core):
            cuts += self._prices.leans[:, bit, None] * (cells >> bit & 1)
        cuts[:, inside >= FAR] = FAR
        return cuts
