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


def test_no_plan_has_fewer_waves_than_the_bound_and_most_bounds_are_met() -> None:
    """Bounds that say less than they could would be true as well: in most draws they are what the best plan has."""
    drawn = waves_met = ends_met = 0
    for seed in range(60):
        problem = small_problem(random.Random(seed))
        plans = [each for each in every_assignment(problem) if keeps_every_rule(problem, each)]
        if not plans:
            continue
        drawn += 1
        bounds = wave_bounds(problem)
        of_streams = [
            min(len({place for lot, place in plan.items() if problem.lot_stream[lot] == stream}) for plan in plans)
            for stream in range(len(problem.streams))
        ]
        assert all(bound <= least for bound, least in zip(bounds, of_streams, strict=True)), seed
        waves_met += bounds == of_streams
        ends = min(max(problem.hypercare[lot][place][1] for lot, place in plan.items()) for plan in plans)
        ends_met += finish_bound(problem, bounds) == ends
    assert drawn >= 50
    assert waves_met >= 36
    assert ends_met >= 41
