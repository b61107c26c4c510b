"""Which plan of a portfolio wins, and which bounds hold for it."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from waveplan.domain.plan import Plan
from waveplan.usecases.best_bounds import with_best_bounds

HEAD = {
    "waveplan_plan": 1,
    "programme": {"name": "P", "start": "2026-01-05", "deadline": "2026-12-18", "timezone": "UTC", "language": "en"},
    "metrics": {"waves": 1, "finish": 1, "coexistence": 1, "peak_load": 1, "criticality_risk": 1},
}


def plan(*goals: tuple[str, Any, Any], tolerances: tuple[str, ...] = ("0", "0", "0")) -> Plan:
    """A plan that says so much of its goals: name, value, bound."""
    records = [
        {
            "goal": goal,
            "value": None if value is None else Decimal(str(value)),
            "bound": None if bound is None else Decimal(str(bound)),
            "status": "unknown" if bound is None else "optimal" if bound == value else "feasible",
            "tolerance": tolerance,
        }
        for (goal, value, bound), tolerance in zip(goals, tolerances, strict=False)
    ]
    return Plan.model_validate({**HEAD, "solve": {"versions": {"waveplan": "0", "ortools": "0"}, "goals": records}})


def best_of(*plans: Plan) -> tuple[int, list[tuple[Any, Any, str]]]:
    number, best = with_best_bounds(list(enumerate(plans)), len(plans))
    assert best.solve.portfolio is not None
    assert (best.solve.portfolio.members, best.solve.portfolio.best) == (len(plans), number)
    return number, [(goal.value, goal.bound, goal.status) for goal in best.solve.goals]


def test_the_best_value_and_the_best_bound_win_wherever_they_are_from() -> None:
    first, second = plan(("finish", 110, 100)), plan(("finish", 105, 90))
    assert best_of(first, second) == (1, [(105, 100, "feasible")])


def test_where_value_and_bound_of_two_meet_the_value_is_proven() -> None:
    number, goals = best_of(plan(("finish", 110, 100)), plan(("finish", 100, 80)))
    assert (number, goals) == (1, [(100, 100, "optimal")])
    assert (
        with_best_bounds([(0, plan(("finish", 110, 100))), (1, plan(("finish", 100, 80)))], 2)[1].solve.goals[0].gap
        == 0
    )


def test_the_first_of_equals_wins() -> None:
    assert best_of(plan(("finish", 100, 90)), plan(("finish", 100, 80)))[0] == 0


def test_goals_count_in_their_order() -> None:
    early, flat = plan(("finish", 100, 90), ("coexistence", 60, 10)), plan(("finish", 101, 90), ("coexistence", 5, 5))
    assert best_of(early, flat)[0] == 0


@pytest.mark.parametrize(("tolerance", "wins"), [("0", 0), ("2", 0), ("3", 1), ("2%", 0), ("3%", 1), ("3.9%", 1)])
def test_within_a_tolerance_the_next_goal_decides(tolerance: str, wins: int) -> None:
    early = plan(("finish", 100, 90), ("coexistence", 60, 10), tolerances=(tolerance, "0"))
    flat = plan(("finish", 103, 90), ("coexistence", 50, 10), tolerances=(tolerance, "0"))
    assert best_of(early, flat)[0] == wins


def test_a_later_bound_is_taken_over_from_a_plan_that_was_nowhere_tighter() -> None:
    best = plan(("finish", 100, 100), ("coexistence", 60, 10))
    assert best_of(best, plan(("finish", 100, 100), ("coexistence", 70, 40)))[1][1] == (60, 40, "feasible")
    assert best_of(best, plan(("finish", 104, 100), ("coexistence", 70, 40)))[1][1] == (60, 40, "feasible")


def test_a_later_bound_is_not_taken_over_where_earlier_goals_were_tighter() -> None:
    # With a finish of 99 coexistence is at least 80; with 100 it may be less, so the bound says nothing of 100.
    tight = plan(("finish", 99, 90), ("coexistence", 80, 80), tolerances=("1", "0"))
    loose = plan(("finish", 100, 90), ("coexistence", 60, 10), tolerances=("1", "0"))
    assert best_of(tight, loose) == (1, [(100, 90, "feasible"), (60, 10, "feasible")])


def test_a_later_bound_is_not_taken_over_beside_a_rounded_value_that_looks_alike() -> None:
    one = plan(("peak_load", 0.9333, 0.5), ("coexistence", 60, 10))
    other = plan(("peak_load", 0.9333, 0.5), ("coexistence", 70, 40))
    assert best_of(one, other)[1][1] == (60, 10, "feasible")


def test_a_rounded_bound_that_meets_a_rounded_value_proves_nothing_by_itself() -> None:
    one, other = plan(("peak_load", 0.9333, 0.5)), plan(("peak_load", 0.94, 0.9333))
    assert best_of(one, other)[1] == [(Decimal("0.9333"), Decimal("0.9333"), "feasible")]


def test_a_goal_that_nobody_reached_stays_so() -> None:
    assert best_of(plan(("moved_lots", None, None)), plan(("moved_lots", None, None)))[1] == [(None, None, "unknown")]
