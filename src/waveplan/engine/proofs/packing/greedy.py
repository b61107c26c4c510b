"""A first packing in a moment: wave after wave, each filled with what is ready, the most needed first."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from waveplan.engine.proofs.packing.board import PackingBoard

Packing = tuple[tuple[int, ...], ...]  # the board's lots, wave by wave


def packed(board: PackingBoard) -> Packing | None:
    """The better of two packings: by all that waits for a lot, and by its own size; None when neither ends."""
    sums = len(board.loads.resources)
    limits = np.maximum(1, board.rooms(len(board.loads.stages))[0][-1, :sums])
    size = (board.amounts[:, :sums] / limits).max(1) if sums else np.zeros(board.size)
    weight = size + board.after @ size
    found = [_fill(board, np.lexsort((np.arange(board.size), -each)).tolist()) for each in (weight, size)]
    return min((packing for packing in found if packing is not None), key=len, default=None)


def horizon(board: PackingBoard) -> int:
    """So many waves are enough, empty ones counted, if the lots can be packed at all."""
    loads = board.loads
    if board.timed:
        return len(loads.stages)
    return len(loads.lots) + max(loads.earliest, default=0) + sum(waves or 0 for waves in loads.stages)


def _fill(board: PackingBoard, order: Sequence[int]) -> Packing | None:
    loads = board.loads
    follow: list[list[tuple[int, bool]]] = [[] for _ in loads.lots]
    waits = [0] * len(loads.lots)
    for first, second, strict in loads.orders:
        follow[first].append((second, strict))
        waits[second] += 1
    found: list[tuple[int, ...]] = []
    left = list(order)
    stages = loads.stages_of(horizon(board))
    may = board.may(len(stages))
    while left and len(found) < len(stages):
        wave = _Wave(board, stages[len(found)])
        later: list[int] = []
        added = True
        while added:  # what waited for a lot of this wave may still join it
            added = False
            for lot in left:
                ready = waits[lot] == 0 and loads.earliest[lot] <= len(found) + 1 and may[lot, len(found)]
                if ready and lot not in wave.lots and wave.takes(lot):
                    added = True
                    for second, strict in follow[lot]:
                        if strict:
                            later.append(second)
                        else:
                            waits[second] -= 1
        for second in later:
            waits[second] -= 1
        left = [lot for lot in left if lot not in wave.lots]
        found.append(tuple(sorted(wave.lots)))
    return None if left else tuple(found)


class _Wave:
    """What one wave holds so far."""

    def __init__(self, board: PackingBoard, stage: int) -> None:
        loads = board.loads
        self.lots: set[int] = set()
        self._room = [resource.limits[stage] for resource in loads.resources]
        self._resources = loads.resources
        self._unions = [(union, union.limits[stage], set[int]()) for union in loads.unions]
        self._apart: set[int] = set()
        self._pairs = loads.apart

    def takes(self, lot: int) -> bool:
        """Put a lot in, if it fits."""
        amounts = [resource.amounts[lot] for resource in self._resources]
        if lot in self._apart or any(amount > room for amount, room in zip(amounts, self._room, strict=True)):
            return False
        for union, limit, touched in self._unions:
            if sum(union.weights[each] for each in touched.union(union.touched[lot])) > limit:
                return False
        self.lots.add(lot)
        self._room = [room - amount for amount, room in zip(amounts, self._room, strict=True)]
        for union, _, touched in self._unions:
            touched.update(union.touched[lot])
        self._apart.update(other for pair in self._pairs if lot in pair for other in pair if other != lot)
        return True
