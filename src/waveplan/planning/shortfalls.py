"""Why a bound that was proven is not certified, or not all of it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from waveplan.certificates.recounting import MOST_LOTS
from waveplan.certifying import CERTIFIABLE
from waveplan.domain.made_names import NoCertificate, NoSecondProof
from waveplan.domain.solve_record import GoalRecord
from waveplan.engine.problem import PlanningProblem

MOST_CONFIRMED = 60_000  # places of lots: with more the model takes too long to build


@dataclass(frozen=True, slots=True)
class Shortfall:
    """A goal whose bound is certified up to less, or not at all, and why neither of both means reached it."""

    goal: str
    up_to: Decimal | None
    certificate: NoCertificate
    second: NoSecondProof


def shortfall(problem: PlanningProblem, record: GoalRecord, up_to: Decimal | None, *, late: bool) -> Shortfall:
    """The reasons; late: time is over."""
    return Shortfall(record.goal, up_to, _certificate(problem, record.goal, late), _second(problem, record, late))


def _certificate(problem: PlanningProblem, goal: str, late: bool) -> NoCertificate:
    if goal not in CERTIFIABLE:
        return "no_kind"
    if late:
        return "late"
    if goal == "coexistence":
        return "many_lots" if len(problem.lots) > MOST_LOTS else "many_steps"
    return "less"


def _second(problem: PlanningProblem, record: GoalRecord, late: bool) -> NoSecondProof:
    if record.status != "optimal":
        return "no_optimum"
    if sum(map(len, problem.allowed)) > MOST_CONFIRMED:
        return "large"
    return "late" if late else "not_again"
