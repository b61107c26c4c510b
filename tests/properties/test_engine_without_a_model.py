"""The engine as it plans what is too large for a model: the same inventories, with the search and proofs alone.

`WAVEPLAN_SEEDS=500` tries more inventories.
"""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from support.seeds import count, few_at_once
from support.small_inventories import small_inventory

from waveplan.checking import check
from waveplan.domain.findings import has_errors
from waveplan.engine import whole_model
from waveplan.engine.model import modelling, watched
from waveplan.export.plan_yaml import dump_plan
from waveplan.planning import Outcome, SolveOptions, solve
from waveplan.review import review

SEEDS = count(60)
OPTIONS = SolveOptions(deterministic_limit=4.0, workers=1, reproducible=True)


@pytest.fixture
def no_model(monkeypatch: pytest.MonkeyPatch) -> None:
    for limit in ("MOST_MODELLED", "MOST_IN_MODEL", "MOST_FOR_A_PLAN"):
        monkeypatch.setattr(whole_model, limit, 0)


def with_model(seed: int) -> Outcome:
    return solve(small_inventory(random.Random(seed)), options=OPTIONS)


@pytest.mark.parametrize("seed", few_at_once(range(SEEDS), 3, slow_in=2))
def test_plans_pass_the_check_and_bounds_hold(seed: int, request: pytest.FixtureRequest) -> None:
    inventory = small_inventory(random.Random(seed))
    if has_errors(review(inventory)):
        return
    expected = with_model(seed)
    request.getfixturevalue("no_model")
    found = solve(inventory, options=OPTIONS)
    assert found.plan is None or not check(found.plan, inventory).findings
    if expected.plan is None:
        assert found.status in {"infeasible", "unknown"}, "a plan where there is provably none"
        return
    assert found.plan is not None, "small problems are no trouble to construct or to mend"
    best, record = expected.plan.solve.goals[0], found.plan.solve.goals[0]
    assert best.status == "optimal"
    assert record.value >= best.value
    assert record.bound is None or record.bound <= best.value
    assert record.status != "optimal" or record.value == best.value


@pytest.fixture
def no_time_to_build(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watched, "_EVERY", 1)
    monkeypatch.setattr(modelling, "over_after", lambda *_: lambda: True)


@pytest.mark.parametrize("seed", range(0, SEEDS, 4))
def test_a_model_that_is_given_up_costs_no_plan_and_proves_nothing(seed: int, request: pytest.FixtureRequest) -> None:
    inventory = small_inventory(random.Random(seed))
    if has_errors(review(inventory)):
        return
    expected = with_model(seed)
    request.getfixturevalue("no_time_to_build")
    found = solve(inventory, options=OPTIONS)
    assert found.plan is None or not check(found.plan, inventory).findings
    assert (found.plan is None) == (expected.plan is None)
    if expected.plan is None:
        plain = found.findings or expected.findings  # what is known without any search stays known
        assert found.status == ("infeasible" if plain else "unknown")


@pytest.mark.parametrize("seed", range(0, 12, 3))
def test_the_same_bytes_again(seed: int, no_model: None) -> None:
    inventory = small_inventory(random.Random(seed))
    if has_errors(review(inventory)):
        return
    plans = [solve(inventory, options=replace(OPTIONS, workers=2)).plan for _ in range(2)]
    assert [plan is None for plan in plans] in ([True, True], [False, False])
    if plans[0] is not None and plans[1] is not None:
        assert dump_plan(plans[0]) == dump_plan(plans[1])
