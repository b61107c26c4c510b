"""The look-ahead: for each turn and each part of the core that has moved, the least that can still come."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from waveplan.engine.proofs.exact.board import ExactBoard, Ints
from waveplan.engine.proofs.exact.least import LeastCuts
from waveplan.engine.proofs.exact.prices import Prices


@dataclass(frozen=True)
class Outlook:
    """What is seen: a moved set costs at least what is ahead of it, and what is asked of it there."""

    ahead: Ints  # turn × core
    cuts: Ints  # place × core
    prices: Prices


def outlook(board: ExactBoard, prices: Prices, going: Callable[[], bool]) -> Outlook | None:
    """By turn and core: a bound on what all days from there on cost; None when there was no time for it.

    It is the proof itself on the core alone. The lots beyond the core take no room in its waves, but for what prices
    ask, and cut, at each boundary, wherever that is cheapest there; at each boundary all lots still keep to the sums
    there are.
    """
    from waveplan.engine.proofs.exact.kernel import look_ahead
    from waveplan.engine.proofs.exact.set_kernel import FAR

    cuts = LeastCuts(board, prices).table(going)
    if cuts is None:
        return None
    ahead = np.full((len(board.turns), 1 << board.core), FAR, np.int64)
    ahead[-1, -1] = -int(prices.asks[-1].sum())
    after = np.zeros(1 << board.core, np.int64)
    fits, stands = np.zeros(1 << board.core, np.bool_), np.zeros(1 << board.core, np.bool_)
    load = np.zeros(board.amounts.shape[1], np.uint64)
    for number in range(len(board.turns) - 2, -1, -1):
        if not going():
            return None
        turn = board.turns[number]
        look_ahead(
            ahead,
            number,
            turn.skip,
            turn.use,
            cuts[turn.place],
            board.days[turn.place],
            int(prices.offers[number]),
            board.rows[number],
            board.masks[number],
            board.spans[turn.place],
            board.span_bounds[turn.place],
            board.by_lot[turn.place],
            board.amounts,
            board.touch,
            board.weigh,
            after,
            fits,
            stands,
            load,
        )
    return Outlook(ahead, cuts, prices)
