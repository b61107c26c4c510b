"""Batches of replanned histories: a few runs of one repeat; a worker keeps what it has replanned for the next batch."""

from __future__ import annotations

import hashlib
import pickle
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

import numpy as np
from numpy.typing import NDArray

from waveplan.domain.actuals import Actuals
from waveplan.domain.inventory import Inventory
from waveplan.domain.plan import Plan
from waveplan.engine.simulation import layout as by
from waveplan.executors import stop_here
from waveplan.simulation.batches import BatchResult
from waveplan.simulation.repair.playing import RepairedHistory, RepairPlayer
from waveplan.simulation.sampling import Ints, Sampling, sample
from waveplan.simulation.simulating import SampleSize
from waveplan.simulation.staging import KnownSoFar

_RUNS = 4  # of a batch: some seconds of work


@dataclass(frozen=True)
class RepairScene:
    """All that replanned histories start from."""

    inventory: Inventory
    plan: Plan
    known: KnownSoFar
    actuals: Actuals
    draws: int

    @cached_property
    def token(self) -> str:
        """What tells it from others in a worker."""
        parts = (self.inventory, self.plan, self.known, self.actuals)
        return hashlib.blake2b(pickle.dumps(parts), digest_size=16).hexdigest()


@dataclass(frozen=True)
class RepairTask:
    """Some runs of one repeat of a sample."""

    sampling: Sampling
    runs: int  # of the repeat
    seed: int
    repeat: int
    first: int
    count: int


@dataclass(frozen=True)
class RepairResult:
    """What became of some runs of a repeat: by wave of the plan and by lot, and what replanning had to give up."""

    waves: BatchResult  # a wave is where the last of its lots is
    lots: Ints  # run × lot: where it ended; -1: nowhere
    slips: Ints  # by run
    short: NDArray[np.bool_]
    lost: NDArray[np.bool_]
    unproven: NDArray[np.bool_]  # that no plan keeps all last dates any more

    @property
    def runs(self) -> int:
        """How many runs it has."""
        return len(self.lots)


@dataclass(frozen=True)
class PlayedRepair:
    """A task, and what it came to."""

    task: RepairTask
    result: RepairResult


def repair_tasks(size: SampleSize) -> list[RepairTask]:
    """All runs of all repeats, some to a task."""
    return [
        RepairTask(size.sampling, runs, size.seed, repeat, first, min(_RUNS, runs - first))
        for repeat, runs in enumerate(size.sizes)
        for first in range(0, runs, _RUNS)
    ]


_player: dict[str, RepairPlayer] = {}  # of the scene that this process was last asked about


def run_repair_batch(scene: RepairScene, task: RepairTask) -> RepairResult:
    """Play some runs, fewer when all is to stop; the same scene and task give the same on any worker."""
    if scene.token not in _player:
        _player.clear()
        _player[scene.token] = RepairPlayer(scene.inventory, scene.plan, scene.known, scene.actuals)
    player, stop = _player[scene.token], stop_here()
    rows, keys = sample(task.sampling, task.runs, scene.draws, task.seed, task.repeat)
    found: list[RepairedHistory] = []
    for run in range(task.first, task.first + task.count):
        if stop.is_set():
            break
        found.append(player.play(rows[run], int(keys[run])))
    return _told(player, task.repeat, found)


def _told(player: RepairPlayer, repeat: int, found: Sequence[RepairedHistory]) -> RepairResult:
    units, days = len(player.first.waves), [place.day for place in player.first.problem.planning.positions]
    lots = np.array([each.places for each in found], np.int64).reshape(len(found), -1)
    counts = np.zeros((2, len(found), units), np.int64)
    causes = np.zeros((by.CAUSES, units), np.int64)
    for run, history in enumerate(found):
        for members, _, kind, _, cause in history.log:
            if kind != by.FINISHED:
                unit = player.unit_of(members)
                counts[int(kind == by.ROLLED_BACK), run, unit] += 1
                causes[cause, unit] += 1
    places = np.empty((len(found), units), np.int64)
    for unit, members in enumerate(player.first.lots):
        for run, history in enumerate(found):
            stand = [history.places[lot] for lot in members]
            places[run, unit] = -1 if min(stand) < 0 else max(stand, key=lambda place: (days[place], place))
    rows = len(player.first.week_names)
    waves = BatchResult(
        repeat,
        places,
        counts[0],
        counts[1],
        np.array([each.pushers for each in found], np.int64).reshape(len(found), -1),
        causes,
        sum((each.over for each in found), np.zeros(rows, np.int64)),
        sum((each.lacking for each in found), np.zeros(rows, np.int64)),
    )
    return RepairResult(
        waves,
        lots,
        np.array([each.slips for each in found], np.int64),
        np.array([each.short for each in found], bool),
        np.array([each.lost for each in found], bool),
        np.array([each.lost and not each.proven for each in found], bool),
    )


def by_repeat(results: Iterable[RepairResult]) -> Iterator[RepairResult]:
    """The same, one for each repeat."""
    for repeat, parts in groupby((each for each in results if each.runs), lambda each: each.waves.repeat):
        yield _joined(repeat, list(parts))


def _joined(repeat: int, parts: Sequence[RepairResult]) -> RepairResult:
    def rows(name: str) -> Ints:
        return np.concatenate([getattr(each.waves, name) for each in parts])

    def sums(name: str) -> Ints:
        found: Ints = np.sum([getattr(each.waves, name) for each in parts], axis=0)
        return found

    waves = BatchResult(
        repeat,
        rows("places"),
        rows("no_goes"),
        rows("backs"),
        rows("pushers"),
        *map(sums, ("causes", "over", "lacking")),
    )
    of_runs = [
        np.concatenate([getattr(each, name) for each in parts]) for name in ("slips", "short", "lost", "unproven")
    ]
    return RepairResult(waves, np.concatenate([each.lots for each in parts]), *of_runs)
