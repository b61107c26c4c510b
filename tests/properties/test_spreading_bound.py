"""The spreading bound against every plan there is: never above the least coexistence, and often at it.

`WAVEPLAN_SEEDS=5000` tries more problems.
"""

from __future__ import annotations

import random
import threading
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from support.seeds import count
from support.small_problems import Enumeration, few_a_wave, small_problem

from waveplan.engine.problem import PlanningProblem
from waveplan.engine.problem.orders import Precedence
from waveplan.engine.proofs.bounds.spreading import (
    BoundLimits,
    coexistence_bound,
    least,
    mixing,
    order_pairs,
    parts,
    pricing,
    rounds,
)

SEEDS = count(120)
WORK = 0.02


def bound_of(problem: PlanningProblem) -> int:
    told: list[int] = []
    bound = coexistence_bound(problem, problem.allowed, BoundLimits(None, WORK), threading.Event(), told.append)
    assert told == sorted(set(told))
    assert bound == (told[-1] if told else 0)
    return bound


def hold_against_all_plans(draw: Callable[[random.Random], PlanningProblem], seeds: int) -> tuple[int, int, int, int]:
    """How many problems ask for some coexistence, and of how many the bound is some of it, two thirds, or all."""
    positive = some = near = met = 0
    for seed in range(seeds):
        problem = draw(random.Random(seed))
        best = Enumeration(problem).least()
        if best is not None:
            bound = bound_of(problem)
            assert bound <= best, f"seed {seed}: bound {bound}, but a plan has {best}"
            positive += best > 0
            some += bound > 0
            near += best > 0 and 3 * bound >= 2 * best
            met += 0 < best == bound
    return positive, some, near, met


def test_no_plan_is_better_under_limits_of_every_kind() -> None:
    positive, some, near, met = hold_against_all_plans(small_problem, SEEDS)
    assert positive > SEEDS // 4
    assert some > positive * 3 // 4
    assert near > positive // 2
    assert met > positive // 4


def test_no_plan_is_better_with_few_lots_a_wave() -> None:
    positive, some, near, met = hold_against_all_plans(few_a_wave, SEEDS // 4)
    assert positive > SEEDS // 5
    assert some == positive
    assert near > positive // 2
    assert met


@pytest.mark.parametrize(
    ("module", "name", "value"),
    [
        (least, "_MOST_BLOCKS", 0),
        (least, "_VOLUMES", 64),
        (parts, "MOST_LOTS", 3),
        (rounds, "_FEW", 2),  # stars around every third lot at first
        (rounds, "_BALL", 1e-4),  # balls around every n-th lot
        (mixing, "_MOST_COST", 0.0),  # few rows are kept
    ],
)
def test_what_large_problems_need_holds_too(
    monkeypatch: pytest.MonkeyPatch, module: object, name: str, value: int
) -> None:
    monkeypatch.setattr(module, name, value)
    positive, some, _, _ = hold_against_all_plans(small_problem, SEEDS // 4)
    assert some > positive // 2


def test_where_a_part_is_cut_into_pieces_that_fit_one_wave_something_is_proven(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "MOST_LOTS", 1)
    positive, some, _, _ = hold_against_all_plans(few_a_wave, SEEDS // 4)
    assert some == positive > 0


def much_ordered(rng: random.Random) -> PlanningProblem:
    """Few lots a wave, and orders among them that cross; some ask for a later day, others not."""
    problem = few_a_wave(rng)
    order = rng.sample(range(len(problem.lots)), len(problem.lots))
    days = problem.days
    drawn = (sorted(rng.sample(range(len(order)), 2)) for _ in range(rng.randint(2, 5)))
    later = ((order[first], order[second], rng.choice((0, 0, 0, 1))) for first, second in drawn)
    orders = (
        Precedence("WP314", first, second, {place: day + more for place, day in days.items()}, days)
        for first, second, more in later
    )
    return replace(problem, precedences=(*problem.precedences, *orders))


def test_no_plan_is_better_under_orders_that_cross(monkeypatch: pytest.MonkeyPatch) -> None:
    seeds = SEEDS // 2
    positive, some, near, _ = hold_against_all_plans(much_ordered, seeds)
    assert positive > seeds // 2
    assert some > positive * 3 // 4
    assert near > positive // 2
    problems = [much_ordered(random.Random(seed)) for seed in range(seeds)]
    with_leaps = sum(map(bound_of, problems))
    monkeypatch.setattr(order_pairs, "ordered_pairs", lambda *_: [])
    assert with_leaps > sum(map(bound_of, problems))


def mixed_early(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Few rounds at once, mixed anew after each time; how many ties each mixture lays something on."""
    laid: list[int] = []
    found = mixing.Mixing.mixture

    def told(self: mixing.Mixing) -> mixing.Floats:
        load = found(self)
        laid.append(int((load > 0.0).sum()))
        return load

    monkeypatch.setattr(mixing, "_FIRST", 3)
    monkeypatch.setattr(mixing, "START", 0.0)
    monkeypatch.setattr(rounds, "_FIRST_PIECE", 1e-6)
    monkeypatch.setattr(rounds, "_MOST_PIECE", 1e-4)
    monkeypatch.setattr(mixing.Mixing, "mixture", told)
    return laid


@pytest.mark.parametrize("draw", [small_problem, few_a_wave, much_ordered])
def test_no_plan_is_better_where_rounds_are_mixed_anew(
    monkeypatch: pytest.MonkeyPatch, draw: Callable[[random.Random], PlanningProblem]
) -> None:
    laid = mixed_early(monkeypatch)
    positive, some, near, _ = hold_against_all_plans(draw, SEEDS // 2)
    assert some > positive * 3 // 4
    assert near > positive // 2
    assert len(laid) > SEEDS
    assert max(laid) > 5


@pytest.mark.parametrize("draw", [small_problem, few_a_wave, much_ordered])
def test_no_plan_is_better_where_prices_go_on(
    monkeypatch: pytest.MonkeyPatch, draw: Callable[[random.Random], PlanningProblem]
) -> None:
    taken: list[int] = []
    found = pricing.Pricing.advance

    def told(self: pricing.Pricing, *given: Any) -> tuple[pricing.Floats, pricing.Floats]:
        load, gross = found(self, *given)
        taken.append(int((load != gross).sum()))  # leaps that are taken back
        return load, gross

    monkeypatch.setattr(pricing.Pricing, "advance", told)
    monkeypatch.setattr(rounds, "LEAST_PRICED", 2)
    monkeypatch.setattr(rounds, "_WARM", 6)
    monkeypatch.setattr(pricing, "START", 0.002)
    positive, some, near, met = hold_against_all_plans(draw, SEEDS // 2)
    assert some > positive * 3 // 4
    assert near > positive // 2
    assert met > positive // 10
    assert len(taken) > SEEDS // 2
    assert draw is not much_ordered or sum(taken) > SEEDS // 2


def test_only_told_orders_are_taken_where_too_much_follows_from_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(order_pairs, "_MOST", 0)
    positive, some, _, _ = hold_against_all_plans(much_ordered, SEEDS // 4)
    assert some > positive // 2


def test_the_same_amount_of_work_proves_the_same() -> None:
    for seed in range(SEEDS // 8):
        problem = small_problem(random.Random(seed))
        assert bound_of(problem) == bound_of(problem)


def test_the_work_ends_when_asked_to_or_when_nothing_better_can_be_found() -> None:
    problem = few_a_wave(random.Random(1))
    best = bound_of(problem)
    told: list[int] = []
    ended = threading.Event()
    ended.set()
    without = coexistence_bound(problem, problem.allowed, BoundLimits(None, None), ended, told.append)
    assert 0 < without < best
    reached = BoundLimits(None, None, best=without)
    assert coexistence_bound(problem, problem.allowed, reached, threading.Event(), told.append) == without
