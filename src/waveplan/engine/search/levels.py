"""Tables by position that orders share, each written once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from waveplan.engine.problem import orders
from waveplan.engine.search import layout as at
from waveplan.engine.search.tables import Ints


class Levels:
    """Rows of levels by position, one for all orders that share a table."""

    def __init__(self, positions: int) -> None:
        self.rows: list[Ints] = []
        self._positions = positions
        self._known: dict[int, int] = {}

    def row(self, levels: Mapping[int, int]) -> int:
        """The row of a table; it must live as long as this."""
        row = self._known.setdefault(id(levels), len(self.rows))
        if row == len(self.rows):
            found = np.zeros(self._positions, np.int64)
            found[list(levels)] = list(levels.values())
            self.rows.append(found)
        return row


class Clashes:
    """Blocks of rows, one row for each position, of positions that will not do."""

    def __init__(self, positions: int) -> None:
        self.rows: list[Sequence[int]] = []
        self._positions = positions
        self._known: dict[int, int] = {}

    def row(self, clashes: orders.Clashes) -> int:
        """The first row of a table's block, or `NOWHERE` for one that says nothing."""
        if not clashes:
            return at.NOWHERE
        row = self._known.setdefault(id(clashes), len(self.rows))
        if row == len(self.rows):
            self.rows += [clashes.get(position, ()) for position in range(self._positions)]
        return row
