"""Where repeats are played: here, by an executor, or not at all, since somebody else has played them already."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, field
from hashlib import sha256

import numpy as np

from waveplan.engine.simulation.playing import Scene
from waveplan.executors import in_order
from waveplan.simulation.batches import BatchResult, BatchTask, run_batch

Known = Mapping[tuple[str, BatchTask], BatchResult]
"""What repeats have come to, by the mark of their scene and by their task."""


@dataclass(frozen=True)
class PlayedRepeat:
    """A repeat of a scene, by its mark, and what it came to."""

    scene: str
    task: BatchTask
    result: BatchResult


@dataclass(frozen=True)
class Player:
    """Plays repeats of scenes, in their order; what is known is not played again."""

    executor: Executor | None = None
    known: Known = field(default_factory=dict)

    def play(self, scene: Scene, tasks: Sequence[BatchTask], stop: threading.Event) -> Iterator[BatchResult]:
        """What each task comes to; fewer when somebody says stop."""
        mark = scene_mark(scene) if self.known else ""
        left = [task for task in tasks if (mark, task) not in self.known]
        fresh = in_order(self.executor, run_batch, scene, left, stop)
        for task in tasks:
            result = self.known.get((mark, task)) or next(fresh, None)
            if result is None:
                return
            yield result


def scene_mark(scene: Scene) -> str:
    """By which a scene is known: of all that its histories depend on."""
    whole = sha256()
    for array in (scene.problem, scene.plan, scene.risks, scene.begun):
        whole.update(len(array).to_bytes(8, "big") + np.ascontiguousarray(array, "<i8").tobytes())
    return whole.hexdigest()
