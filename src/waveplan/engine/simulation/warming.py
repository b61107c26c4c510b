"""Histories made ready: compiled in a process of its own, while an inventory is looked at and a plan is checked.

Without, each of several workers would compile the same, and all would wait for it.
"""

from __future__ import annotations

import threading

import numpy as np

from waveplan.engine.keeping import make_kept
from waveplan.engine.search.smallest import SMALLEST
from waveplan.engine.simulation.problem import RiskProblem, RiskUnit

_UNITS = tuple(RiskUnit((lot,), lot, {0: -1, 1: 6}, {0: 0, 1: 7}, 0) for lot in range(2))
_PROBLEM = RiskProblem(SMALLEST, _UNITS, (0, 0), ())


class Warming:
    """What is compiled is on its way; whoever plays waits for it."""

    def __init__(self, *, stepping: bool = False) -> None:
        """Begin at once, with what stops at each slip when that is asked for."""
        self._parts = ["histories", *(["steps"] if stepping else [])]
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def _run(self) -> None:
        for part in self._parts:
            make_kept(__name__, part)

    def wait(self, stop: threading.Event) -> None:
        """Until it is there, or until somebody says stop."""
        while self._thread.is_alive() and not stop.is_set():
            self._thread.join(0.1)


def histories() -> None:
    """Compile (or load) all that plays histories, on a plan of two lots."""
    from waveplan.engine.simulation.playing import play_histories, scene_of
    from waveplan.engine.simulation.pulling import earliest

    scene = scene_of(_PROBLEM, _PROBLEM.dimensions)
    assert scene is not None
    play_histories(scene, np.zeros((1, scene.draws), np.int64), np.zeros(1, np.int64))
    earliest(_PROBLEM)


def steps() -> None:
    """The same of what stops at each slip."""
    from waveplan.engine.simulation.stepping import Footing, Slip, SteppedHistory, ground_of

    footing = Footing.of(_PROBLEM, ground_of(_PROBLEM))
    history = SteppedHistory(footing, np.zeros(_PROBLEM.dimensions, np.int64), 0, -1, {}, {})
    history.pushed(Slip(0, 0, 0, -1, 1))
    history.next_slip()
    history.overloads()
