"""Amounts at the ends of what the format allows: no sum overflows, no rounding decides, every plan is judged alike.

`WAVEPLAN_SEEDS=500` tries more inventories.
"""

from __future__ import annotations

import random
import threading
from dataclasses import replace
from decimal import Decimal

import pytest
from support.extreme_inventories import extreme_inventory
from support.judged_problems import every_assignment, keeps_every_rule, small_problem
from support.plans import every_plan, value_of
from support.seeds import count, few_at_once
from support.solver import search_accepts, solver_accepts

from waveplan.checking import check
from waveplan.domain.findings import has_errors
from waveplan.engine.presolve.rounded_problem import SAFE, looser, stricter
from waveplan.engine.problem import PlanningProblem
from waveplan.engine.search import Search
from waveplan.planning import SolveOptions, solve
from waveplan.review import review

SEEDS = count(24)
OPTIONS = SolveOptions(deterministic_limit=30.0, workers=1)


@pytest.mark.parametrize("seed", few_at_once(range(SEEDS), 3, slow_in=2))
def test_extreme_amounts_are_planned_as_well_as_any(seed: int) -> None:
    inventory = extreme_inventory(random.Random(seed))
    plans = None if has_errors(review(inventory)) else every_plan(inventory, 300)
    if plans is None:
        return
    goal = inventory.objective.goals[0].goal
    valid = [(placed, plan) for placed, plan in plans if not check(plan, inventory).findings]
    outcome = solve(inventory, options=OPTIONS)
    assert (outcome.status == "planned") == bool(valid), f"{len(valid)} of {len(plans)} plans are valid"
    if outcome.plan is None:
        return
    assert not check(outcome.plan, inventory).findings
    best = min(value_of(plan, goal, inventory) for _, plan in valid)
    record = outcome.plan.solve.goals[0]
    assert record.status == "optimal"
    assert abs(value_of(outcome.plan, goal, inventory) - best) <= Decimal("0.0001")


@pytest.mark.parametrize("seed", few_at_once(range(0, SEEDS, 2), 3, slow_in=2))
def test_extreme_plans_are_judged_alike(seed: int) -> None:
    inventory = extreme_inventory(random.Random(seed))
    plans = None if has_errors(review(inventory)) else every_plan(inventory, 300)
    for placed, plan in random.Random(seed).sample(plans, min(5, len(plans))) if plans else ():
        codes = sorted({finding.code for finding in check(plan, inventory).findings})
        assert solver_accepts(inventory, placed) == (not codes), (placed, codes)
        assert not (search_accepts(inventory, placed) and codes), (placed, codes)  # it may be stricter, never looser


def longer(problem: PlanningProblem, rng: random.Random) -> PlanningProblem:
    """The same problem in units so small that nothing of it fits 64 bits."""
    many = rng.choice([3**60, 10**30, 2**80 + 1])
    budgets = (
        replace(b, terms=tuple((pool, p, w * many + 1) for pool, p, w in b.terms), limit=b.limit * many + many // 3)
        for b in problem.budgets
    )
    limits = (
        replace(each, amounts={lot: a * many for lot, a in each.amounts.items()}, limit=each.limit * many)
        for each in problem.wave_limits
    )
    ties = tuple(replace(tie, weight=tie.weight * many + 1) for tie in problem.ties)
    return replace(problem, budgets=tuple(budgets), wave_limits=tuple(limits), ties=ties, weight_scale=many)


@pytest.mark.parametrize("seed", few_at_once(range(SEEDS), 3, slow_in=2))
def test_a_stricter_problem_has_no_other_plans_and_a_looser_one_has_them_all(seed: int) -> None:
    rng = random.Random(seed)
    problem = longer(small_problem(rng), rng)
    up, down = stricter(problem), looser(problem)
    assert all(abs(weight) <= 2 * SAFE for b in (*up.budgets, *down.budgets) for _, _, weight in b.terms)
    for assignment in list(every_assignment(problem))[:200]:
        verdict = keeps_every_rule(problem, assignment)
        assert verdict or not keeps_every_rule(up, assignment)
        assert keeps_every_rule(down, assignment) or not verdict


@pytest.mark.parametrize("seed", few_at_once(range(0, SEEDS, 3), 3, slow_in=2))
def test_the_search_never_accepts_what_breaks_a_rule(seed: int) -> None:
    rng = random.Random(seed)
    problem = longer(small_problem(rng), rng)
    search = Search(stricter(problem), {}, threading.Event())
    for assignment in list(every_assignment(problem))[:5]:
        assert not search.accepts(assignment) or keeps_every_rule(problem, assignment)
