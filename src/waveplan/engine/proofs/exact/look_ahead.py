"""The look-ahead: for each turn and each part of the core that has moved, the least that can still come."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from waveplan.engine.proofs.exact.board import ExactBoard, Ints

_CHUNK = 1 << 20  # moved sets between two looks at whether to go on


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
    after, fits = np.zeros(1 << board.core, np.int64), np.zeros(1 << board.core, np.bool_)
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
            board.by_lot[turn.place],
            board.amounts,
            board.touch,
            board.weigh,
            after,
            fits,
            load,
        )
    return ahead


def _least_cuts(board: ExactBoard, going: Callable[[], bool]) -> Ints | None:
    from waveplan.engine.proofs.exact.kernel import FAR, least_cuts

    cuts = np.full((len(board.order), 1 << board.core), FAR, np.int64)
    pull, load = np.zeros(len(board.lots), np.int64), np.zeros(board.amounts.shape[1], np.uint64)
    last = 1 << board.joint
    for first in range(0, last, _CHUNK):
        if not going():
            return None
        least_cuts(
            cuts,
            first,
            min(last, first + _CHUNK),
            board.joint,
            board.amounts,
            board.near_joint,
            board.windows,
            board.bounds,
            board.loose,
            pull,
            load,
        )
    core = np.arange(1 << board.core)
    for bit in range(board.core):  # what has moved holds whatever comes before it
        before = int(board.by_lot[0, bit, 0]) & ((1 << board.core) - 1)
        cuts[:, ((core >> bit) & 1 == 1) & (core & before != before)] = FAR
    return cuts
