"""Orders between groups and preludes, in the model and in the search, against a judge that looks at finished plans."""

from __future__ import annotations

import random
import threading
from dataclasses import replace

import pytest
from ortools.sat.python import cp_model
from support.judged_problems import every_assignment, keeps_every_rule, small_problem, with_groups
from support.seeds import count, few_at_once

from waveplan.engine.first_plans.construction import construct
from waveplan.engine.model.assembly import assemble
from waveplan.engine.problem import PlanningProblem
from waveplan.engine.search import Search, SearchLimits

SEEDS = count(40)


def drawn(seed: int) -> PlanningProblem:
    rng = random.Random(seed)
    return with_groups(small_problem(rng), rng)


def by_model(problem: PlanningProblem, assignment: dict[int, int] | None = None) -> bool:
    """Whether the model has a solution; with an assignment, whether that is one."""
    if assignment is not None:
        problem = replace(problem, allowed=tuple((assignment[lot],) for lot in range(len(problem.lots))))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.cp_model_presolve = False
    return solver.solve(assemble(problem, {}).model) in (cp_model.OPTIMAL, cp_model.FEASIBLE)


@pytest.mark.parametrize("seed", few_at_once(range(SEEDS), 3, slow_in=2))
def test_model_and_search_judge_plans_as_the_judge_does(seed: int) -> None:
    problem = drawn(seed)
    rng = random.Random(seed)
    plans = list(every_assignment(problem))
    search = Search(problem, {}, threading.Event())
    for plan in rng.sample(plans, min(60, len(plans))):
        assert search.accepts(plan) == keeps_every_rule(problem, plan), plan
    for plan in rng.sample(plans, min(8, len(plans))):
        assert by_model(problem, plan) == keeps_every_rule(problem, plan), plan


@pytest.mark.parametrize("seed", few_at_once(range(SEEDS), 3, slow_in=2))
def test_what_the_search_and_the_model_find_is_a_plan_and_they_find_one_where_there_is_one(seed: int) -> None:
    problem = drawn(1000 + seed)
    exists = any(keeps_every_rule(problem, plan) for plan in every_assignment(problem))
    assert by_model(problem) == exists
    limits = SearchLimits(seconds=None, deterministic=0.02, threads=1, seed=seed)
    found = Search(problem, {}, threading.Event()).first_plan({}, limits)
    assert found is None or keeps_every_rule(problem, found)
    if found is not None:
        better = Search(problem, {}, threading.Event()).improve(
            "coexistence", found, limits, lambda *_: None, lambda _: False
        )
        assert better is not None
        assert keeps_every_rule(problem, better)


@pytest.mark.parametrize("seed", few_at_once(range(SEEDS), 3, slow_in=2))
def test_a_first_construction_keeps_orders_between_groups(seed: int) -> None:
    problem = replace(drawn(2000 + seed), preludes=(), budgets=(), pools=(), window_fits=())
    placed = construct(problem)
    for order in problem.group_orders:
        firsts = [order.firsts[lot][placed[lot]] for lot in order.firsts if lot in placed]
        seconds = [levels[placed[lot]] for lot, levels in order.seconds.items() if lot in placed]
        assert not firsts or not seconds or max(firsts) <= min(seconds)
