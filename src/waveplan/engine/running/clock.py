"""Time: wall-clock seconds, or OR-Tools' deterministic units, and how they are shared out."""

from __future__ import annotations

import time
from dataclasses import dataclass

from waveplan.engine.running.options import EngineOptions

_DEFAULT_DETERMINISTIC = 50.0
_LENIENT = 0.2  # seconds by which a limit may be passed, beside what it takes to begin and to end a command
_SHARE_PASSED = 0.05  # of a limit, by which it may be passed as well
_MOST_RESERVED = 0.6  # of what is left


@dataclass(frozen=True, slots=True)
class Allotment:
    """So much time: seconds or deterministic units, whichever limits; None is no limit."""

    seconds: float | None
    deterministic: float | None

    def part(self, share: float) -> Allotment:
        """A share of it."""
        return Allotment(_times(self.seconds, share), _times(self.deterministic, share))

    def with_more(self, more: Allotment) -> Allotment:
        """Both together."""
        return Allotment(_plus(self.seconds, more.seconds), _plus(self.deterministic, more.deterministic))


def passed_at_most(limit: float) -> float:
    """Seconds after which a command with a limit begins nothing more; with its start and end it may take another."""
    return limit * (1.0 + _SHARE_PASSED)


class Clock:
    """The limits of a solve and what is spent of them."""

    def __init__(self, options: EngineOptions, began: float | None = None) -> None:
        """It began now, or at a moment of `time.monotonic()`: what went before then counts towards the limit."""
        self._started = time.monotonic() if began is None else began
        self._spent = 0.0
        self._reserved = 0.0
        self.seconds: float | None = options.time_limit
        self.deterministic: float | None = None
        if options.reproducible or options.deterministic_limit is not None:
            self.seconds = None
            self.deterministic = options.deterministic_limit or options.time_limit or _DEFAULT_DETERMINISTIC

    def elapsed(self) -> float:
        """Wall-clock seconds since the start."""
        return time.monotonic() - self._started

    def spend(self, deterministic: float) -> None:
        """Count deterministic time that was used."""
        self._spent += deterministic

    def reserve(self, seconds: float) -> None:
        """Keep so much time for what follows the search, in place of what was kept before; not most of what is left."""
        self._reserved = 0.0
        left = self.left().seconds
        if left is not None:
            self._reserved = max(0.0, min(seconds - _LENIENT, _MOST_RESERVED * left))

    def keep(self, share: float) -> None:
        """Reserve such a share of what is left for other work."""
        left = self.left().seconds
        self._reserved += 0.0 if left is None else share * left

    def left(self) -> Allotment:
        """All the time that is left, but for what is reserved."""
        usable = None if self.seconds is None else self.seconds - self._reserved
        return self.since(Allotment(usable, self.deterministic), (0.0, 0.0))

    def mark(self) -> tuple[float, float]:
        """A moment, to measure from."""
        return (self.elapsed(), self._spent)

    def since(self, allotted: Allotment, mark: tuple[float, float]) -> Allotment:
        """What is left of an allotment that began at a moment."""
        seconds = None if allotted.seconds is None else max(0.0, allotted.seconds - self.elapsed() + mark[0])
        units = None if allotted.deterministic is None else max(0.0, allotted.deterministic - self._spent + mark[1])
        return Allotment(seconds, units)

    @property
    def exhausted(self) -> bool:
        """Whether nothing is left."""
        left = self.left()
        return left.seconds == 0.0 or left.deterministic == 0.0


def _plus(one: float | None, other: float | None) -> float | None:
    return None if one is None or other is None else one + other


def _times(amount: float | None, share: float) -> float | None:
    return None if amount is None else amount * share
