"""A plan played with other random numbers than those that chose it, and what keeps its chance from being larger."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from waveplan.domain.simulated import Estimate
from waveplan.simulation.comparing import risks_of
from waveplan.simulation.dates import WatchedDate
from waveplan.simulation.estimates import share_of
from waveplan.simulation.robust.ground import RobustGround
from waveplan.simulation.robust.judging import Judge
from waveplan.simulation.sample import Sample
from waveplan.simulation.simulating import SampleSize
from waveplan.simulation.staging import Staging, staged

_FRESH = 2000  # runs
_OTHER_NUMBERS = 1_000_003  # what is added to the seed
_LONGEST = 300  # days by which dates may be thought later
_TIDY = 1e-9


@dataclass(frozen=True)
class InTheWay:
    """The risk without which the chance would be largest, and by how much later dates would do."""

    what: str | None  # gates, cutovers, effort, work, event, milestone; None: no risk by itself
    subject: str
    without: float  # the chance without it
    days: int | None  # later last dates that reach the target; None: none within most of a year
    slots: int  # usable slots in these days, after the last date


class Afresh:
    """One plan, played on numbers that nobody has looked at."""

    def __init__(self, ground: RobustGround, seed: int, stop: threading.Event) -> None:
        """`ground.plan` is what is played."""
        self._ground, self._seed, self._stop = ground, seed + _OTHER_NUMBERS, stop
        self._staging: Staging = staged(ground.plan, ground.inventory)
        self._dates: Sequence[WatchedDate] = ground.watched(self._staging)
        self._sample = Sample(self._staging.problem, SampleSize(_FRESH, self._seed), self._dates[0])

    @property
    def ready(self) -> bool:
        """Whether it can be played at all."""
        return self._sample.ready

    @cached_property
    def _late(self) -> list[NDArray[np.int64]]:
        """By repeat and run: days by which the latest date is late; 0 or less is in time."""
        day = self._staging.facts.day
        return [
            np.max([each.days(repeat.places) - day(each.limit) for each in self._dates if each.limit], axis=0)
            for repeat in self._sample.results
        ]

    def chance(self) -> Estimate:
        """The chance that the dates are kept."""
        return share_of([late <= 0 for late in self._late])

    def in_the_way(self, target: float) -> InTheWay:
        """What keeps it from a target."""
        judge = Judge(self._ground, self._seed)
        staging, worth = judge.staging(self._ground.start), 0.0
        what, subject = None, ""
        for without in risks_of(staging):
            if self._stop.is_set():
                break
            found = judge.chance(replace(staging, problem=without.problem))
            if found is not None and found > worth + _TIDY:
                worth, what, subject = found, without.what, without.subject
        days = self._days(target)
        return InTheWay(what, subject, worth, days, 0 if days is None else self._slots(days))

    def _days(self, target: float) -> int | None:
        late = np.sort(np.concatenate(self._late))
        days = int(late[min(len(late) - 1, int(np.ceil(target * len(late))) - 1)])
        return None if days > _LONGEST else max(0, days)

    def _slots(self, days: int) -> int:
        """Days after the latest of the last dates, so many, on which some lot could cut over."""
        problem = self._staging.problem.planning
        last = max(self._staging.facts.day(each.limit) for each in self._dates if each.limit)
        usable = {problem.positions[place].day for allowed in problem.allowed for place in allowed}
        return sum(last < day <= last + days for day in usable)
