"""Batches of histories: what a worker is handed, and what it hands back. Nothing else passes between them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from waveplan.engine.simulation.playing import Scene, play_histories
from waveplan.simulation.sampling import Sampling, sample

Ints = NDArray[np.int64]


@dataclass(frozen=True)
class BatchTask:
    """One repeat of a sample. Its scene, which all repeats share, is handed over beside it."""

    sampling: Sampling
    runs: int
    seed: int
    repeat: int


@dataclass(frozen=True)
class BatchResult:
    """What became of each wave in each run of one repeat, and sums over its runs, as `engine.simulation` tells them."""

    repeat: int
    places: Ints  # run × unit: where it ended; -1: nowhere
    no_goes: Ints
    backs: Ints
    pushers: Ints
    causes: Ints  # cause × unit
    over: Ints  # by week of a team
    lacking: Ints

    @property
    def runs(self) -> int:
        """How many runs it has."""
        return len(self.places)


def run_batch(scene: Scene, task: BatchTask) -> BatchResult:
    """Play one repeat: the same scene and task give the same result on any worker."""
    numbers, keys = sample(task.sampling, task.runs, scene.draws, task.seed, task.repeat)
    played = play_histories(scene, numbers, keys)
    return BatchResult(
        task.repeat,
        played.places,
        played.no_goes,
        played.backs,
        played.pushers,
        played.causes,
        played.over,
        played.lacking,
    )
