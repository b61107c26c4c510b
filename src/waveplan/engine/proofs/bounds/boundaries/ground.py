"""What boundaries between days ask: which lots surely lie on one side, how much volume each side can hold."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import gcd

import numpy as np
from numpy.typing import NDArray

from waveplan.engine.problem import PlanningProblem
from waveplan.engine.proofs.bounds.boundaries import kernel
from waveplan.engine.proofs.bounds.boundaries.opening import opening_order
from waveplan.engine.proofs.bounds.spreading.distances import Pair
from waveplan.engine.proofs.bounds.spreading.order_pairs import ordered_pairs, pairs_within
from waveplan.engine.proofs.bounds.spreading.parts import ties_within
from waveplan.engine.proofs.bounds.spreading.places import Places, places_of
from waveplan.engine.proofs.bounds.spreading.rooms import Room, rooms_in_waves

Ints = NDArray[np.int64]
MOST_LOTS, _MOST_DAYS, _MOST_VOLUME = 100, 40, 1_000
_MOST_ENTRIES = 300_000_000  # of all tables of one boundary


@dataclass(frozen=True)
class DayBoundary:
    """Between one day and the next."""

    days: int  # to the next
    sure: Ints  # by lot: 0 has not moved, 1 has moved, 2 either
    least: int  # volume that has moved
    most: int
    added: int  # volume that the next day can add


@dataclass(frozen=True)
class BoundaryGround:
    """Lots of some ties, as numbers of their own."""

    ties: list[tuple[int, int, int]]  # lot, lot, weight
    orders: list[Pair]  # first is never later than second
    sizes: Ints
    boundaries: list[DayBoundary]
    order: list[int]  # of lots: few are open at a time

    @property
    def step(self) -> int:
        """What coexistence is a multiple of."""
        return gcd(*(each.days for each in self.boundaries)) * gcd(*(weight for _, _, weight in self.ties))


def ground_of(
    problem: PlanningProblem, allowed: Sequence[Sequence[int]], ties: Mapping[Pair, int]
) -> BoundaryGround | None:
    """None where lots or days are too many, or no sum limits waves."""
    lots = sorted({lot for pair in ties for lot in pair})
    days = sorted({problem.positions[position].day for lot in lots for position in allowed[lot]})
    if not 2 <= len(lots) <= MOST_LOTS or not 2 <= len(days) <= _MOST_DAYS or not all(allowed):
        return None
    places = places_of(problem, allowed)
    room = _tightest(list(rooms_in_waves(problem, places)), lots)
    if room is None:
        return None
    unit = gcd(room.limit, *room.sizes[lots].tolist())
    sizes = room.sizes[lots] // unit
    total = int(sizes.sum())
    if total > _MOST_VOLUME:
        return None
    windows = [sorted(problem.positions[position].day for position in allowed[lot]) for lot in lots]
    found = [_boundary(windows, sizes, room.limit // unit, room.places, day, later) for day, later in pairwise(days)]
    inside, orders = ties_within(lots, ties), pairs_within(lots, ordered_pairs(problem, allowed, ties))
    order = opening_order(len(lots), [*((one, other) for one, other, _ in inside), *orders])
    ground = BoundaryGround(inside, orders, sizes, found, order)
    return (
        ground
        if tables_of(ground).entries * (1 + max(min(each.most, total - each.least) for each in found)) <= _MOST_ENTRIES
        else None
    )


def _tightest(rooms: Sequence[Room], lots: Sequence[int]) -> Room | None:
    """The room that these lots fill most often."""
    fitting = [room for room in rooms if room.matters]
    return max(fitting, key=lambda room: int(room.sizes[list(lots)].sum()) / room.limit, default=None)


def _boundary(
    windows: Sequence[Sequence[int]], sizes: Ints, limit: int, places: Places, day: int, later: int
) -> DayBoundary:
    """What can have moved by a day, for the waves until then and after it."""
    count = len(places.first)
    before = sum(1 for each in places.chain(range(count), None) if each <= day)
    after = sum(1 for each in places.chain(range(count - 1, -1, -1), None) if each > day)
    on_next = int(((places.first <= later) & (places.last >= later)).sum())
    sure = [1 if window[-1] <= day else 0 if window[0] > day else kernel.EITHER for window in windows]
    total = int(sizes.sum())
    return DayBoundary(
        days=later - day,
        sure=np.array(sure, np.int64),
        least=max(0, total - limit * after),
        most=min(total, limit * before),
        added=limit * on_next,
    )


@dataclass(frozen=True)
class CutTables:
    """What the exact search for a least cut takes; see `boundaries.kernel`."""

    near: Ints
    lots: Ints
    closing: Ints
    widest: int  # lots open at once
    closings: int  # states of all closings

    @property
    def entries(self) -> int:
        """States for one volume."""
        return self.closings + (2 << self.widest)


def tables_of(ground: BoundaryGround) -> CutTables:
    """By step: what the lot that is opened finds open, and who is closed after it."""
    near, closing, begins = _NearOpen(ground), [], [(0, 0)]
    entries: list[tuple[int, int, int]] = []
    open_lots: list[int] = []
    widest = closings = 0
    for step, lot in enumerate(ground.order):
        entries += [entry for place, other in enumerate(open_lots) for entry in near.entries(lot, other, place)]
        open_lots.append(lot)
        widest = max(widest, len(open_lots))
        for place in range(len(open_lots) - 1, -1, -1):
            if near.last[open_lots[place]] <= step:
                closing.append(place)
                del open_lots[place]
                closings += 1 << len(open_lots)
        begins.append((len(entries), len(closing)))
    count = len(ground.order)
    lots = np.zeros((kernel.SURE + 1, count + 1), np.int64)
    lots[kernel.LOT, :count] = ground.order
    lots[kernel.NEAR], lots[kernel.CLOSING] = np.array(begins, np.int64).T
    lots[kernel.SIZE, :count] = ground.sizes[ground.order]
    rows = np.array(entries, np.int64).reshape(len(entries), 3).T
    return CutTables(np.ascontiguousarray(rows), lots, np.array(closing, np.int64), widest, closings)


class _NearOpen:
    """What each lot has to do with others."""

    def __init__(self, ground: BoundaryGround) -> None:
        self._weight = {frozenset((one, other)): weight for one, other, weight in ground.ties}
        self._orders = set(ground.orders)
        place = {lot: step for step, lot in enumerate(ground.order)}
        self.last = [place[lot] for lot in range(len(place))]  # step after which a lot is not needed
        for pair in (*self._weight, *map(frozenset, ground.orders)):
            for lot in pair:
                self.last[lot] = max(self.last[lot], *(place[other] for other in pair))

    def entries(self, lot: int, other: int, place: int) -> list[tuple[int, int, int]]:
        """For one that is open at a place."""
        found = []
        if (weight := self._weight.get(frozenset((lot, other)), 0)) > 0:
            found.append((place, weight, kernel.TIED))
        if (other, lot) in self._orders:
            found.append((place, 0, kernel.OPEN_FIRST))
        if (lot, other) in self._orders:
            found.append((place, 0, kernel.OPEN_LAST))
        return found
