"""What a solve is asked for and what it answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from waveplan.domain.findings import Finding
from waveplan.domain.objective import Goal
from waveplan.domain.plan import Plan
from waveplan.engine.running.options import EngineOptions, OnProgress, Progress, Watching

__all__ = ["OnProgress", "Outcome", "Progress", "SolveOptions", "Watching"]


@dataclass(frozen=True, slots=True)
class SolveOptions(EngineOptions):
    """Limits and seed of a solve, its goals, and in which waves, by id, lots may stand at all (`pins`).

    Seconds are wall clock; deterministic time is OR-Tools' own unit, about a second.
    """

    goals: tuple[Goal, ...] | None = None
    pins: Mapping[str, frozenset[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Outcome:
    """A plan, or the proof that there is none, or neither within the limit. Unknown is not infeasible."""

    status: Literal["planned", "infeasible", "unknown"]
    plan: Plan | None = None
    findings: tuple[Finding, ...] = ()
    interrupted: bool = False
    checked: bool = False  # by the one who asked, while the search went on
