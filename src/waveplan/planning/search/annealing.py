"""The search itself: annealing in threads, one a core, until the limit or a stop."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping

import numpy as np

from waveplan.planning.search import kernel
from waveplan.planning.search.arrays import Arrays, State
from waveplan.planning.search.limits import SearchLimits

_PIECE = 100_000  # trials between two looks at the clock
_TRIALS_A_UNIT = 1_500_000  # of deterministic time
_GLANCE = 0.1


class _Worker:
    """One annealing from one start: cycles of falling temperature, each from its best so far."""

    def __init__(self, arrays: Arrays, start: Mapping[int, int], limits: SearchLimits, number: int) -> None:
        self._arrays = arrays
        self._limits = limits
        self.state = state_of(arrays, start, limits.seed * 1_000 + number + 1)
        self.sound = bool(kernel.begin(arrays, self.state))
        self._piece = min(_PIECE, max(1, int((limits.deterministic or 1.0) * _TRIALS_A_UNIT)))
        self._scale = max(1.0, float(kernel.typical_change(arrays, self.state, 2_000)))

    def run(self, stop: threading.Event) -> None:
        """Anneal until the limit; the best plan stays in the state."""
        if not self.sound:
            return
        began, trials = time.monotonic(), 0
        while not stop.is_set():
            done = self._done(began, trials)
            if done >= 1.0:
                return
            hot = self._scale * temperature(done)
            cold = self._scale * temperature(min(1.0, done + 0.01))
            kernel.anneal(self._arrays, self.state, self._piece, hot, min(cold, hot))
            trials += self._piece

    def _done(self, began: float, trials: int) -> float:
        if self._limits.deterministic is not None:
            return trials / (self._limits.deterministic * _TRIALS_A_UNIT)
        return (time.monotonic() - began) / max(self._limits.seconds or 0.0, 1e-9)


def temperature(done: float) -> float:
    """Temperature, as a share of a typical change, when so much of the time is gone: from 1 down to a thousandth."""
    return float(10.0 ** (-3.0 * done))


def state_of(arrays: Arrays, start: Mapping[int, int], seed: int) -> State:
    """A state before it is booked: every lot at its start."""
    lots, places = arrays.allowed.shape
    rows = arrays.limit.shape[0]
    zero = np.zeros(1, np.int64)
    return State(
        pos=np.array([start[lot] for lot in range(lots)], np.int64),
        seat=np.zeros(lots, np.int64),
        members=np.zeros((places, lots), np.int64),
        held=np.zeros(places, np.int64),
        used=np.zeros(rows, np.int64),
        limit=arrays.limit.copy(),
        touching=np.zeros((arrays.element_weight.shape[0], places), np.int64),
        ordinal=np.zeros(places, np.int64),
        waves=zero.copy(),
        value=zero.copy(),
        best_value=zero.copy(),
        best=np.zeros(lots, np.int64),
        buffer=np.zeros(lots, np.int64),
        random=np.array([(seed * 0x9E3779B97F4A7C15 + 1) % 2**64 or 1], np.uint64),
    )


def search(
    arrays: Arrays,
    start: Mapping[int, int],
    limits: SearchLimits,
    stop: threading.Event,
    glance: Callable[[int], None],
) -> dict[int, int] | None:
    """The best plan that annealing finds from a start; None when the start breaks a rule that the search carries.

    `glance` is told the best value so far about ten times a second, in the tie weights' own scale.
    """
    workers = [_Worker(arrays, start, limits, number) for number in range(limits.threads)]
    if not all(worker.sound for worker in workers):
        return None
    threads = [threading.Thread(target=worker.run, args=(stop,), daemon=True) for worker in workers]
    for thread in threads:
        thread.start()
    while any(thread.is_alive() for thread in threads):
        threads[0].join(_GLANCE)
        glance(min(int(worker.state.best_value[0]) for worker in workers))
    best = min(workers, key=lambda worker: int(worker.state.best_value[0]))
    return {lot: int(position) for lot, position in enumerate(best.state.best)}
