"""How long a search may take, and what it has used of that."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass

TRIALS_A_UNIT = 1_000_000  # of deterministic time
_GRACE = 0.15  # seconds in which work ends that looks at its flag


@dataclass(frozen=True, slots=True)
class SearchLimits:
    """Wall-clock seconds, or deterministic units; how many searches side by side; the seed of the first."""

    seconds: float | None
    deterministic: float | None
    threads: int
    seed: int


class Meter:
    """Time used since it was made: in trials when time is deterministic, else in seconds."""

    def __init__(self, limits: SearchLimits, stop: threading.Event) -> None:
        self._began = time.monotonic()
        self._limits = limits
        self.stop = stop
        self.trials = 0
        self._over_since: float | None = None

    @property
    def total(self) -> float:
        """All there is."""
        if self._limits.deterministic is not None:
            return self._limits.deterministic * TRIALS_A_UNIT
        return float("inf") if self._limits.seconds is None else self._limits.seconds

    @property
    def spent(self) -> float:
        """What is used of it."""
        return self.trials if self._limits.deterministic is not None else time.monotonic() - self._began

    @property
    def over(self) -> bool:
        """Whether nothing is left, or a stop has been asked for."""
        return self.stop.is_set() or self.spent >= self.total

    @property
    def late(self) -> bool:
        """Whether whoever still works will not be waited for: nothing is left, and a moment has gone by since.

        Deterministic work is waited for until it ends, unless a stop has been asked for.
        """
        if not self.stop.is_set() and (self._limits.deterministic is not None or not self.over):
            return False
        if self._over_since is None:
            self._over_since = time.monotonic()
        return time.monotonic() - self._over_since > _GRACE

    def cost_of(self, trials: int) -> float:
        """What so many trials take, by the trials made so far."""
        if self._limits.deterministic is not None:
            return trials
        return trials * self.spent / self.trials if self.trials else 0.0
