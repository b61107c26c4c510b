"""One plan asked about its dates where each slip is replanned."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import Executor
from dataclasses import replace

from waveplan.domain.actuals import Actuals
from waveplan.domain.inventory import Inventory
from waveplan.domain.simulated import Repairs, Simulation
from waveplan.engine.simulation.playing import Scene
from waveplan.executors import Shard, in_order
from waveplan.simulation.batches import BatchResult, run_batch
from waveplan.simulation.dates import watched_dates
from waveplan.simulation.estimates import mean_of, share_of
from waveplan.simulation.repair.batches import (
    PlayedRepair,
    RepairResult,
    RepairScene,
    RepairTask,
    by_repeat,
    repair_tasks,
    run_repair_batch,
)
from waveplan.simulation.simulating import PRECISE_REPEATS, SampleSize, Told, half_width, scene_for, tasks_of
from waveplan.simulation.staging import KnownSoFar, Staging
from waveplan.simulation.telling import SimulationTelling


class RepairAsking:
    """A staged plan, what was recorded of it, and how much is drawn."""

    def __init__(
        self,
        staging: Staging,
        inventory: Inventory,
        known: KnownSoFar,
        actuals: Actuals,
        size: SampleSize,
        executor: Executor | None,
        stop: threading.Event,
        told: Told,
        played: Sequence[PlayedRepair] = (),
    ) -> None:
        """What is `played` already, by shares, is not played again."""
        self._staging, self._inventory, self._size = staging, inventory, size
        self._played = {each.task: each.result for each in played}
        self._executor, self._stop, self._told = executor, stop, told
        self._by_lot = by_lot(staging)
        self._dates = watched_dates(self._by_lot, inventory)
        scene = scene_for(staging.problem)
        self._scene: Scene | None = scene
        self._shared = None if scene is None else RepairScene(inventory, staging.plan, known, actuals, scene.draws)

    @property
    def ready(self) -> bool:
        """Whether compiled code finds the plan valid, as the check does."""
        return self._scene is not None

    def _results(self) -> list[RepairResult]:
        parts: list[RepairResult] = []
        wanted, done = self._size, 0
        for _, result in self._play(repair_tasks(wanted)):
            parts.append(result)
            done += result.runs
            self._told(done, wanted.runs)
            if wanted.precision is not None and self._is_precise(parts, wanted.precision):
                break
        return list(by_repeat(parts))

    def _play(self, tasks: Sequence[RepairTask]) -> Iterator[tuple[RepairTask, RepairResult]]:
        """What each task comes to, in their order; fewer when somebody says stop."""
        assert self._shared is not None
        left = [task for task in tasks if task not in self._played]
        fresh = in_order(self._executor, run_repair_batch, self._shared, left, self._stop)
        for task in tasks:
            result = self._played.get(task) or next(fresh, None)
            if result is None:
                return
            yield task, result

    def _is_precise(self, parts: list[RepairResult], precision: float) -> bool:
        """Whether whole repeats tell the P80 of the finish well enough."""
        sizes = self._size.sizes
        whole = [each for each in by_repeat(parts) if each.runs == sizes[each.waves.repeat]]
        if len(whole) < PRECISE_REPEATS or sum(each.runs for each in whole) < sum(each.runs for each in parts):
            return False
        return half_width([self._dates[0].days(each.lots) for each in whole]) <= precision

    def share(self, shard: Shard, *, compare: bool) -> Iterator[PlayedRepair]:
        """Play a share of the runs; what was finished before a stop."""
        tasks = shard.share(repair_tasks(self._size))
        done, most = 0, sum(task.count for task in tasks)
        for task, result in self._play(tasks):
            if result.runs < task.count:  # ended early: whoever merges plays it as a whole
                return
            done += task.count
            self._told(done, most)
            yield PlayedRepair(task, result)

    def answer(self, *, compare: bool = False) -> Simulation:
        """What the histories say; nothing is compared.

        Raises InterruptedError when nothing had been played before it was stopped.
        """
        results = self._results()
        if not results:
            raise InterruptedError("stopped before anything was played")
        waves = SimulationTelling(self._staging, [each.waves for each in results])
        lots = SimulationTelling(self._by_lot, [replace(each.waves, places=each.lots) for each in results])
        return Simulation(
            runs=waves.runs,
            asked=self._size.runs,
            repeats=len(results),
            seed=self._size.seed,
            sampling=self._size.sampling,
            policy="repair",
            interrupted=self._stop.is_set(),
            dates=tuple(lots.date(each) for each in self._dates),
            waves=waves.waves(watched_dates(self._staging, self._inventory)[0]),
            all_in_time=lots.all_in_time(self._dates),
            no_goes=waves.counts("no_goes"),
            rollbacks=waves.counts("backs"),
            causes=waves.causes(),
            overloaded=waves.overloaded(),
            repairs=self._repairs(results),
        )

    def _repairs(self, results: list[RepairResult]) -> Repairs:
        """What was replanned, and what *push* makes of the same runs."""
        pushed = SimulationTelling(self._staging, self._pushed(results))
        return Repairs(
            replans=mean_of([each.slips for each in results]),
            short_notice=share_of([each.short for each in results]),
            no_plan=share_of([each.lost for each in results]),
            unproven=share_of([each.unproven for each in results]),
            never=share_of([each.lots.min(axis=1) < 0 for each in results]),
            pushed=pushed.all_in_time(watched_dates(self._staging, self._inventory)),
        )

    def _pushed(self, results: list[RepairResult]) -> list[BatchResult]:
        """The same runs where what slips takes the next slot: as many of each repeat as were replanned."""
        assert self._scene is not None
        wanted = {each.waves.repeat: each.runs for each in results}
        tasks = [task for task in tasks_of(self._size) if task.repeat in wanted]
        found = [run_batch(self._scene, task) for task in tasks]
        return [replace(each, places=each.places[: wanted[each.repeat]]) for each in found]


def by_lot(staging: Staging) -> Staging:
    """The same plan as if each lot were a wave of its own: replanning parts waves."""
    units = tuple(
        replace(unit, lots=(lot,))
        for unit, lots in zip(staging.problem.units, staging.lots, strict=True)
        for lot in lots
    )
    units = tuple(sorted(units, key=lambda unit: unit.lots))
    problem = replace(staging.problem, units=units)
    return replace(staging, problem=problem, lots=tuple(unit.lots for unit in units))
