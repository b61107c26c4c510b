"""Moved sets with the least value each was reached at."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
_SMALLEST = 1 << 12


class MovedSets:
    """A table of moved sets that grows; compiled code writes it."""

    def __init__(self) -> None:
        self.keys = np.full(_SMALLEST, -1, np.int64)
        self.values = np.zeros(_SMALLEST, np.int64)
        self.note = np.zeros(4, np.int64)

    def grow(self, least: int = 0) -> None:
        """Make room: twice as much, or for so many more."""
        from waveplan.engine.proofs.exact.kernel import COUNT, pour

        size = 2 * len(self.keys)
        while size < 2 * (self.note[COUNT] + least):
            size *= 2
        keys, values = np.full(size, -1, np.int64), np.zeros(size, np.int64)
        old = self.keys, self.values
        self.keys, self.values = keys, values
        self.note[COUNT] = 0
        pour(*old, keys, values, self.note)

    def entries(self) -> tuple[Ints, Ints]:
        """Sets and values, by set."""
        taken = self.keys != -1
        keys, values = self.keys[taken], self.values[taken]
        order = np.argsort(keys)
        return keys[order], values[order]


def first_sets() -> MovedSets:
    """Nothing has moved, at no cost."""
    sets = MovedSets()
    _put(sets, 0, 0)
    return sets


def _put(sets: MovedSets, moved: int, value: int) -> None:
    from waveplan.engine.proofs.exact.kernel import pour

    pour(np.array([moved]), np.array([value]), sets.keys, sets.values, sets.note)
