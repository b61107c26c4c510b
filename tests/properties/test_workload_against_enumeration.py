"""What budgets say of the earliest end never goes beyond the end of any plan there is."""

from __future__ import annotations

import random

import pytest
from support.judged_problems import every_assignment, keeps_every_rule, small_problem
from support.seeds import count, few_at_once

from waveplan.engine.proofs.bounds import finish_bound, wave_bounds
from waveplan.engine.proofs.bounds.workload import workload_bound

SEEDS = count(60)


@pytest.mark.parametrize("seed", few_at_once(range(SEEDS), 3))
def test_no_plan_ends_before_the_bound(seed: int) -> None:
    problem = small_problem(random.Random(seed))
    ends = [
        max(problem.hypercare[lot][place][1] for lot, place in assignment.items())
        for assignment in every_assignment(problem)
        if keeps_every_rule(problem, assignment)
    ]
    if ends:
        assert workload_bound(problem) <= min(ends)
        assert finish_bound(problem, wave_bounds(problem)) <= min(ends)
