"""No plan's peak load is below its bound; where weeks hold no more than they must, the two meet."""

from __future__ import annotations

import random
from dataclasses import replace
from fractions import Fraction

import pytest
from support.judged_problems import every_assignment, in_windows, keeps_every_rule, small_problem, with_groups
from support.packings import packing_problem
from support.seeds import count, few_at_once

from waveplan.engine.limits import Budget, Pool
from waveplan.engine.measures import measure
from waveplan.engine.problem import PlanningProblem
from waveplan.engine.proofs.bounds import peak
from waveplan.engine.proofs.bounds.peak import peak_bound

SEEDS = count(200)


def with_weeks(problem: PlanningProblem, rng: random.Random) -> PlanningProblem:
    """The same where teams have weeks that nothing else limits: work falls into the week of the wave, or before."""
    pools, budgets = list(problem.pools), list(problem.budgets)
    peaks = []
    for _ in range(rng.randint(1, 2)):
        amounts = {lot: rng.randint(1, 6) for lot in range(len(problem.lots)) if rng.random() < 0.8}
        pools.append(Pool("team", amounts))
        for week in sorted({place.week for place in problem.positions}):
            terms = [(len(pools) - 1, p.index, rng.randint(1, 3)) for p in problem.positions if p.week == week]
            terms += [(len(pools) - 1, p.index, 1) for p in problem.positions if p.week == week + 7]
            peaks.append(len(budgets))
            budgets.append(Budget("WP324", "week", tuple(terms), 1000, stated_offer=rng.choice([0, 10, 10, 25])))
    return replace(problem, pools=tuple(pools), budgets=tuple(budgets), peaks=tuple(peaks))


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
