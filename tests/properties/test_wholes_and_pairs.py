"""Groups that are ordered or kept apart as wholes say what all their pairs say: held against each other by plans."""

from __future__ import annotations

import random

import pytest
from support.judged_problems import every_assignment, keeps_every_rule
from support.seeds import count, few_at_once
from support.small_inventories import Draw
from support.small_zones import zones_data

from waveplan.domain.findings import has_errors
from waveplan.domain.inventory import Inventory
from waveplan.engine.problem import PlanningProblem
from waveplan.planning.building import orders
from waveplan.planning.building.problem_builder import build_problem
from waveplan.planning.facts.facts import PlanningFacts
from waveplan.review import review

SEEDS = count(300)
MOST = 150  # plans of one inventory that are judged


def told(inventory: Inventory, monkeypatch: pytest.MonkeyPatch, most: int) -> PlanningProblem:
    monkeypatch.setattr(orders, "_MOST_PAIRS", most)
    return build_problem(PlanningFacts(inventory)).problem


def grouped(rng: random.Random, seed: int) -> Inventory | None:
    """An inventory that surely has families and something that is kept apart."""
    data = Draw(rng).inventory() if seed % 2 else zones_data(rng)
    for number, app in enumerate(data["applications"]):
        app.pop("steps", None)
        app |= {"family": "f", "environment": ("dev", "test", "prod")[number % 3], "domain": f"d{rng.randrange(3)}"}
    data.setdefault("policy", {})["environment_order"] = ["dev", "prod"] if seed % 3 else ["dev", "test", "prod"]
    sides = [{"domain": each} for each in rng.sample(["d0", "d1", "d2"], rng.choice([2, 3]))]
    data["rules"] = [{"id": "kept-apart", "apart": sides}]
    inventory = Inventory.model_validate(data)
    return None if has_errors(review(inventory)) else inventory


@pytest.mark.parametrize("seed", few_at_once(range(SEEDS), 40, slow_in=2))
def test_wholes_allow_the_plans_that_pairs_allow(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    rng = random.Random(seed)
    inventory = grouped(rng, seed)
    if inventory is None:
        return
    pairs, wholes = told(inventory, monkeypatch, 10_000), told(inventory, monkeypatch, 0)
    assert not pairs.group_orders
    plans = list(every_assignment(pairs))
    for plan in rng.sample(plans, min(MOST, len(plans))):
        assert keeps_every_rule(wholes, plan) == keeps_every_rule(pairs, plan), plan


def test_pairs_are_left_for_wholes_where_there_are_many(monkeypatch: pytest.MonkeyPatch) -> None:
    applications = [{"id": f"a{n}", "family": "f", "environment": ("dev", "prod")[n % 2]} for n in range(6)]
    inventory = Inventory.model_validate(
        {
            "waveplan": 1,
            "programme": {"name": "wholes", "start": "2026-01-05", "deadline": "2026-06-26"},
            "applications": applications,
            "policy": {"environment_order": ["dev", "test", "prod"]},
            "rules": [{"id": "r", "apart": [{"app": ["a0", "a2"]}, {"app": ["a1", "a3"]}]}],
        }
    )
    pairs, wholes = told(inventory, monkeypatch, 10_000), told(inventory, monkeypatch, 0)
    assert (len(pairs.precedences), len(pairs.aparts), len(pairs.group_orders)) == (9, 4, 0)
    assert (len(wholes.precedences), len(wholes.aparts), len(wholes.group_orders)) == (0, 0, 1)
    assert [limit.code for limit in wholes.union_limits] == ["WP311"]
