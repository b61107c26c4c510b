"""Boundaries with prices against every plan there is: never above the least coexistence, and often at it.

`WAVEPLAN_SEEDS=5000` tries more problems.
"""

from __future__ import annotations

import random
import threading
from collections.abc import Callable

import numpy as np
import pytest
from support.seeds import count
from support.small_problems import Enumeration, few_a_wave, small_problem

from waveplan.engine.problem import PlanningProblem
from waveplan.engine.proofs.bounds.boundaries import boundaries_bound, ground_of
from waveplan.engine.proofs.bounds.boundaries.master import NestingPrices
from waveplan.engine.proofs.bounds.boundaries.pricing import Boundaries
from waveplan.engine.proofs.bounds.coexistence import CoexistenceBounding
from waveplan.engine.proofs.bounds.spreading import BoundLimits
from waveplan.engine.proofs.bounds.spreading.parts import merged_ties
from waveplan.engine.running.clock import Allotment

SEEDS = count(60)


def hold_against_all_plans(
    draw: Callable[[random.Random], PlanningProblem], bound_of: Callable[[PlanningProblem], int]
) -> tuple[int, int, int]:
    """How many problems ask for some coexistence, and of how many the bound is some of it, or all."""
    positive = some = met = 0
    for seed in range(SEEDS):
        problem = draw(random.Random(seed))
        best = Enumeration(problem).least()
        if best is not None:
            bound = bound_of(problem)
            assert bound <= best, f"seed {seed}: bound {bound}, but a plan has {best}"
            positive += best > 0
            some += bound > 0
            met += 0 < best == bound
    return positive, some, met


def by_boundaries(problem: PlanningProblem) -> int:
    told: list[int] = []
    limits = BoundLimits(None, 1.0)
    bound = boundaries_bound(problem, problem.allowed, merged_ties(problem), limits, threading.Event(), told.append)
    assert told == sorted(set(told))
    assert bound == (told[-1] if told else 0)
    return bound


def by_all(problem: PlanningProblem) -> int:
    """As a solve has it: spreading, boundaries and timetables together."""
    told = [0]
    bounding = CoexistenceBounding(problem, problem.allowed, None)
    bounding.run(Allotment(None, 0.5), threading.Event(), told.append)
    return max(told)


def by_chance(problem: PlanningProblem) -> int:
    """With prices that nobody looked for."""
    ground = ground_of(problem, problem.allowed, merged_ties(problem))
    if ground is None:
        return 0
    drawn = np.random.default_rng(len(ground.ties))
    pricing, days = Boundaries(ground, threading.Event()), len(ground.boundaries)
    best = 0
    for most in (0.5, 3.0, 30.0):
        pricing._prices = NestingPrices(
            most * drawn.random((days - 1, len(ground.sizes))), most * drawn.random(days - 1)
        )
        best = max(best, pricing.exactly())
    return best


@pytest.mark.parametrize("draw", [small_problem, few_a_wave])
def test_no_plan_is_better_than_boundaries_say(draw: Callable[[random.Random], PlanningProblem]) -> None:
    positive, some, met = hold_against_all_plans(draw, by_boundaries)
    assert some > positive // 3
    assert met


@pytest.mark.parametrize("draw", [small_problem, few_a_wave])
def test_no_plan_is_better_than_all_bounds_together_say(draw: Callable[[random.Random], PlanningProblem]) -> None:
    positive, some, met = hold_against_all_plans(draw, by_all)
    assert some > positive // 2
    assert met


@pytest.mark.parametrize("draw", [small_problem, few_a_wave])
def test_whatever_the_prices_no_plan_is_better(draw: Callable[[random.Random], PlanningProblem]) -> None:
    _, some, _ = hold_against_all_plans(draw, by_chance)
    assert some
