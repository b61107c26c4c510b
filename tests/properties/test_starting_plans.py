"""Plans made near another one and from a start, against every plan there is: no bound is false, none is worse."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from support.plans import every_plan
from support.seeds import count, draws, few_at_once
from support.small_objectives import small_objective

from waveplan.checking import check
from waveplan.domain.inventory import Inventory
from waveplan.domain.objective import Goal
from waveplan.domain.plan import Plan
from waveplan.domain.rules import Rule
from waveplan.domain.selectors import Selector
from waveplan.planning import SolveOptions, solve
from waveplan.planning.mending import moving_few

SEEDS = count(18)
MOST_PLANS = 125
OPTIONS = SolveOptions(deterministic_limit=10.0, workers=1, reproducible=True)
Worth = tuple[int, int]  # lots that moved, finish


def days_of(plan: Plan) -> dict[tuple[str, ...], object]:
    lots = plan.lots_by_id()
    return {tuple(sorted(lots[lot].items)): wave.date for wave in plan.waves for lot in wave.lots}


def changed(inventory: Inventory, baseline: Plan) -> Inventory:
    """The same where the first wave's first lot cannot be where it was."""
    wave = baseline.waves_in_order()[0]
    item = baseline.lots_by_id()[wave.lots[0]].items[0]
    rule = Rule(id="later", match=Selector.parse({"id": [item]}), not_before=wave.date.replace(day=wave.date.day + 1))
    return inventory.model_copy(update={"rules": [*inventory.rules, rule]})


def drawn(seed: int) -> tuple[Inventory, Plan, list[tuple[Worth, Plan]]]:
    """An inventory, a plan that was one before it changed, and every plan that is one with what it is worth."""
    before, valid = next(each for each in map(with_plans, draws(seed)) if each[1])
    baseline = random.Random(seed).choice(valid)
    inventory, stood = changed(before, baseline), days_of(baseline)
    found = []
    for plan in valid:
        result = check(plan, inventory)
        if not result.findings:
            moved = sum(stood[items] != day for items, day in days_of(plan).items())
            found.append(((moved, result.metrics.finish), plan))
    return inventory, baseline, found


def with_plans(rng: random.Random) -> tuple[Inventory, list[Plan]]:
    """An inventory, and all its plans."""
    inventory = small_objective(rng)
    plans = every_plan(inventory, MOST_PLANS)
    assert plans is not None
    return inventory, [plan for _, plan in plans if not check(plan, inventory).findings]


def worth(plan: Plan) -> Worth:
    moved, finish = plan.solve.goals
    return int(moved.value), int(finish.value)


GOALS = moving_few([Goal(goal="finish")])


@pytest.mark.parametrize("seed", few_at_once(range(SEEDS), 6, slow_in=4))
def test_near_another_plan_bounds_are_true_and_what_is_proven_is_the_best(seed: int) -> None:
    inventory, baseline, valid = drawn(seed)
    outcome = solve(inventory, options=replace(OPTIONS, goals=GOALS), baseline=baseline)
    assert (outcome.plan is None) == (not valid)
    if outcome.plan is None:
        return
    best = min(value for value, _ in valid)
    assert worth(outcome.plan) == best
    for record, value in zip(outcome.plan.solve.goals, best, strict=True):
        assert record.bound is not None
        assert record.bound <= value


@pytest.mark.parametrize("seed", few_at_once(range(SEEDS), 6, slow_in=4))
def test_nothing_worse_than_the_start_comes_out_however_short_the_time(seed: int) -> None:
    inventory, baseline, valid = drawn(seed)
    for limit in (1e-6, 0.02):
        options = replace(OPTIONS, deterministic_limit=limit, goals=GOALS)
        for value, start in random.Random(seed).sample(valid, min(3, len(valid))):
            outcome = solve(inventory, options=options, baseline=baseline, start=start)
            assert outcome.plan is not None
            assert not check(outcome.plan, inventory).findings
            assert worth(outcome.plan) <= value


def test_a_start_that_breaks_a_rule_is_none() -> None:
    inventory, baseline, valid = drawn(0)
    outcome = solve(inventory, options=replace(OPTIONS, goals=GOALS), baseline=baseline, start=baseline)
    assert outcome.plan is not None
    assert worth(outcome.plan) == min(value for value, _ in valid)
    assert not check(outcome.plan, inventory).findings
