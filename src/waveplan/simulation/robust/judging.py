"""The chance of a plan: histories on common random numbers, no more of them than it takes to see that it is worse."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

import numpy as np
from numpy.typing import NDArray

from waveplan.engine.simulation.layout import NEVER
from waveplan.engine.simulation.playing import play_histories, scene_of
from waveplan.simulation.robust.ground import Homes, RobustGround
from waveplan.simulation.robust.numbers import MOST_NAMED, CommonNumbers
from waveplan.simulation.staging import Staging

RUNS = 1024  # of a plan that is kept
_LOOKS = (64, 256, RUNS)  # after so many it is looked at whether more are worth while
_WORSE = 1.5  # standard errors by which a plan is behind that is given up
_LATER = 1e-3  # what it is worth that a run is lost on the last day and not on the first: between equals


@dataclass(frozen=True)
class PlayedPlan:
    """A plan, and in which runs it keeps its dates; how far the others come, from 0 to 1 on average."""

    homes: Homes
    kept: NDArray[np.bool_]
    far: float

    @property
    def chance(self) -> float:
        """The share of runs in which the dates are kept."""
        return float(self.kept.mean())

    @property
    def worth(self) -> float:
        """By which plans are compared."""
        return self.chance + _LATER * self.far


class Judge:
    """Plays plans of one ground on the same numbers."""

    def __init__(self, ground: RobustGround, seed: int, runs: int = RUNS) -> None:
        self._ground, self._full, self._numbers = ground, ground.in_full(), CommonNumbers(runs, seed)
        self._horizon = max(place.day for place in self._full.base.built.problem.positions) + 1
        self.played = 0

    def judged(self, homes: Homes, rival: PlayedPlan | None = None, allowance: float = 0.0) -> PlayedPlan | None:
        """What becomes of a plan; None when it breaks a rule, or falls behind a rival by more than an allowance.

        Histories that end soon after the deadline tell it cheaply of most plans that are behind. The others are played
        in full: with room after the deadline what slips may push others there, where without it it would go elsewhere.
        """
        self.played += 1
        if rival is not None and self._lost(self._ground, self._ground.staging(homes), rival, allowance) is None:
            return None
        lost = self._lost(self._full, self._full.staging(homes), rival, allowance)
        if lost is None:
            return None
        far = float(np.minimum(lost, self._horizon).mean()) / self._horizon
        return PlayedPlan(homes, lost >= NEVER, far)

    def staging(self, homes: Homes) -> Staging:
        """A plan ready to be played in full."""
        return self._full.staging(homes)

    def chance(self, staging: Staging) -> float | None:
        """The chance of a plan that is staged already, with other risks maybe."""
        lost = self._lost(self._full, staging, None, 0.0)
        return None if lost is None else float((lost >= NEVER).mean())

    def _lost(
        self, ground: RobustGround, staging: Staging, rival: PlayedPlan | None, allowance: float
    ) -> NDArray[np.int64] | None:
        """By run the day on which it was lost; NEVER where all dates are kept."""
        scene = scene_of(staging.problem, MOST_NAMED, ground.freely)
        if scene is None:
            return None
        fine = np.array([ground.fine[list(unit.lots)].min(axis=0) for unit in staging.problem.units], np.int8)
        sample, keys = self._numbers.of(staging), self._numbers.keys
        lost = np.empty(0, np.int64)
        for first, last in self._looks():
            found = play_histories(scene, sample[first:last], keys[first:last], fine=fine)
            lost = np.concatenate([lost, found.lost])
            if rival is not None and _is_behind(lost >= NEVER, rival.kept[:last], allowance):
                return None
        return lost

    def _looks(self) -> list[tuple[int, int]]:
        ends = [each for each in _LOOKS if each < self._numbers.runs] + [self._numbers.runs]
        return list(zip([0, *ends], ends, strict=False))


def _is_behind(mine: NDArray[np.bool_], other: NDArray[np.bool_], allowance: float) -> bool:
    """Whether a plan loses so many more runs than another that chance alone would hardly do it."""
    differing = int((mine != other).sum())
    behind = int(other.sum()) - int(mine.sum()) - allowance * len(mine)
    return behind > _WORSE * sqrt(differing + 1)
