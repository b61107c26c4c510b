"""One plan asked everything: its dates, what eats them, what would help."""

from __future__ import annotations

import threading
from concurrent.futures import Executor
from functools import cached_property

from waveplan.domain.inventory import Inventory
from waveplan.domain.simulated import CounterMeasure, RiskShare, Simulation
from waveplan.simulation.batches import BatchResult
from waveplan.simulation.comparing import RiskComparison, risks_of
from waveplan.simulation.dates import watched_dates
from waveplan.simulation.measures import measures_of
from waveplan.simulation.simulating import SampleSize, Told, played, scene_for
from waveplan.simulation.staging import Staging
from waveplan.simulation.telling import SimulationTelling


class Asking:
    """A staged plan, and how much is drawn for its answers."""

    def __init__(
        self,
        staging: Staging,
        inventory: Inventory,
        size: SampleSize,
        executor: Executor | None,
        stop: threading.Event,
        told: Told,
    ) -> None:
        self._staging, self._inventory, self._size = staging, inventory, size
        self._executor, self._stop, self._told = executor, stop, told
        self._scene = scene_for(staging.problem)
        self._dates = watched_dates(staging, inventory)

    @property
    def ready(self) -> bool:
        """Whether compiled code finds the plan valid, as the check does."""
        return self._scene is not None

    @cached_property
    def _results(self) -> list[BatchResult]:
        assert self._scene is not None
        return played(
            self._scene,
            self._size,
            self._dates[0],
            stop=self._stop,
            executor=self._executor,
            told=self._told,
        )

    def answer(self, *, compare: bool) -> Simulation:
        """What the histories say; with `compare`, what each risk costs and each measure wins.

        Raises InterruptedError when nothing had been played before it was stopped.
        """
        results = self._results
        interrupted = self._stop.is_set()
        if not results:
            raise InterruptedError("stopped before anything was played")
        tornado: tuple[RiskShare, ...] = ()
        measures: tuple[CounterMeasure, ...] = ()
        compared = 0
        telling = SimulationTelling(self._staging, results)
        if compare and not interrupted and not self._inventory_is_certain:
            tornado, measures, compared = self._compared()
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
        )

    @property
    def _inventory_is_certain(self) -> bool:
        return self._staging.risks.is_empty and not self._staging.milestone_ids

    def _compared(self) -> tuple[tuple[RiskShare, ...], tuple[CounterMeasure, ...], int]:
        assert self._scene is not None
        comparison = RiskComparison(self._staging, self._scene, self._size, self._dates, self._stop, self._executor)
        shares = [comparison.share(each) for each in risks_of(self._staging) if not self._stop.is_set()]
        shares.sort(key=lambda each: (-each.p80_days, -each.mean_days, each.what, each.id))
        measures = measures_of(comparison, self._inventory, shares, self._stop)
        return tuple(shares), tuple(measures), comparison.runs
