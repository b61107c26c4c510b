"""First plans without anything compiled: the rules as Python runs them, and what construction with ejection finds."""

from __future__ import annotations

import random
import threading

import pytest
from support.judged_problems import every_assignment, keeps_every_rule, small_problem, with_groups
from support.seeds import count, few_at_once
from support.small_inventories import small_inventory
from support.small_transitions import small_transition

from waveplan.domain.findings import has_errors
from waveplan.domain.inventory import Inventory
from waveplan.engine.problem import PlanningProblem
from waveplan.engine.running.clock import Allotment, Clock
from waveplan.engine.running.options import EngineOptions
from waveplan.engine.search import layout as at
from waveplan.engine.search.ejection import Ejection
from waveplan.engine.search.ground import SearchGround
from waveplan.engine.search.held import HeldGoals
from waveplan.engine.search.interpreted import InterpretedGround
from waveplan.engine.search.searching import Searching
from waveplan.planning import SolveOptions, solve
from waveplan.planning.building.problem_builder import build_problem
from waveplan.planning.facts.facts import PlanningFacts
from waveplan.review import review

SEEDS = count(60)
TRIES = 4_000


def drawn(seed: int) -> PlanningProblem:
    rng = random.Random(seed)
    return with_groups(small_problem(rng), rng)


def constructed(ground: InterpretedGround, seed: int, tries: int = TRIES) -> dict[int, int] | None:
    ground.tries = 0
    return Ejection(ground, seed, lambda: ground.tries < tries).plan({})


@pytest.mark.parametrize("seed", few_at_once(range(SEEDS), 3, slow_in=2))
def test_rules_that_are_interpreted_are_those_that_are_compiled(seed: int) -> None:
    problem = drawn(seed)
    plans = list(every_assignment(problem))
    plain, ground = InterpretedGround(problem, HeldGoals()), SearchGround(problem, HeldGoals(), None)
    for plan in random.Random(seed).sample(plans, min(60, len(plans))):
        assert plain.keeps_every_rule(plan) == ground.keeps_every_rule(plan) == keeps_every_rule(problem, plan), plan


@pytest.mark.parametrize("seed", few_at_once(range(SEEDS), 3, slow_in=2))
def test_a_plan_is_found_where_there_is_one_and_keeps_every_rule(seed: int) -> None:
    problem = drawn(2_000 + seed)
    exists = any(keeps_every_rule(problem, plan) for plan in every_assignment(problem))
    found = constructed(InterpretedGround(problem, HeldGoals()), seed)
    assert (found is not None) == exists
    assert found is None or keeps_every_rule(problem, found)


@pytest.mark.parametrize("draw", [small_inventory, small_transition])
@pytest.mark.parametrize("seed", few_at_once(range(SEEDS), 6, slow_in=2))
def test_drawn_inventories_have_a_plan_at_once(draw: type, seed: int) -> None:
    inventory: Inventory = draw(random.Random(seed))
    if has_errors(review(inventory)):
        return
    options = SolveOptions(deterministic_limit=4.0, workers=1)
    expected = solve(inventory, options=options)
    problem = build_problem(PlanningFacts(inventory)).problem
    search = Searching(problem, 1, seed, Clock(EngineOptions(deterministic_limit=4.0)), threading.Event())
    found = search.at_once(Allotment(None, 4.0), tries=TRIES)
    assert found is None or search.accepts(found)
    if expected.status != "planned":
        assert found is None, "a plan where there is none"
    elif problem.lots:
        assert found is not None, "small inventories are no trouble"


@pytest.mark.parametrize("seed", range(6))
def test_the_books_are_as_if_the_plan_had_been_taken_up_whole(seed: int) -> None:
    """What ejecting and going back leave behind is what a plan that is taken up afresh has."""
    problem = drawn(3_000 + seed)
    ground = InterpretedGround(problem, HeldGoals())
    run = Ejection(ground, seed, lambda: ground.tries < 300)
    run.plan({})
    first = run._state[at.POS]
    placed = {lot: place for lot, place in enumerate(run._state[first : first + len(problem.lots)]) if place >= 0}
    again = ground.begun(placed)
    assert again is not None
    for name in (at.WAVES, at.VALUE, at.PENALTY, at.PLACED):
        assert run._state[name] == again[name]


def test_the_same_seed_gives_the_same_plan() -> None:
    problem = drawn(2_001)
    plans = [constructed(InterpretedGround(problem, HeldGoals()), 5) for _ in range(2)]
    assert plans[0] is not None
    assert plans[0] == plans[1]
