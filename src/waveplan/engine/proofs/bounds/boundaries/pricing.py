"""Least cuts of all boundaries under prices: exactly, or cheap ones by annealing."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from waveplan.engine.proofs.bounds.boundaries import kernel
from waveplan.engine.proofs.bounds.boundaries.ground import BoundaryGround, DayBoundary, tables_of
from waveplan.engine.proofs.bounds.boundaries.master import CutMaster
from waveplan.engine.running.halting import flag_of

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
_SCALE = 1_024  # of prices in whole numbers
_HIGHEST = 1 << 40  # of a price: sums of them are far below what a number holds
_TRIALS = 12_000  # of one annealing
_HEATS = (4.0, 12.0, 8.0)  # in weights of ties
_NEW = 0.4  # share of the last prices in those that are tried
_ENTRY, _TRIAL, _PROGRAMME = 5e-9, 1.5e-7, 0.05  # units of work


@dataclass(frozen=True)
class CutLook:
    """What came of one programme and of annealing under its prices."""

    value: float  # what the sets cost that were known
    annealed: float  # what prices and cheap sets say; no bound
    new: int  # sets


class Boundaries:
    """All boundaries of one ground."""

    def __init__(self, ground: BoundaryGround, stop: threading.Event) -> None:
        self._ground = ground
        self._halt = flag_of(stop)
        self._tables = tables_of(ground)
        self._master = CutMaster(ground)
        self._caps = [each.added for each in ground.boundaries[:-1]]
        self._flat = [_smaller(each, int(ground.sizes.sum())) for each in ground.boundaries]
        widths = [each.most + 1 for each, _ in self._flat]
        self._costs = np.zeros((2, (1 << self._tables.widest) * max(1, *widths)), np.int64)
        self._ways = np.zeros(self._tables.closings * max(1, *widths) + 1, np.uint8)
        self._weights = np.zeros((len(ground.sizes), len(ground.sizes)))
        for one, other, weight in ground.ties:
            self._weights[one, other] = self._weights[other, one] = weight
        self._orders = np.array(ground.orders, np.int64).reshape(len(ground.orders), 2)
        self._chance = np.array([88_172_645_463_325_252], np.int64)
        self._prices = self._master.free()
        self.exact_cost = _ENTRY * self._tables.entries * sum(widths)
        self.cost = _PROGRAMME + _TRIAL * _TRIALS * len(_HEATS) * len(widths)

    def begin(self) -> None:
        """Sets along the order of lots, from both ends; where none keeps all that a boundary asks, the least cut."""
        for number, boundary in enumerate(self._ground.boundaries):
            found = [_along(order, self._ground, boundary) for order in (self._ground.order, self._ground.order[::-1])]
            for moved in found:
                if moved is not None:
                    self._master.add(number, moved)
            if not any(moved is not None for moved in found):
                moved = np.zeros(len(self._ground.sizes), np.int64)
                self._least(number, np.zeros(len(moved), np.int64), moved)
                self._master.add(number, moved)

    def exactly(self) -> int:
        """What is proven with the prices tried last; sets that cost least are kept."""
        nested, added = (
            np.minimum(np.rint(each * _SCALE), _HIGHEST).astype(np.int64)
            for each in (self._prices.nested, self._prices.added)
        )
        total = -sum(price * cap for price, cap in zip(added.tolist(), self._caps, strict=True))
        for number in range(len(self._ground.boundaries)):
            moved = np.zeros(len(self._ground.sizes), np.int64)
            cost = self._least(number, np.asarray(self._of_lots(number, nested, added), np.int64), moved)
            if cost is None:  # halted, or there is no such set
                return 0
            self._master.add(number, moved)
            total += cost
        step = self._ground.step
        return int(max(0, -(-total // (_SCALE * step))) * step)

    def improve(self) -> CutLook | None:
        """Ask for prices, and look for cheap sets by annealing; None where there is no programme."""
        found = self._master.solve()
        if found is None:
            return None
        self._prices = prices = self._prices.toward(found.prices, _NEW)
        total, new = -float(prices.added @ np.array(self._caps, np.float64)), 0
        for number, boundary in enumerate(self._ground.boundaries):
            price = np.asarray(self._of_lots(number, prices.nested, prices.added), np.float64)
            costs = []
            for heat in _HEATS:
                cost, best = self._annealed(boundary, price, heat, found.most[number])
                costs.append(cost)
                new += self._master.add(number, best)
            total += min(costs)
        return CutLook(found.value, total, new)

    def _annealed(self, boundary: DayBoundary, price: Floats, heat: float, start: Ints) -> tuple[float, Ints]:
        moved, best = start.copy(), start.copy()
        cost = kernel.anneal(
            self._weights * boundary.days,
            self._orders,
            self._ground.sizes,
            boundary.sure,
            price,
            np.array([boundary.least, boundary.most, _TRIALS], np.int64),
            heat * boundary.days,
            self._chance,
            moved,
            best,
        )
        return float(cost), best

    def _of_lots(self, number: int, nested: NDArray[Any], added: NDArray[Any]) -> NDArray[Any]:
        """By lot, what it costs to have moved by a boundary: its price until the next, less the one before."""
        price = np.zeros(len(self._ground.sizes), nested.dtype)
        if number < len(added):
            price += nested[number] - added[number] * self._ground.sizes
        if number > 0:
            price -= nested[number - 1] - added[number - 1] * self._ground.sizes
        return price

    def _least(self, number: int, price: Ints, moved: Ints) -> int | None:
        """The least cut of one boundary in whole numbers, looked for on the side that has the smaller volume."""
        boundary, turned = self._flat[number]
        if boundary.least > boundary.most:
            return None
        lots, near = self._tables.lots.copy(), self._tables.near.copy()
        lots[kernel.SURE, : len(moved)] = boundary.sure
        near[kernel.WEIGHT] *= boundary.days * _SCALE
        if turned:
            kinds = near[kernel.KIND]
            near[kernel.KIND] = np.where(kinds == kernel.TIED, kinds, kernel.OPEN_FIRST + kernel.OPEN_LAST - kinds)
        sign = -1 if turned else 1
        ends = np.array([boundary.least, boundary.most], np.int64)
        found = int(
            kernel.least_cut(
                lots, near, self._tables.closing, sign * price, self._costs, self._ways, ends, moved, self._halt
            )
        )
        if turned:
            moved[:] = 1 - moved
        if abs(found) >= kernel.FAR:
            return None
        return found + (int(price.sum()) if turned else 0)


def _smaller(boundary: DayBoundary, total: int) -> tuple[DayBoundary, bool]:
    """A boundary as it is, or with what has not moved in place of what has, whichever is less; whether it is turned."""
    if total - boundary.least >= boundary.most:
        return boundary, False
    sure = np.where(boundary.sure == kernel.EITHER, kernel.EITHER, 1 - boundary.sure)
    return replace(boundary, sure=sure, least=total - boundary.most, most=total - boundary.least), True


def _along(order: Sequence[int], ground: BoundaryGround, boundary: DayBoundary) -> Ints | None:
    """Lots in an order, each after all that is never later, up to about the middle of what may have moved."""
    moved = (boundary.sure == 1).astype(np.int64)
    target = (boundary.least + boundary.most) // 2
    left = [lot for lot in order if boundary.sure[lot] == kernel.EITHER]
    for _ in range(len(left)):
        volume = int(moved @ ground.sizes)
        after = {second for first, second in ground.orders if not moved[first]}
        fit = (lot for lot in left if not moved[lot] and lot not in after and volume + ground.sizes[lot] <= target)
        chosen = next(fit, None)
        if chosen is None:
            break
        moved[chosen] = 1
    kept = all(moved[first] >= moved[second] for first, second in ground.orders)
    return moved if kept and boundary.least <= int(moved @ ground.sizes) <= boundary.most else None
