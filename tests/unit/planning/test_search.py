"""The search keeps its books: values and rows carried from move to move are those worked out from nothing."""

from __future__ import annotations

import random
import threading

import numpy as np
import pytest
from support.small_inventories import small_inventory

from waveplan.domain.findings import has_errors
from waveplan.domain.inventory import Inventory
from waveplan.domain.problem import PlanningProblem
from waveplan.planning import SolveOptions, solve
from waveplan.planning.facts import Facts
from waveplan.planning.measures import measure
from waveplan.planning.problem_builder import build_problem
from waveplan.planning.search import Held, SearchLimits, improve, kernel
from waveplan.planning.search.annealing import state_of
from waveplan.planning.search.arrays import arrays_of
from waveplan.planning.search.smallest import SMALLEST, START
from waveplan.review import review

LIMITS = SearchLimits(seconds=None, deterministic=0.01, threads=1, seed=3)


def solved(seed: int) -> tuple[Inventory, PlanningProblem, dict[int, int]] | None:
    """A small problem with a plan that the engine found, as positions of lots; None when it has none."""
    inventory = small_inventory(random.Random(seed))
    if has_errors(review(inventory)):
        return None
    plan = solve(inventory, options=SolveOptions(deterministic_limit=5, workers=1)).plan
    if plan is None or not plan.waves:
        return None
    facts = Facts(inventory)
    wave_of = {lot: wave.id for wave in plan.waves for lot in wave.lots}
    position_of = {facts.wave_id(position): position.index for position in facts.positions}
    problem = build_problem(facts).problem
    return inventory, problem, {n: position_of[wave_of[lot]] for n, lot in enumerate(problem.lots)}


@pytest.mark.parametrize("seed", range(40))
def test_the_books_are_right_after_thousands_of_moves(seed: int) -> None:
    found = solved(seed)
    if found is None:
        return
    _, problem, start = found
    arrays = arrays_of(problem, problem.allowed, len(problem.positions))
    state = state_of(arrays, start, 7)
    assert kernel.begin(arrays, state), "the engine's own plan breaks a rule that the search carries"
    limits = state.limit.copy()
    kernel.anneal(arrays, state, 3_000, 50.0, 1.0)
    placed = {lot: int(position) for lot, position in enumerate(state.pos)}
    again = state_of(arrays, placed, 7)
    assert kernel.begin(arrays, again)
    assert state.value[0] == again.value[0] == measure(problem, placed, "coexistence") * problem.weight_scale
    assert (state.used == again.used).all()
    assert (state.held == again.held).all()
    assert all(position in problem.allowed[lot] for lot, position in placed.items())
    assert not np.any(again.limit > np.maximum(limits, arrays.limit)), "a row went over its limit"


@pytest.mark.parametrize("seed", range(0, 40, 4))
def test_what_is_held_stays_held(seed: int) -> None:
    found = solved(seed)
    if found is None:
        return
    _, problem, start = found
    held = Held({goal: measure(problem, start, goal) for goal in ("finish", "waves", "peak_load")})
    better = improve(problem, start, held, LIMITS, threading.Event(), lambda _: None)
    assert better is not None
    assert measure(problem, better, "coexistence") <= measure(problem, start, "coexistence")
    for goal, most in held.most.items():
        assert measure(problem, better, goal) <= most


def test_a_goal_that_moves_cannot_keep_leaves_the_search_out() -> None:
    held = Held({"criticality_risk": measure(SMALLEST, START, "criticality_risk")})
    assert improve(SMALLEST, START, held, LIMITS, threading.Event(), lambda _: None) is None


def test_two_lots_that_are_tied_end_in_one_wave() -> None:
    better = improve(SMALLEST, START, Held(), LIMITS, threading.Event(), lambda _: None)
    assert better is not None
    assert better[0] == better[1]
