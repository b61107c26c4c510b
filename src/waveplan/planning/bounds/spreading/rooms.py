"""Rooms: sums over the lots of one wave that have a limit, and the places where such waves can be.

Everything here may be taken too generously (a place more, a limit too high): the bound is lower then, and still holds.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from waveplan.domain.problem import PlanningProblem, UnionLimit, WaveLimit
from waveplan.planning.model.cadence import stage_limits

Ints = NDArray[np.int64]
_PARTS = 720_720  # into which an element's weight is cut: divides evenly among up to 16 lots


@dataclass(frozen=True)
class Places:
    """Where one stream's waves can be, in order, and how far from each other they must stay."""

    positions: tuple[int, ...]
    days: Ints
    weeks: Ints
    gap: int  # days between two waves, in the stage that asks for the fewest
    per_week: int | None  # waves in one week, in the stage that allows the most

    @cached_property
    def free(self) -> bool:
        """Whether any set of places keeps gap and weeks."""
        crowded = self.per_week is not None and bool((np.unique(self.weeks, return_counts=True)[1] > self.per_week).any())
        return not crowded and bool((np.diff(self.days) >= self.gap).all())

    def chain(self, numbers: Sequence[int], after: int | None) -> list[int]:
        """Days of waves that come as soon as they may, in a direction, after a wave on a day (None: no such wave).

        The n-th of them is no farther than the n-th of any plan's waves.
        """
        days: list[int] = []
        in_week: dict[int, int] = defaultdict(int)
        for number in numbers:
            day, week = int(self.days[number]), int(self.weeks[number])
            last = days[-1] if days else after
            if last is not None and abs(day - last) < self.gap:
                continue
            if self.per_week is not None and in_week[week] >= self.per_week:
                continue
            in_week[week] += 1
            days.append(day)
        return days

    @cached_property
    def spans(self) -> Ints:
        """By n: the fewest days from a wave to the n-th after it; ends where no plan has so many waves."""
        count = len(self.days)
        if self.free:
            return np.array([0, *(int((self.days[n:] - self.days[:-n]).min()) for n in range(1, count))], np.int64)
        least: list[int] = [0]
        for first in range(count):
            day = int(self.days[first])
            for steps, reached in enumerate(self.chain(range(first + 1, count), day), start=1):
                if steps == len(least):
                    least.append(reached - day)
                least[steps] = min(least[steps], reached - day)
        return np.array(least, np.int64)


@dataclass(frozen=True)
class Room:
    """Σ of the sizes in one wave ≤ limit, in every wave of a stream."""

    sizes: Ints  # by lot; 0 for lots of other streams
    limit: int
    places: Places


def places_of(problem: PlanningProblem, allowed: Sequence[Sequence[int]]) -> list[Places]:
    """By stream: the positions that some lot may use."""
    found = []
    for stream, rules in enumerate(problem.streams):
        used = sorted(
            {p for lot, positions in enumerate(allowed) if problem.lot_stream[lot] == stream for p in positions},
            key=lambda p: (problem.positions[p].day, p),
        )
        weekly = [stage.max_waves_per_week for stage in rules.stages]
        found.append(
            Places(
                tuple(used),
                np.array([problem.positions[p].day for p in used], np.int64),
                np.array([problem.positions[p].week for p in used], np.int64),
                min(stage.min_gap_days for stage in rules.stages),
                None if None in weekly else max(most for most in weekly if most is not None),
            )
        )
    return found


def rooms_of(problem: PlanningProblem, places: Sequence[Places]) -> list[Room]:
    """Every room that could make a difference."""
    return [room for room in _all_rooms(problem, places) if room.limit > 0 and room.sizes.max() <= room.limit]


def _all_rooms(problem: PlanningProblem, places: Sequence[Places]) -> Iterator[Room]:
    sums: dict[tuple[int, str], list[WaveLimit]] = defaultdict(list)
    for limit in problem.wave_limits:
        sums[limit.stream, limit.name].append(limit)
    for (stream, _), group in sums.items():
        most = max(stage_limits(group, len(problem.streams[stream].stages)))
        if sum(group[0].amounts.values()) > most:
            yield Room(_by_lot(problem, group[0].amounts), most, places[stream])
    unions: dict[tuple[int, str], list[UnionLimit]] = defaultdict(list)
    for union in problem.union_limits:
        unions[union.stream, union.name].append(union)
    for (stream, _), found in unions.items():
        room = _union_room(problem, found, places[stream])
        if room is not None:
            yield room


def _union_room(problem: PlanningProblem, group: Sequence[UnionLimit], places: Places) -> Room | None:
    """Elements counted once, as a sum: each lot brings its share of every element, as if all that touch it came too."""
    union = group[0]
    stages = len(problem.streams[union.stream].stages)
    limits: list[int | None] = [None] * stages
    for limit in group:
        for stage in range(stages) if limit.stage is None else (limit.stage,):
            known = limits[stage]
            limits[stage] = limit.limit if known is None else min(known, limit.limit)
    most = [limit for limit in limits if limit is not None]
    if len(most) < stages:
        return None
    touching: dict[int, int] = defaultdict(int)
    for elements in union.elements.values():
        for element in set(elements):
            touching[element] += 1
    shares = {
        lot: sum(union.weights[element] * _PARTS // touching[element] for element in set(elements))
        for lot, elements in union.elements.items()
    }
    room = Room(_by_lot(problem, shares), max(most) * _PARTS, places)
    return room if room.sizes.sum() > room.limit else None


def _by_lot(problem: PlanningProblem, amounts: object) -> Ints:
    sizes = np.zeros(len(problem.lots), np.int64)
    for lot, amount in dict(amounts).items():  # type: ignore[call-overload]
        sizes[lot] = amount
    return sizes
