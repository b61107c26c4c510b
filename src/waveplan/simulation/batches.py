"""Batches of histories: what a worker is handed, and what it hands back. Nothing else passes between them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import CancelledError, Executor, Future
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from waveplan.engine.simulation.playing import Scene, play_histories
from waveplan.simulation.sampling import Sampling, sample

Ints = NDArray[np.int64]
Stopping = Callable[[], bool]


@dataclass(frozen=True)
class BatchTask:
    """One repeat of a sample, played on one scene. Whole numbers and arrays only, so that any worker can take it."""

    scene: Scene
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


def run_batch(task: BatchTask) -> BatchResult:
    """Play one repeat: the same task gives the same result on any worker."""
    numbers, keys = sample(task.sampling, task.runs, task.scene.draws, task.seed, task.repeat)
    played = play_histories(task.scene, numbers, keys)
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


def batches(
    tasks: Sequence[BatchTask], executor: Executor | None = None, stopped: Stopping = lambda: False
) -> Iterator[BatchResult]:
    """Results in the order of their tasks, whatever worker ends first; none after somebody has said stop."""
    if executor is None:
        for task in tasks:
            if stopped():
                return
            yield run_batch(task)
        return
    yield from _in_order([executor.submit(run_batch, task) for task in tasks], stopped)


def _in_order(futures: Iterable[Future[BatchResult]], stopped: Stopping) -> Iterator[BatchResult]:
    left = list(futures)
    while left:
        if stopped():
            for future in left:
                future.cancel()
            return
        try:
            found = left[0].result(timeout=0.2)
        except TimeoutError:
            continue
        except CancelledError:
            return
        left.pop(0)
        yield found
