"""Annealing before anything is compiled: the same random numbers, plans that keep every rule, and as good as any."""

from __future__ import annotations

import random

import numpy as np
import pytest
from support.judged_problems import every_assignment, keeps_every_rule, small_problem, with_groups
from support.seeds import count, few_at_once

from waveplan.engine.compiling.compiled import compiled
from waveplan.engine.goals.measures import measure
from waveplan.engine.problem import PlanningProblem
from waveplan.engine.search import layout as at
from waveplan.engine.search.interpreted import draw
from waveplan.engine.search.kernel import chance
from waveplan.engine.search.plain_annealing import annealed_plainly

SEEDS = count(60)
GLANCES = 40


@compiled
def _many(state, count):  # type: ignore[no-untyped-def]
    found = np.empty(count)
    for number in range(count):
        found[number] = chance.draw(state)
    return found


@pytest.mark.parametrize("seed", [1, -1, 2**62 + 12345, -(2**63) + 7])
def test_numbers_are_those_that_compiled_code_draws(seed: int) -> None:
    state = np.zeros(at.RANDOM + 1, np.int64)
    state[at.RANDOM] = seed
    plain = [int(each) for each in state]
    assert [draw(plain) for _ in range(1_000)] == _many(state, 1_000).tolist()


def annealed(problem: PlanningProblem, goal: str, start: dict[int, int], seed: int) -> dict[int, int] | None:
    left = iter(range(GLANCES))
    return annealed_plainly(problem, {}, goal, start, seed, lambda _: next(left, None) is not None, None)


@pytest.mark.parametrize("seed", few_at_once(range(SEEDS), 3, slow_in=2))
@pytest.mark.parametrize("goal", ["coexistence", "moved_lots", "criticality_risk"])
def test_what_comes_out_keeps_every_rule_and_is_seldom_worse_than_the_best(goal: str, seed: int) -> None:
    rng = random.Random(7_000 + seed)
    problem = with_groups(small_problem(rng), rng)
    plans = [plan for plan in every_assignment(problem) if keeps_every_rule(problem, plan)]
    if not plans:
        return
    values = [measure(problem, plan, goal) for plan in plans]
    start = plans[values.index(max(values))]
    found = annealed(problem, goal, start, seed)
    assert found is not None
    assert keeps_every_rule(problem, found)
    reached = measure(problem, found, goal)
    assert reached <= max(values)
    assert reached < max(values) or len(plans) < 4 or min(values) == max(values)
