"""How much the engine may take, and how it tells where it stands."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

from waveplan.engine.running.halting import Halt
from waveplan.engine.running.machine import usable_workers

_REPRODUCIBLE_WORKERS = 2
Leaning = Literal["even", "model", "search"]
"""To what a solve gives more of its time, where both can better a goal: the model or the compiled search."""
LEANINGS: tuple[Leaning, ...] = ("even", "model", "search")


@dataclass(frozen=True, slots=True)
class EngineOptions:
    """Limits and seed of a solve. Seconds are wall clock; deterministic time is OR-Tools' own unit, about a second.

    The defaults are those of `waveplan solve`; without `workers` a solve uses the usable cores, a reproducible one two.
    """

    time_limit: float | None = 50.0
    deterministic_limit: float | None = None
    seed: int = 0
    workers: int | None = None
    reproducible: bool = False
    leaning: Leaning = "even"


def workers_of(options: EngineOptions) -> int:
    """Threads of a solve: as asked for, else the usable cores."""
    if options.workers is not None:
        return options.workers
    return _REPRODUCIBLE_WORKERS if options.reproducible else usable_workers()


@dataclass(frozen=True, slots=True)
class Progress:
    """Where a solve stands; values are in the goal's own units."""

    phase: str
    elapsed: float
    limit: float | None = None
    goal: str | None = None
    value: Decimal | None = None
    bound: Decimal | None = None
    gap: Decimal | None = None


OnProgress = Callable[[Progress], None]


@dataclass(frozen=True, slots=True)
class Watching:
    """Who watches a run: told of its progress; setting `stop` ends it, and the best plan so far is kept.

    Limits in seconds count from the moment of `time.monotonic()` at which it `began`, else from when it is asked for.
    """

    tell: OnProgress = lambda _: None
    stop: threading.Event = field(default_factory=Halt)
    began: float | None = None
