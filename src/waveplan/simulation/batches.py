"""Batches of histories: what a worker is handed, and what it hands back. Nothing else passes between them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from waveplan.engine.simulation.playing import Scene, play_histories
from waveplan.engine.simulation.remembering import memory_for
from waveplan.executors import stop_here
from waveplan.simulation.sampling import Sampling, sample

Ints = NDArray[np.int64]
_AT_ONCE = 500  # runs between two looks at whether to stop
_BY_RUN = ("places", "no_goes", "backs", "pushers")
_OVER_RUNS = ("causes", "over", "lacking")


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
    """Play one repeat: the same scene and task give the same result on any worker.

    When the run that it belongs to is stopped, it ends early, with as many runs as it has by then.
    """
    numbers, keys = sample(task.sampling, task.runs, scene.draws, task.seed, task.repeat)
    memory = memory_for(scene.problem, scene.plan, scene.risks)
    parts = [play_histories(scene, numbers[:_AT_ONCE], keys[:_AT_ONCE], memory=memory)]
    for first in range(_AT_ONCE, task.runs, _AT_ONCE):
        if stop_here().is_set():
            break
        part = slice(first, first + _AT_ONCE)
        parts.append(play_histories(scene, numbers[part], keys[part], memory=memory))
    rows = (np.concatenate([getattr(each, name) for each in parts]) for name in _BY_RUN)
    sums = (np.sum([getattr(each, name) for each in parts], axis=0) for name in _OVER_RUNS)
    return BatchResult(task.repeat, *rows, *sums)
