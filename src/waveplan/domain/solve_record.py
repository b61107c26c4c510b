"""How a plan came about: from which files, by which versions, goal by goal."""

from __future__ import annotations

from decimal import ROUND_CEILING, Decimal
from fractions import Fraction
from typing import Literal

from waveplan.domain.base import PlanModel
from waveplan.domain.objective import GoalName
from waveplan.domain.rounding import to_step
from waveplan.domain.scalars import Amount, Count, Flag, Word

GoalStatus = Literal["optimal", "feasible", "unknown"]
CertifiedBy = Literal["certificate", "recount", "no_presolve", "lrat", "lrat_assumed"]


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


class CertifiedBound(PlanModel):
    """A bound that was proven once more, by one means.

    By a `certificate`, or a `recount`, that an independent verifier has checked; by CP-SAT with `no_presolve`; with
    `lrat`, or `lrat_assumed`, the clauses that it learned there were checked, all or all but those that sums gave.
    """

    by: CertifiedBy
    bound: Decimal


class GoalRecord(PlanModel):
    """One goal: the value reached, the proven bound, gap = (value − bound) ÷ value; what of it is certified."""

    goal: GoalName
    value: Decimal | None = None
    bound: Decimal | None = None
    gap: Decimal | None = None
    status: GoalStatus
    tolerance: Word = "0"
    seconds: Decimal | None = None
    certified: list[CertifiedBound] = []


class PortfolioRecord(PlanModel):
    """One solve done several times: so many members, counted from 0, of which one has the plan."""

    members: Count
    best: Count


class SolveRecord(PlanModel):
    """How the plan came about and what is proven of it. `edited`: a refresh has restated it since.

    `certificate` is the SHA-256 of the file of certificates that was written with the plan.
    """

    versions: Versions
    seed: Count = 0
    workers: Count = 1
    limit: SolveLimit = SolveLimit()
    interrupted: Flag = False
    edited: Flag = False
    certificate: Word | None = None
    portfolio: PortfolioRecord | None = None
    goals: list[GoalRecord] = []


_PLACES = Decimal("0.0001")


def gap_of(value: Fraction | Decimal, bound: Fraction | Decimal) -> Decimal:
    """(value − bound) ÷ value to four places, rounded up so that it never promises too much; 0 for a value of 0."""
    if not value or bound >= value:
        return Decimal(0)
    gap = (Fraction(value) - Fraction(bound)) / Fraction(value)
    exact = Decimal(gap.numerator) / Decimal(gap.denominator)
    return Decimal(format(to_step(exact, _PLACES, ROUND_CEILING).normalize(), "f"))


def gap_in(record: GoalRecord) -> Decimal | None:
    """The gap of what a plan says was reached, worked out and not read; None where nothing is proven."""
    return None if record.value is None or record.bound is None else gap_of(record.value, record.bound)


def is_certified(record: GoalRecord) -> bool:
    """Whether all that is stated of a bound is certified by some means; certified bounds are rounded down."""
    return record.bound is not None and any(record.bound - each.bound < _PLACES for each in record.certified)
