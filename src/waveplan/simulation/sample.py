"""A plan and its histories, which are played when somebody first asks for them."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from functools import cached_property

from waveplan.engine.simulation.playing import Scene
from waveplan.engine.simulation.problem import RiskProblem
from waveplan.simulation.batches import BatchResult
from waveplan.simulation.dates import WatchedDate
from waveplan.simulation.players import Player
from waveplan.simulation.simulating import SampleSize, Told, played, scene_for


@dataclass(frozen=True)
class Sample:
    """So many histories of one plan; the date is the one whose precision may end them."""

    problem: RiskProblem
    size: SampleSize
    date: WatchedDate
    player: Player = field(default_factory=Player)
    stop: threading.Event = field(default_factory=threading.Event)
    told: Told = lambda done, most: None

    @property
    def ready(self) -> bool:
        """Whether compiled code finds the plan valid, as the check does."""
        return self._found is not None

    @property
    def scene(self) -> Scene:
        """What is played, of a plan that is ready."""
        assert self._found is not None
        return self._found

    @cached_property
    def results(self) -> list[BatchResult]:
        """Of all repeats, or of those before it was stopped or precise."""
        return played(self.scene, self.size, self.date, stop=self.stop, player=self.player, told=self.told)

    @cached_property
    def _found(self) -> Scene | None:
        return scene_for(self.problem)
