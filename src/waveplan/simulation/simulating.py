"""Many histories of one plan, in repeats of an evenly spread sample, until they are enough."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from waveplan.engine.simulation.playing import Scene, scene_of
from waveplan.engine.simulation.problem import RiskProblem
from waveplan.simulation.batches import BatchResult, BatchTask, Ints
from waveplan.simulation.dates import WatchedDate
from waveplan.simulation.estimates import Curve
from waveplan.simulation.players import Player
from waveplan.simulation.sampling import MOST_DRAWS, Sampling

REPEATS = 16
PRECISE_REPEATS = 8  # repeats before a precision is believed
_LEAST_SIZE = 10  # runs of a repeat, where fewer runs are asked for than that gives


@dataclass(frozen=True)
class SampleSize:
    """How much is drawn: runs at most, and the precision in days at which the P80 of the finish is good enough."""

    runs: int = 2000
    seed: int = 0
    sampling: Sampling = "sobol"
    precision: float | None = None

    @property
    def sizes(self) -> list[int]:
        """Runs of each repeat."""
        repeats = REPEATS if self.runs >= REPEATS * _LEAST_SIZE else max(1, min(REPEATS, self.runs // _LEAST_SIZE))
        return [self.runs // repeats + (number < self.runs % repeats) for number in range(repeats)]


Told = Callable[[int, int], None]  # runs so far, runs at most


def tasks_of(size: SampleSize, repeats: int | None = None) -> list[BatchTask]:
    """One task for each repeat, or for the first few of them."""
    sizes = size.sizes[:repeats]
    return [BatchTask(size.sampling, runs, size.seed, number) for number, runs in enumerate(sizes)]


def scene_for(problem: RiskProblem) -> Scene | None:
    """The scene of a plan; None when the plan breaks a rule as compiled code sees it."""
    return scene_of(problem, MOST_DRAWS)


def played(
    scene: Scene,
    size: SampleSize,
    finish: WatchedDate,
    *,
    stop: threading.Event,
    player: Player,
    told: Told = lambda done, most: None,
) -> list[BatchResult]:
    """Results of all repeats, fewer when the precision is reached, or when somebody says stop."""
    found: list[BatchResult] = []
    for result in player.play(scene, tasks_of(size), stop):
        found.append(result)
        told(sum(each.runs for each in found), size.runs)
        if size.precision is not None and len(found) >= PRECISE_REPEATS and _wide(found, finish) <= size.precision:
            break
    return found


def _wide(found: Sequence[BatchResult], finish: WatchedDate) -> float:
    return half_width([finish.days(each.places) for each in found])


def half_width(days: Sequence[Ints]) -> float:
    """Days by which the P80 may lie up or down, from days by repeat."""
    _, low, high = Curve(days).quantile(0.8)
    return (high - low) / 2


def with_risks(scene: Scene, problem: RiskProblem) -> Scene:
    """The same plan with other chances: the arrays of the plan are kept."""
    from waveplan.engine.simulation.arrays import risk_arrays

    return replace(scene, risks=risk_arrays(problem, min(problem.dimensions, MOST_DRAWS)))
