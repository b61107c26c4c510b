"""Rooms: sums over the lots of one wave (or of a few that share a budget) that have a limit.

A limit too high only lowers the bound.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from waveplan.engine.problem import PlanningProblem
from waveplan.engine.problem.limits import UnionLimit, WaveLimit
from waveplan.engine.problem.stage_limits import stage_limits
from waveplan.engine.proofs.bounds.spreading.places import Places

Ints = NDArray[np.int64]
_PARTS = 720_720  # into which an element's weight is cut: divides evenly among up to 16 lots


@dataclass(frozen=True)
class Room:
    """Σ of the sizes in one place ≤ limit."""

    sizes: Ints  # by lot; 0 for lots that don't count
    limit: int  # of the place with the most room
    places: Places

    @property
    def matters(self) -> bool:
        """Whether it limits anything; a lot that fits nowhere is other rules' business."""
        return bool(self.sizes.sum() > self.limit and self.limit > 0 and self.sizes.max() <= self.limit)

    def needed(self, lots: Sequence[int]) -> int:
        """What these lots need together in one place."""
        return int(self.sizes[list(lots)].sum())

    def filled(self, order: Sequence[int]) -> Ints:
        """The most that the first, the first two, … places hold, in this order."""
        return np.arange(1, len(order) + 1, dtype=np.int64) * self.limit


@dataclass(frozen=True)
class UnionRoom(Room):
    """Σ of the weights of all elements touched ≤ limit; sizes are shares in them, so their sum is never more."""

    union: UnionLimit

    def needed(self, lots: Sequence[int]) -> int:
        """What these lots touch together."""
        touched = {element for lot in lots for element in self.union.elements.get(lot, ())}
        return _PARTS * sum(self.union.weights[element] for element in touched)


def rooms_in_waves(problem: PlanningProblem, places: Sequence[Places]) -> Iterator[Room]:
    """Limits on sums over one wave, and on what its lots touch together."""
    sums: dict[tuple[int, str], list[WaveLimit]] = defaultdict(list)
    for limit in problem.wave_limits:
        sums[limit.stream, limit.name].append(limit)
    for (stream, _), group in sums.items():
        most = max(stage_limits(group, len(problem.streams[stream].stages)))
        yield Room(by_lot(problem, group[0].amounts), most, places[stream])
    unions: dict[tuple[int, str], list[UnionLimit]] = defaultdict(list)
    for union in problem.union_limits:
        unions[union.stream, union.name].append(union)
    for (stream, _), found in unions.items():
        most = most_touched(found, len(problem.streams[stream].stages))
        yield UnionRoom(by_lot(problem, shares(found[0])[1]), most * _PARTS, places[stream], found[0])


def most_touched(group: Sequence[UnionLimit], stages: int) -> int:
    """The limit of the stage that allows the most; without one in some stage, all there is."""
    limits = [sum(group[0].weights)] * stages
    for union in group:
        for stage in range(stages) if union.stage is None else (union.stage,):
            limits[stage] = min(limits[stage], union.limit)
    return max(limits)


def shares(union: UnionLimit) -> tuple[int, dict[int, int]]:
    """Elements counted once, as a sum: each lot brings its share of every element, as if all that touch it came too.

    First into how many parts a weight is cut, then the parts by lot.
    """
    touching: dict[int, int] = defaultdict(int)
    for elements in union.elements.values():
        for element in set(elements):
            touching[element] += 1
    return _PARTS, {
        lot: sum(union.weights[element] * _PARTS // touching[element] for element in set(elements))
        for lot, elements in union.elements.items()
    }


def by_lot(problem: PlanningProblem, amounts: Mapping[int, int]) -> Ints:
    """Amounts as a row with an entry for every lot."""
    sizes = np.zeros(len(problem.lots), np.int64)
    for lot, amount in amounts.items():
        sizes[lot] = amount
    return sizes
