"""Limits in CPU seconds of this process in place of the clock's: on a machine shared with others a solve then gets as
much as on a quiet core, and pairs of runs can be compared.

`count_own_time` comes before waveplan's engine is imported. What is not covered: HiGHS, and processes that compile.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any


class _Until:
    """Looks like an event to CP-SAT's runs: set when a stop is asked for, or so much time of this process is used."""

    def __init__(self, stop: threading.Event, seconds: float) -> None:
        self._stop = stop
        self._end = time.process_time() + seconds

    def is_set(self) -> bool:
        return self._stop.is_set() or time.process_time() > self._end


def count_own_time() -> None:
    """Let all limits of waveplan in this process count its CPU seconds."""
    time.monotonic = time.process_time
    from waveplan.engine.model import cp_sat

    by_the_clock: Callable[..., Any] = cp_sat.run

    def run(model: Any, limits: Any, stop: threading.Event, *heard: Any) -> Any:
        if limits.seconds is None:
            return by_the_clock(model, limits, stop, *heard)
        return by_the_clock(model, replace(limits, seconds=None), _Until(stop, limits.seconds), *heard)

    cp_sat.run = run
