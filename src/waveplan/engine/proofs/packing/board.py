"""One stream's packing as tables, and between which waves each lot must be when there are only so many."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from waveplan.engine.proofs.packing.columns import columns_of
from waveplan.engine.proofs.packing.orders import closure_of, matrix
from waveplan.engine.proofs.packing.relaxation import Loads

Ints = NDArray[np.int64]
Table = NDArray[np.bool_]


@dataclass(frozen=True)
class WaveWindows:
    """By lot: its first and last wave, of so many."""

    waves: int
    first: Ints
    last: Ints


class PackingBoard:
    """Amounts, limits and all that follows from orders, for both directions."""

    def __init__(self, loads: Loads) -> None:
        self.loads = loads
        self.size = len(loads.lots)
        self.amounts, self._limits = columns_of(loads)
        closure = closure_of(loads)
        self.after: Table = matrix(closure.after)
        self.strictly: Table = matrix(closure.strictly)
        self.earliest = np.array(
            [max(least, waves[0] if waves else 1) for least, waves in zip(loads.earliest, loads.waves, strict=True)],
            np.int64,
        )
        self.timed = any(waves is not None for waves in loads.waves)
        unions = [list(union.limits) for union in loads.unions]
        self._unions = np.array(unions, np.int64).reshape(len(unions), len(loads.stages)).T
        self._touching = np.array(
            [sum(union.weights[each] for each in {e for its in union.touched for e in its}) for union in loads.unions],
            np.int64,
        )

    @property
    def even(self) -> bool:
        """Whether all waves are alike for all lots."""
        limits = np.concatenate([self._limits, self._unions], 1)
        return bool((limits == limits[0]).all()) and bool((self.earliest == 1).all()) and not self.timed

    def may(self, waves: int) -> Table:
        """Lot × wave: whether it may be in it, orders and limits aside."""
        table = np.ones((self.size, waves), np.bool_)
        if self.timed:
            for lot, only in enumerate(self.loads.waves):
                if only is not None:
                    table[lot] = False
                    table[lot, [wave - 1 for wave in only if wave <= waves]] = True
        return table

    def rooms(self, waves: int) -> tuple[Ints, Ints]:
        """By wave: the limit of every column, and of every union."""
        stages = self.loads.stages_of(waves)
        return self._limits[stages], self._unions[stages]

    def by_sums(self, most: int) -> int:
        """The least number of waves with room for all sums; at most so many."""
        rooms, unions = self.rooms(most)
        enough = (np.cumsum(rooms, 0) >= self.amounts.sum(0)).all(1)
        enough &= (np.cumsum(unions, 0) >= self._touching).all(1)
        return int(np.argmax(enough)) + 1 if enough.any() else most

    def windows(self, waves: int) -> WaveWindows | None:
        """The first and last wave of each lot; None if it is plain that so few waves are too few."""
        rooms, unions = self.rooms(waves)
        if (self.amounts.sum(0) > rooms.sum(0)).any() or (self._touching > unions.sum(0)).any():
            return None
        may = self.may(waves)
        first = _heads(self.amounts, rooms, self.after, self.strictly, self.earliest, may)
        if (first > waves).any():
            return None
        anywhere = np.ones(self.size, np.int64)
        last = waves + 1 - _heads(self.amounts, rooms[::-1], self.after.T, self.strictly.T, anywhere, may[:, ::-1])
        if (first > last).any() or _overfull(self.amounts, rooms, first, last):
            return None
        return WaveWindows(waves, first, last)


def _heads(amounts: Ints, rooms: Ints, after: Table, strictly: Table, earliest: Ints, may: Table) -> Ints:
    """By lot: the first wave that orders and room leave it; more than there are waves if there is none.

    For each wave, all that must come before the lot and not before that wave needs room from there on, the lot too.
    """
    waves, columns = rooms.shape
    prefix = np.concatenate([np.zeros((1, columns), np.int64), np.cumsum(rooms, 0)])
    found = earliest.copy()
    for lot in np.argsort(after.sum(0), kind="stable").tolist():  # what has fewest before it comes first
        before = np.flatnonzero(after[:, lot])
        if len(before):
            least = found[before]
            found[lot] = max(found[lot], int((least + strictly[before, lot]).max()))
            if found[lot] > waves:
                continue
            order = np.argsort(-least, kind="stable")
            sums = np.cumsum(amounts[before[order]], 0) + prefix[least[order] - 1]
            needed = amounts[lot] + (sums.max(0) if columns else 0)
            for column in range(columns):
                end = int(np.searchsorted(prefix[:, column], needed[column]))
                found[lot] = max(found[lot], end)
        if found[lot] <= waves:
            fitting = (rooms[found[lot] - 1 :] >= amounts[lot]).all(1) & may[lot, found[lot] - 1 :]
            found[lot] = found[lot] + int(np.argmax(fitting)) if fitting.any() else waves + 1
    return found


def _overfull(amounts: Ints, rooms: Ints, first: Ints, last: Ints) -> bool:
    """Whether some waves in a row have not enough room for what must be in them."""
    waves, columns = rooms.shape
    prefix = np.concatenate([np.zeros((1, columns), np.int64), np.cumsum(rooms, 0)])
    for column in range(columns):
        ending = np.zeros((waves + 1, waves + 1), np.int64)
        np.add.at(ending, (first, last), amounts[:, column])
        inside = np.cumsum(np.cumsum(ending[::-1], 0)[::-1], 1)  # from a first wave on, up to a last
        room = prefix[:, column][None, :] - np.concatenate([[0], prefix[:-1, column]])[:, None]
        held = np.triu(np.ones_like(room, np.bool_))
        if bool(((inside > room) & held)[1:].any()):
            return True
    return False
