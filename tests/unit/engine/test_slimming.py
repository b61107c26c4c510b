"""Charges that never come into play are left out, and nothing else changes."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from support.judged_problems import every_assignment, keeps_every_rule, small_problem, with_groups
from support.seeds import count, few_at_once

from waveplan.engine.compiling.smallest import SMALLEST
from waveplan.engine.goals.measures import measure
from waveplan.engine.presolve.slimming import slimmed
from waveplan.engine.problem.limits import Budget, Pool

SEEDS = count(40)


@pytest.mark.parametrize("seed", few_at_once(range(SEEDS), 4))
def test_the_same_plans_keep_every_rule_and_load_people_alike(seed: int) -> None:
    rng = random.Random(seed)
    problem = with_groups(small_problem(rng), rng)
    narrow = replace(problem, allowed=tuple(places[: max(1, len(places) - 1)] for places in problem.allowed))
    slim = slimmed(narrow)
    assert len(slim.budgets) == len(narrow.budgets)
    plans = list(every_assignment(narrow))
    for plan in rng.sample(plans, min(40, len(plans))):
        assert keeps_every_rule(slim, plan) == keeps_every_rule(narrow, plan)
        assert measure(slim, plan, "peak_load") == measure(narrow, plan, "peak_load")


def test_charges_where_no_lot_may_stand_go_and_those_of_preludes_stay() -> None:
    pools = (Pool("effort", {0: 2}), Pool("teaching", {}, prelude=0, units=3))
    budget = Budget("WP324", "team", ((0, 0, 1), (0, 1, 1), (1, 1, 1)), 5)
    problem = replace(SMALLEST, pools=pools, budgets=(budget,), allowed=((0,), SMALLEST.allowed[1]))
    assert slimmed(problem).budgets[0].terms == ((0, 0, 1), (1, 1, 1))
    wide = replace(problem, allowed=((0, 1), SMALLEST.allowed[1]))
    assert slimmed(wide).budgets[0] is budget
