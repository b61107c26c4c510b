"""The spreading bound against every plan there is: never above the least coexistence, and often at it.

`WAVEPLAN_SEEDS=5000` tries more problems.
"""

from __future__ import annotations

import os
import random
import threading

import pytest
from support.small_problems import Enumeration, small_problem

from waveplan.domain.problem import PlanningProblem
from waveplan.planning.bounds.spreading import BoundLimits, coexistence_bound

SEEDS = int(os.environ.get("WAVEPLAN_SEEDS", "300"))


def bound_of(problem: PlanningProblem, work: float = 0.02) -> int:
    told: list[int] = []
    bound = coexistence_bound(
        problem, problem.allowed, BoundLimits(None, work), threading.Event(), told.append
    )
    assert told == sorted(set(told))
    assert bound == (told[-1] if told else 0)
    return bound


def test_no_plan_is_better_than_the_bound() -> None:
    close = apart = 0
    for seed in range(SEEDS):
        problem = small_problem(random.Random(seed))
        least = Enumeration(problem).least()
        if least is None:
            continue
        bound = bound_of(problem)
        assert bound <= least, f"seed {seed}: bound {bound}, but a plan has {least}"
        apart += least > 0
        close += least > 0 and 3 * bound >= 2 * least
    assert apart > SEEDS // 4
    assert 2 * close > apart
