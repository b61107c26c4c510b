"""Why a bound that was proven is not certified."""

from __future__ import annotations

import random
from dataclasses import replace
from decimal import Decimal

import pytest
from support.judged_problems import small_problem

from waveplan.domain.solve_record import GoalRecord
from waveplan.engine.problem import PlanningProblem
from waveplan.planning import shortfalls
from waveplan.planning.shortfalls import shortfall

PROBLEM = small_problem(random.Random(1))
MANY = replace(PROBLEM, lots=tuple(f"lot-{number}" for number in range(17)))


def record(goal: str, status: str = "optimal") -> GoalRecord:
    return GoalRecord.model_validate({"goal": goal, "value": 5, "bound": 5, "status": status})


@pytest.mark.parametrize(
    ("problem", "goal", "status", "late", "why"),
    [
        (PROBLEM, "moved_lots", "optimal", True, ("no_kind", "late")),
        (PROBLEM, "finish", "optimal", True, ("late", "late")),
        (PROBLEM, "finish", "feasible", False, ("less", "no_optimum")),
        (PROBLEM, "coexistence", "optimal", False, ("many_steps", "not_again")),
        (MANY, "coexistence", "optimal", False, ("many_lots", "not_again")),
    ],
)
def test_each_means_has_its_reason(
    problem: PlanningProblem, goal: str, status: str, late: bool, why: tuple[str, str]
) -> None:
    found = shortfall(problem, record(goal, status), Decimal(3), late=late)
    assert (found.goal, found.up_to) == (goal, Decimal(3))
    assert (found.certificate, found.second) == why


def test_a_model_too_large_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shortfalls, "MOST_CONFIRMED", 1)
    assert shortfall(PROBLEM, record("waves"), None, late=False).second == "large"
