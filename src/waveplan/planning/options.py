"""What a solve is asked for and what it answers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

from waveplan.domain.findings import Finding
from waveplan.domain.plan import Plan
from waveplan.domain.policy import Goal
from waveplan.planning.machine import usable_workers

_REPRODUCIBLE_WORKERS = 2


@dataclass(frozen=True, slots=True)
class SolveOptions:
    """Limits and seed of a solve. Seconds are wall clock; deterministic time is OR-Tools' own unit, about a second.

    `pins` says of lots in which waves, by id, they may stand at all.
    """

    time_limit: float | None = 60.0
    deterministic_limit: float | None = None
    seed: int = 0
    workers: int | None = None
    reproducible: bool = False
    goals: tuple[Goal, ...] | None = None
    pins: Mapping[str, frozenset[str]] = field(default_factory=dict)


def workers_of(options: SolveOptions) -> int:
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
class Outcome:
    """A plan, or the proof that there is none, or neither within the limit. Unknown is not infeasible."""

    status: Literal["planned", "infeasible", "unknown"]
    plan: Plan | None = None
    findings: tuple[Finding, ...] = ()
    interrupted: bool = False
