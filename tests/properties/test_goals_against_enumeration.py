"""Several goals with tolerances against every plan there is: each as good as those before it, held, let it be.

Which plans are valid, and what they are worth, is the check's word. `WAVEPLAN_SEEDS=200` tries more inventories.
"""

from __future__ import annotations

import random
from dataclasses import replace
from functools import cache

import pytest
from support.enumeration import ROUNDED, best_in_order
from support.plans import every_plan
from support.seeds import count, few_at_once
from support.small_objectives import small_goals, small_objective

from waveplan.checking import check
from waveplan.domain.inventory import Inventory
from waveplan.domain.objective import Goal
from waveplan.domain.plan import Metrics
from waveplan.engine import whole_model
from waveplan.planning import Outcome, SolveOptions, solve

SEEDS = count(24)
MOST_PLANS = 125
OPTIONS = SolveOptions(deterministic_limit=30.0, workers=1)
SEARCHED = SolveOptions(deterministic_limit=4.0, workers=1, reproducible=True)
ROOM = {  # what a search proves of a second goal rests on how loosely the first is held
    "finish": Goal.model_validate({"goal": "finish", "tolerance": "14"}),
    "waves": Goal.model_validate({"goal": "waves", "tolerance": "1"}),
}
PAIRS = [("finish", "waves"), ("finish", "coexistence"), ("waves", "coexistence")]


@cache
def drawn(seed: int) -> tuple[Inventory, list[Metrics]]:
    """An inventory, and what each of its valid plans is worth."""
    inventory = small_objective(random.Random(seed))
    plans = every_plan(inventory, MOST_PLANS)
    assert plans is not None
    checked = [check(plan, inventory) for _, plan in plans]
    return inventory, [each.metrics for each in checked if not each.findings]


def bounds_are_true(outcome: Outcome, valid: list[Metrics], goals: tuple[Goal, ...], most: int) -> None:
    """Of the first so many goals: no bound says more than is true, and what is called optimal is."""
    assert outcome.plan is not None
    for record, best in list(zip(outcome.plan.solve.goals, best_in_order(valid, goals), strict=True))[:most]:
        assert record.bound is None or record.bound <= best.most + ROUNDED, record
        assert record.status != "optimal" or record.value <= best.most + ROUNDED, record


@pytest.mark.parametrize("seed", few_at_once(range(SEEDS), 3, slow_in=2))
def test_each_goal_is_the_best_that_those_before_it_allow(seed: int) -> None:
    inventory, valid = drawn(seed)
    goals = small_goals(random.Random(seed))
    outcome = solve(inventory, options=replace(OPTIONS, goals=goals))
    assert (outcome.plan is None) == (not valid)
    if outcome.plan is None:
        return
    assert not check(outcome.plan, inventory).findings
    bounds_are_true(outcome, valid, goals, len(goals))
    for record, best in zip(outcome.plan.solve.goals, best_in_order(valid, goals), strict=True):
        assert best.least - ROUNDED <= record.value <= best.most + best.room + ROUNDED, record
        assert record.bound is not None
        assert record.bound >= best.least - ROUNDED, "all of it is proven where so little is possible"
    assert outcome.plan.solve.goals[-1].status == "optimal"


@pytest.mark.parametrize("pair", PAIRS, ids="-".join)
@pytest.mark.parametrize("seed", few_at_once([*range(4, SEEDS, 4), 0], 4, slow_in=2))
def test_bounds_without_a_model_are_true(seed: int, pair: tuple[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    """A first goal that is not proven is held more loosely, so a second one's bound is no higher than enumerated."""
    inventory, valid = drawn(seed)
    if not valid:
        return
    for limit in ("MOST_MODELLED", "MOST_IN_MODEL", "MOST_FOR_A_PLAN"):
        monkeypatch.setattr(whole_model, limit, 0)
    goals = (ROOM[pair[0]], Goal.model_validate({"goal": pair[1]}))
    outcome = solve(inventory, options=replace(SEARCHED, goals=goals))
    assert outcome.plan is not None, "small problems are no trouble to construct or to mend"
    assert not check(outcome.plan, inventory).findings
    bounds_are_true(outcome, valid, goals, 2)
