"""Back from everything moved to nothing: assignments in the order of their values."""

from __future__ import annotations

import heapq
from collections.abc import Iterator
from itertools import count, pairwise

import numpy as np

from waveplan.engine.proofs.exact.board import ExactBoard
from waveplan.engine.proofs.exact.sweep import Sweep

_Path = tuple[tuple[int, int], ...]  # turns, each with what has moved before it


def assignments(board: ExactBoard, sweep: Sweep) -> Iterator[tuple[int, dict[int, int]]]:
    """Every assignment under a complete sweep's limit with its value, the least first.

    The sweep knows the least value of every moved set, so a search that goes back from the end, best first, never
    goes astray. Whether a step keeps the limits is looked at when its turn comes.
    """
    tracer = _Tracer(board, sweep)
    serial = count()
    heap: list[tuple[int, int, int, int, _Path]] = []  # value, turn, serial number, cost from there on, path
    if sweep.found is not None:
        last = len(board.turns) - 1
        heap.append((sweep.found, last, next(serial), 0, ((last, board.everything),)))
    while heap:
        value, turn, _, after, path = heapq.heappop(heap)
        if len(path) > 1 and not tracer.is_step(path):
            continue
        if turn == 0:
            yield value, tracer.assignment(path)
            continue
        for total, earlier, before, cost in tracer.steps_to(turn, path[0][1], after):
            heapq.heappush(heap, (total, earlier, next(serial), cost, ((earlier, before), *path)))


class _Tracer:
    def __init__(self, board: ExactBoard, sweep: Sweep) -> None:
        self._board = board
        self._sweep = sweep
        self._words = [[int(word) for word in row] for row in board.amounts]

    def assignment(self, path: _Path) -> dict[int, int]:
        """Lots to positions."""
        board = self._board
        found = {}
        for (turn, before), (_, after) in pairwise(path):
            position = board.order[board.turns[turn].place] if after != before else -1
            found.update({board.lots[bit]: position for bit in _bits(after ^ before)})
        return dict(sorted(found.items()))

    def steps_to(self, turn: int, moved: int, after: int) -> Iterator[tuple[int, int, int, int]]:
        """Ways to have come to a moved set at a turn: total, turn before, moved set before, cost from there on."""
        board = self._board
        cut = self._cut(moved)
        for earlier, (states, values) in sorted(self._sweep.layers.items()):
            before = board.turns[earlier]
            if turn in (before.skip, before.use):
                cost = after + board.days[before.place] * cut
                fine = (states & ~moved == 0) & (values + cost < self._sweep.limit)
                for state, value in zip(states[fine].tolist(), values[fine].tolist(), strict=True):
                    yield value + cost, earlier, state, cost

    def is_step(self, path: _Path) -> bool:
        """Whether the first step of a path keeps every limit that the sweep knows."""
        (turn, before), (following, after) = path[:2]
        this = self._board.turns[turn]
        if before == after:
            return this.skip == following and int(self._board.waiting[turn]) & ~before == 0
        return this.may_use and this.use == following and self._is_wave(turn, before, after)

    def _cut(self, moved: int) -> int:
        near, last = self._board.near, self._board.near.shape[1] - 1
        total = 0
        for bit in _bits(moved):
            inside = sum(int(near[bit, chunk, (moved >> (8 * chunk)) & 255]) for chunk in range(last))
            total += int(near[bit, last, 0]) - inside
        return total

    def _is_wave(self, turn: int, before: int, after: int) -> bool:
        board = self._board
        lots, place = after ^ before, board.turns[turn].place
        candidates, forced, *unions = (int(value) for value in board.masks[turn])
        if lots & ~candidates or forced & ~after:
            return False
        for bit in _bits(lots):
            together, strictly, never = (int(value) for value in board.by_lot[place, bit])
            if together & ~after or strictly & ~before or never & lots:
                return False
        if any(self._weight(number, lots) > limit for number, limit in enumerate(unions)):
            return False
        return self._has_room(turn, before, lots)

    def _has_room(self, turn: int, before: int, lots: int) -> bool:
        row = [int(word) for word in self._board.rows[turn]]
        words = len(self._words[0])
        for word in range(words):
            guard = self._words[-1][word]
            taken = sum(self._words[bit][word] for bit in _bits(lots))
            moved = taken + sum(self._words[bit][word] for bit in _bits(before))
            spare = (row[word] - taken, moved - row[words + word], row[2 * words + word] - moved)
            if any(left & guard != guard for left in spare):
                return False
        return True

    def _weight(self, union: int, lots: int) -> int:
        mask = int(np.bitwise_or.reduce(self._board.touch[union, list(_bits(lots))]))
        return sum(int(self._board.weigh[union, element]) for element in _bits(mask))


def _bits(mask: int) -> Iterator[int]:
    while mask:
        low = mask & -mask
        yield low.bit_length() - 1
        mask ^= low
