"""Looks for good prices: subgradient steps (Polyak) on a board with so small a core that a look-ahead takes a moment.

The cheapest row of sets under some prices tells which waves are too full and which lots move back: the one is asked
for more from then on, what is left over for less.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from waveplan.engine.proofs.exact.board import ExactBoard, Ints
from waveplan.engine.proofs.exact.least import LeastCuts
from waveplan.engine.proofs.exact.look_ahead import Outlook, outlook
from waveplan.engine.proofs.exact.prices import AskedPrices, nothing_asked, priced

_STEP = 0.3  # of the way to the best known value, as a first step promises it
_SMALLER = 0.7  # steps, after some that led nowhere
_PATIENCE = 2
_MOMENTUM = 0.6
_IN_VAIN = 10  # steps without anything better
_FARTHEST = 1.5  # times what is reached: values beyond are no aim


def good_prices(board: ExactBoard, known: int, steps: int, going: Callable[[], bool]) -> AskedPrices:
    """The best of some steps; `known` is the value towards which they go."""
    search = _Steps(board)
    best, best_seen, highest, step, waited, since = search.asked, None, -1, _STEP, 0, 0
    for _ in range(steps):
        seen = outlook(board, priced(board, search.asked), going)
        if seen is None:
            break
        reached = int(seen.ahead[0, 0])
        if best_seen is None or reached > highest:
            best, best_seen, highest, waited, since = search.asked, seen, reached, 0, 0
        else:
            waited, since = waited + 1, since + 1
        if waited == _PATIENCE:  # from the best again
            step, waited, seen, reached = step * _SMALLER, 0, best_seen, highest
            search.back_to(best)
        gain = step * (min(known, int(_FARTHEST * max(1, highest))) - reached)
        if since == _IN_VAIN or reached >= known or not search.go(seen, gain):
            break
    return best


class _Steps:
    def __init__(self, board: ExactBoard) -> None:
        self.asked = nothing_asked(board)
        self._board = board
        self._moving = nothing_asked(board)  # the direction, with what is left of earlier ones
        rooms = np.ones((len(board.order), len(board.takes)))
        for number, turn in enumerate(board.turns):
            if turn.may_use:
                rooms[turn.place] = np.maximum(rooms[turn.place], board.room[number])
        self._shares = board.takes[None, :, :] / rooms[:, :, None]  # place × resource × bit

    def back_to(self, asked: AskedPrices) -> None:
        """Go on from prices that were better, without what is left of earlier directions."""
        self.asked, self._moving = asked, nothing_asked(self._board)

    def go(self, seen: Outlook, gain: float) -> bool:
        """Go a step that promises so much; False where nothing is too full and nothing moves back."""
        moved = _cheapest(self._board, seen)
        waves = np.diff(moved, axis=0, prepend=0)
        full = np.einsum("prb,pb->pr", self._shares, waves) - 1.0
        back = np.zeros_like(self.asked.back)
        back[:-1] = moved[:-1] - moved[1:]
        back[:, : self._board.core] = 0.0  # the core never moves back
        full[(self.asked.room <= 0) & (full < 0)] = 0.0
        back[(self.asked.back <= 0) & (back < 0)] = 0.0
        size = float((full * full).sum() + (back * back).sum())
        if not size:
            return False
        self._moving = AskedPrices(full + _MOMENTUM * self._moving.room, back + _MOMENTUM * self._moving.back)
        far = gain / size
        self.asked = AskedPrices(
            np.maximum(0.0, self.asked.room + far * self._moving.room),
            np.maximum(0.0, self.asked.back + far * self._moving.back),
        )
        return True


def _cheapest(board: ExactBoard, seen: Outlook) -> Ints:
    """Place × bit: what has moved after each place, in the cheapest row of sets that the look-ahead sees."""
    from waveplan.engine.proofs.exact.set_kernel import FAR

    cuts = LeastCuts(board, seen.prices)
    cells = np.arange(1 << board.core)
    bits = np.arange(board.lots_count)
    moved = np.zeros((len(board.order), board.lots_count), np.int64)
    number, cell = 0, 0
    while number < len(board.turns) - 1:
        turn = board.turns[number]
        least, days, here = int(seen.ahead[number, cell]), board.days[turn.place], seen.cuts[turn.place]
        following = turn.skip
        if int(here[cell]) * days + int(seen.ahead[turn.skip, cell]) != least:
            following, then = turn.use, seen.ahead[turn.use]
            worth = here * days + then - int(seen.prices.offers[number])
            may = (cells & cell == cell) & (here < FAR) & (then < FAR) & (worth == least)
            cell = int(cells[may][-1])
        moved[turn.place] = cuts.side(turn.place, cell) >> bits & 1
        number = following
    return moved
