"""How a plan came about: from which files, by which versions, goal by goal."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from waveplan.domain.base import PlanModel
from waveplan.domain.objective import GoalName
from waveplan.domain.scalars import Amount, Count, Flag, Word

GoalStatus = Literal["optimal", "feasible", "unknown"]


class InventoryFile(PlanModel):
    """A file the plan was made from, by its SHA-256."""

    file: Word
    sha256: Word


class Versions(PlanModel):
    """What made the plan."""

    waveplan: Word
    ortools: Word


class SolveLimit(PlanModel):
    """Where the search was told to stop: wall-clock seconds, or deterministic time."""

    seconds: Amount | None = None
    deterministic: Amount | None = None


class GoalRecord(PlanModel):
    """One goal: the value reached, the proven bound, gap = (value − bound) ÷ value."""

    goal: GoalName
    value: Decimal | None = None
    bound: Decimal | None = None
    gap: Decimal | None = None
    status: GoalStatus
    tolerance: Word = "0"
    seconds: Decimal | None = None


class SolveRecord(PlanModel):
    """How the plan came about and what is proven of it. `edited`: a refresh has restated it since."""

    versions: Versions
    seed: Count = 0
    workers: Count = 1
    limit: SolveLimit = SolveLimit()
    interrupted: Flag = False
    edited: Flag = False
    goals: list[GoalRecord] = []
