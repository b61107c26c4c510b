"""No plan's peak load is below its bound; where weeks hold no more than they must, the two meet."""

from __future__ import annotations

import random
from dataclasses import replace
from fractions import Fraction

import pytest
from support.judged_problems import (
    every_assignment,
    in_windows,
    keeps_every_rule,
    small_problem,
    with_groups,
    with_weeks,
)
from support.packings import packing_problem
from support.seeds import count, few_at_once

from waveplan.engine.goals.measures import measure
from waveplan.engine.problem.limits import Budget, Pool
from waveplan.engine.proofs.bounds import peak
from waveplan.engine.proofs.bounds.peak import peak_bound

SEEDS = count(200)


@pytest.mark.parametrize("programmed", [0, 8_000])
@pytest.mark.parametrize("seed", few_at_once(range(SEEDS), 5))
def test_no_plan_has_a_lower_peak(seed: int, programmed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(peak, "_MOST_PROGRAMMED", programmed)
    rng = random.Random(seed)
    problem = with_weeks(in_windows(with_groups(small_problem(rng), rng), rng), rng)
    bound = peak_bound(problem, problem.allowed)
    peaks = [
        measure(problem, each, "peak_load") for each in every_assignment(problem) if keeps_every_rule(problem, each)
    ]
    assert bound <= min(peaks, default=bound)


def test_work_that_fills_all_weeks_alike_has_its_peak_proven() -> None:
    problem = packing_problem([4, 4, 4], 4, [], slots=3)
    weeks = tuple(Budget("WP324", "week", ((0, p, 2),), 100, stated_offer=10) for p in range(3))
    problem = replace(problem, pools=(Pool("team", dict.fromkeys(range(3), 4)),), budgets=weeks, peaks=(0, 1, 2))
    assert peak_bound(problem, problem.allowed) == Fraction(8, 10)


def test_work_that_must_be_in_some_weeks_counts_against_those(monkeypatch: pytest.MonkeyPatch) -> None:
    problem = packing_problem([4, 4, 4], 4, [], slots=3)
    weeks = tuple(Budget("WP324", "week", ((0, p, 2),), 100, stated_offer=10) for p in range(3))
    problem = replace(problem, pools=(Pool("team", dict.fromkeys(range(3), 4)),), budgets=weeks, peaks=(0, 1, 2))
    allowed = ((0,), (0,), (0, 1, 2))
    assert peak_bound(problem, allowed) == Fraction(16, 10)
    monkeypatch.setattr(peak, "_MOST_PROGRAMMED", 0)
    assert peak_bound(problem, allowed) == Fraction(8, 10)
