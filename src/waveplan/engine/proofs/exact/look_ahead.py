"""The look-ahead: for each turn and each part of the core that has moved, the least that can still come."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from waveplan.engine.proofs.exact.beyond import cuts_inside
from waveplan.engine.proofs.exact.board import ExactBoard, Ints

_CHUNK = 1 << 10  # sets of the core between two looks at whether to go on


def outlook(board: ExactBoard, going: Callable[[], bool]) -> Ints | None:
    """By turn and core: a bound on what all days from there on cost; None when there was no time for it.

    It is the proof itself on the core alone. The lots beyond the core take no room in its waves and cut, at each
    boundary, wherever that is cheapest there; at each boundary all lots still keep to the sums there are.
    """
    from waveplan.engine.proofs.exact.kernel import FAR, look_ahead

    cuts = _least_cuts(board, going)
    if cuts is None:
        return None
    ahead = np.full((len(board.turns), 1 << board.core), FAR, np.int64)
    ahead[-1, -1] = 0
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
    return ahead


def _least_cuts(board: ExactBoard, going: Callable[[], bool]) -> Ints | None:
    from waveplan.engine.proofs.exact.cut_kernel import DEPTHS, least_cuts
    from waveplan.engine.proofs.exact.kernel import FAR

    beyond, count = board.beyond, len(board.beyond.bits)
    before = [int(needed) for needed in board.by_lot[0, :, 0]]
    cuts = np.tile(cuts_inside(board.weights, before, board.core, FAR), (len(board.order), 1))
    pull, track = np.zeros((count + 1, 2, count), np.int64), np.zeros((4, count + 1), np.int64)
    loads = np.zeros((2 * DEPTHS, board.amounts.shape[1]), np.uint64)
    loads[DEPTHS : DEPTHS + count + 1] = beyond.rest
    for first in range(0, 1 << board.core, _CHUNK):
        if not going():
            return None
        least_cuts(
            cuts,
            first,
            min(1 << board.core, first + _CHUNK),
            beyond.joint,
            beyond.bits,
            beyond.ties,
            beyond.before,
            board.amounts,
            board.windows,
            board.bounds,
            pull,
            loads,
            track,
        )
    return cuts
