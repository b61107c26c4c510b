"""One plan asked everything: its dates, what eats them, what would help."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import numpy as np

from waveplan.domain.inventory import Inventory
from waveplan.domain.simulated import CounterMeasure, RiskShare, Simulation
from waveplan.executors import Shard
from waveplan.simulation.comparing import RiskComparison, compared_repeats, risks_of
from waveplan.simulation.dates import watched_dates
from waveplan.simulation.measures import measures_of
from waveplan.simulation.players import PlayedRepeat, Player, scene_mark
from waveplan.simulation.sample import Sample
from waveplan.simulation.simulating import SampleSize, Told, tasks_of, with_risks
from waveplan.simulation.staging import Staging
from waveplan.simulation.telling import SimulationTelling


class Asking:
    """A staged plan, and how much is drawn for its answers."""

    def __init__(
        self,
        staging: Staging,
        inventory: Inventory,
        size: SampleSize,
        player: Player,
        stop: threading.Event,
        told: Told,
    ) -> None:
        self._staging, self._inventory, self._size = staging, inventory, size
        self._player, self._stop, self._told = player, stop, told
        self._dates = watched_dates(staging, inventory)
        self._sample = Sample(staging.problem, size, self._dates[0], player, stop, told)

    @property
    def ready(self) -> bool:
        """Whether compiled code finds the plan valid, as the check does."""
        return self._sample.ready

    def answer(self, *, compare: bool) -> Simulation:
        """What the histories say; with `compare`, what each risk costs and each measure wins.

        Raises InterruptedError when nothing had been played before it was stopped.
        """
        results = self._sample.results
        interrupted = self._stop.is_set()
        if not results:
            raise InterruptedError("stopped before anything was played")
        tornado: tuple[RiskShare, ...] = ()
        measures: tuple[CounterMeasure, ...] = ()
        compared, in_time = 0, 1.0
        telling = SimulationTelling(self._staging, results)
        if compare and not interrupted and not self._inventory_is_certain:
            tornado, measures, compared, in_time = self._compared()
        return Simulation(
            runs=telling.runs,
            asked=self._size.runs,
            repeats=len(results),
            seed=self._size.seed,
            sampling=self._size.sampling,
            policy="push",
            interrupted=interrupted,
            dates=tuple(telling.date(each) for each in self._dates),
            waves=telling.waves(self._dates[0]),
            all_in_time=telling.all_in_time(self._dates),
            no_goes=telling.counts("no_goes"),
            rollbacks=telling.counts("backs"),
            causes=telling.causes(),
            overloaded=telling.overloaded(),
            tornado=tornado,
            measures=measures,
            compared_runs=compared,
            compared_in_time=in_time,
        )

    def share(self, shard: Shard, *, compare: bool) -> Iterator[PlayedRepeat]:
        """Play a share of the repeats, of the plan as it is and without each risk; those finished before a stop.

        What would help depends on what all shares come to, and is not among them.
        """
        scenes, work = [self._sample.scene], [(0, task) for task in tasks_of(self._size)]
        for without in risks_of(self._staging) if compare and not self._inventory_is_certain else ():
            tasks = tasks_of(self._size, compared_repeats(self._size))
            work += [(len(scenes), task) for task in tasks]
            scenes.append(with_risks(self._sample.scene, without.problem))
        mine, done = shard.share(work), 0
        most = sum(task.runs for _, task in mine)
        for number, scene in enumerate(scenes):
            tasks, mark = [task for which, task in mine if which == number], scene_mark(scene)
            for task, result in zip(tasks, self._player.play(scene, tasks, self._stop), strict=False):
                if result.runs < task.runs:  # ended early: whoever merges plays it as a whole
                    return
                done += task.runs
                self._told(done, most)
                yield PlayedRepeat(mark, task, result)

    @property
    def _inventory_is_certain(self) -> bool:
        return self._staging.risks.is_empty and not self._staging.milestone_ids

    def _compared(self) -> tuple[tuple[RiskShare, ...], tuple[CounterMeasure, ...], int, float]:
        parts = (self._size, self._dates, self._stop, self._player, self._sample.results)
        comparison = RiskComparison(self._staging, self._sample.scene, *parts)
        shares = [comparison.share(each) for each in risks_of(self._staging) if not self._stop.is_set()]
        shares.sort(key=lambda each: (-each.p80_days, -each.mean_days, each.what, each.id))
        measures = measures_of(comparison, self._inventory, shares, self._stop)
        return tuple(shares), tuple(measures), comparison.runs, float(np.mean(comparison.base_kept[""]))
