"""Places where waves can be, and how near to each other they can come.

A place too many, or too near, only lowers the bound.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from waveplan.engine.problem import PlanningProblem
from waveplan.engine.problem.rhythm import StreamRules

Ints = NDArray[np.int64]
Allowed = Sequence[Sequence[int]]


@dataclass(frozen=True)
class Places:
    """Places in order of days: a position each, or several positions that share their room."""

    positions: tuple[tuple[int, ...], ...]  # by place
    first: Ints  # day
    last: Ints
    weeks: Ints
    gap: int = 0  # days between two waves, in the stage that asks for the fewest
    per_week: int | None = None  # waves in one week, in the stage that allows the most

    @cached_property
    def single(self) -> bool:
        """Whether each place is on one day."""
        return bool((self.first == self.last).all())

    @cached_property
    def free(self) -> bool:
        """Whether any set of places keeps gap and weeks."""
        in_week = np.unique(self.weeks, return_counts=True)[1]
        crowded = self.per_week is not None and bool((in_week > self.per_week).any())
        return not crowded and bool((np.diff(self.first) >= self.gap).all())

    def chain(self, numbers: Sequence[int], after: int | None) -> list[int]:
        """Days of waves that come as soon as they may, in a direction, after a wave on a day (None: no such wave).

        The n-th of them is no farther than the n-th of any plan's waves.
        """
        days: list[int] = []
        in_week: dict[int, int] = defaultdict(int)
        for number in numbers:
            day, week = int(self.first[number]), int(self.weeks[number])
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
        count = len(self.first)
        if self.free:
            steps = [int((self.first[n:] - self.last[:-n]).min()) for n in range(1, count)]
            return np.array([0, *steps], np.int64)
        least: list[int] = [0]
        for number in range(count):
            day = int(self.first[number])
            for steps_on, reached in enumerate(self.chain(range(number + 1, count), day), start=1):
                if steps_on == len(least):
                    least.append(reached - day)
                least[steps_on] = min(least[steps_on], reached - day)
        return np.array(least, np.int64)

    def around(self, position: int, day: int) -> list[int]:
        """Days from a position to waves around it, each as near as it may be, itself included; not in order."""
        count = len(self.first)
        here = next((number for number, held in enumerate(self.positions) if position in held), None)
        if here is None:
            start = int(np.searchsorted(self.first, day))
            later, earlier = self.chain(range(start, count), None), self.chain(range(start - 1, -1, -1), None)
        else:
            later, earlier = self.chain(range(here + 1, count), day), self.chain(range(here - 1, -1, -1), day)
        own = [] if here is None else [0]
        return [*own, *(reached - day for reached in later), *(day - reached for reached in earlier)]


def places_of(problem: PlanningProblem, allowed: Allowed) -> list[Places]:
    """By stream: the positions that some lot may use."""
    found = []
    for stream, rules in enumerate(problem.streams):
        lots = [lot for lot, its in enumerate(problem.lot_stream) if its == stream]
        found.append(_places(problem, rules, used_positions(problem, allowed, lots)))
    return found


def used_positions(problem: PlanningProblem, allowed: Allowed, lots: Sequence[int]) -> list[int]:
    """The positions that some of these lots may use, by day."""
    used = {position for lot in lots for position in allowed[lot]}
    return sorted(used, key=lambda position: (problem.positions[position].day, position))


def _places(problem: PlanningProblem, rules: StreamRules, used: Sequence[int]) -> Places:
    days = np.array([problem.positions[position].day for position in used], np.int64)
    weekly = [stage.max_waves_per_week for stage in rules.stages]
    kept = not rules.done  # waves that are done need not have kept them
    return Places(
        positions=tuple((position,) for position in used),
        first=days,
        last=days,
        weeks=np.array([problem.positions[position].week for position in used], np.int64),
        gap=min(stage.min_gap_days for stage in rules.stages) if kept else 0,
        per_week=None if None in weekly or not kept else max(most for most in weekly if most is not None),
    )
