"""The timetable bound against every plan there is: never above the least coexistence, and mostly at it.

`WAVEPLAN_SEEDS=5000` tries more problems.
"""

from __future__ import annotations

import random
import threading
from collections.abc import Callable, Mapping
from dataclasses import replace

import pytest
from support.judged_problems import coexistence, every_assignment, keeps_every_rule, with_groups
from support.judged_problems import small_problem as judged_problem
from support.seeds import count
from support.small_problems import Enumeration, small_problem

from waveplan.engine.compiling.smallest import SMALLEST
from waveplan.engine.presolve.directions import directions
from waveplan.engine.problem import PlanningProblem
from waveplan.engine.problem.limits import Budget, Pool
from waveplan.engine.proofs.bounds import coexistence as bounding
from waveplan.engine.proofs.bounds.coexistence import CoexistenceBounding
from waveplan.engine.proofs.bounds.spreading.parts import merged_ties
from waveplan.engine.proofs.bounds.timetable import Timetable, timetable_bound
from waveplan.engine.proofs.bounds.timetable.linear import LinearProgramme
from waveplan.engine.proofs.bounds.timetable.rules import add_rules
from waveplan.engine.running.clock import Allotment

SEEDS = count(60)
WORK = Allotment(None, 1.0)


def bound_of(problem: PlanningProblem, waves: int | None = None) -> Timetable:
    told: list[int] = []
    stop = threading.Event()
    found = timetable_bound(problem, problem.allowed, waves, merged_ties(problem), WORK, stop, told.append)
    assert told == sorted(set(told))
    assert found.bound == (told[-1] if told else 0)
    return found


def grouped(rng: random.Random) -> PlanningProblem:
    return with_groups(judged_problem(rng), rng)


def best_of(problem: PlanningProblem, waves: int | None = None) -> int | None:
    valid = (each for each in every_assignment(problem) if keeps_every_rule(problem, each))
    held = (each for each in valid if waves is None or len(set(each.values())) <= waves)
    return min((coexistence(problem, each) for each in held), default=None)


def test_no_plan_is_better_under_limits_of_every_kind() -> None:
    positive = met = 0
    for seed in range(SEEDS):
        problem = small_problem(random.Random(seed))
        best = Enumeration(problem).least()
        if best is not None:
            bound = bound_of(problem).bound
            assert bound <= best, f"seed {seed}: bound {bound}, but a plan has {best}"
            positive += best > 0
            met += 0 < best == bound
    assert positive > SEEDS // 4
    assert met > positive // 2


@pytest.mark.parametrize("draw", [judged_problem, grouped])
def test_no_plan_is_better_where_orders_groups_and_sequence_are_asked_for(
    draw: Callable[[random.Random], PlanningProblem],
) -> None:
    positive = met = 0
    for seed in range(SEEDS):
        rng = random.Random(seed)
        problem, waves = draw(rng), rng.choice([None, None, 2, 3])
        best = best_of(problem, waves)
        if best is not None:
            bound = bound_of(problem, waves).bound
            assert bound <= best, f"seed {seed}: bound {bound}, but a plan has {best}"
            positive += best > 0
            met += 0 < best == bound
    assert positive > SEEDS // 8
    assert met > positive // 4


def test_what_it_places_keeps_to_positions_and_costs_what_is_proven() -> None:
    placed = 0
    for seed in range(SEEDS // 2):
        problem = small_problem(random.Random(seed))
        found = bound_of(problem)
        if found.assignment is not None:
            assert all(found.assignment[lot] in positions for lot, positions in enumerate(problem.allowed))
            assert coexistence(problem, found.assignment) == found.bound
            placed += 1
    assert placed > SEEDS // 4


def test_what_counts_once_in_a_wave_is_no_more_than_its_limit() -> None:
    limited = 0
    for seed in range(6 * SEEDS):
        problem = judged_problem(random.Random(seed))
        found = bound_of(problem).assignment or {}
        for union in problem.union_limits:
            if union.stage is not None and len(problem.streams[union.stream].stages) > 1:
                continue
            for position in set(found.values()):
                lots = [lot for lot, place in found.items() if place == position and lot in union.elements]
                touched = {element for lot in lots for element in union.elements[lot]}
                assert sum(union.weights[element] for element in touched) <= union.limit, f"seed {seed}"
                limited += len(lots) > 1
    assert limited > SEEDS // 12


def test_each_assignment_is_told_of_the_last_one_at_the_end() -> None:
    placed = 0
    for seed in range(SEEDS // 4):
        problem = small_problem(random.Random(seed))
        told: list[Mapping[int, int]] = []
        found = timetable_bound(
            problem,
            problem.allowed,
            None,
            merged_ties(problem),
            WORK,
            threading.Event(),
            lambda _: None,
            told.append,
        )
        if found.assignment is not None:
            assert told[-1] == found.assignment, f"seed {seed}"
            costs = [coexistence(problem, each) for each in told]
            assert costs == sorted(costs, reverse=True)
            placed += 1
    assert placed > SEEDS // 8


def test_which_lot_comes_first_is_so_in_every_plan() -> None:
    known = 0
    for seed in range(SEEDS):
        problem = judged_problem(random.Random(seed))
        first = directions(problem, problem.allowed, merged_ties(problem))
        days = [place.day for place in problem.positions]
        for plan in (each for each in every_assignment(problem) if first and keeps_every_rule(problem, each)):
            for (one, other), lot in first.items():
                assert days[plan[lot]] <= days[plan[other if lot == one else one]]
                known += 1
    assert known


@pytest.mark.parametrize("share", [0.0, 0.5])
def test_parts_are_bounded_apart_and_add_up(monkeypatch: pytest.MonkeyPatch, share: float) -> None:
    """With a share of nothing every part has a timetable, else those whose orders are known; the rest spreads."""
    monkeypatch.setattr(bounding, "_ORDERED", share)
    positive = some = 0
    for seed in range(SEEDS):
        problem = small_problem(random.Random(seed))
        best = Enumeration(problem).least()
        if best is not None:
            told = [0]
            bounds = CoexistenceBounding(problem, problem.allowed, None)
            bounds.run(Allotment(None, 0.2), threading.Event(), told.append)
            assert max(told) <= best, f"seed {seed}: bound {max(told)}, but a plan has {best}"
            positive += best > 0
            some += max(told) > 0
    assert some > positive * 2 // 3


@pytest.mark.parametrize("draw", [judged_problem, grouped])
def test_ties_in_small_streams_have_a_timetable_of_these_streams_alone(
    monkeypatch: pytest.MonkeyPatch, draw: Callable[[random.Random], PlanningProblem]
) -> None:
    """With no part taken for ordered, every part that leaves some stream out is bounded so."""
    monkeypatch.setattr(bounding, "_ORDERED", 2.0)
    small = met = 0
    for seed in range(12 * SEEDS):
        rng = random.Random(seed)
        problem, waves = draw(rng), rng.choice([None, None, 2, 3])
        streams = problem.lot_stream
        if len(set(streams)) < 2:
            continue
        problem = replace(problem, ties=tuple(tie for tie in problem.ties if streams[tie.first] == streams[tie.second]))
        bounds = CoexistenceBounding(problem, problem.allowed, waves)
        best = best_of(problem, waves) if bounds.of_small_streams(merged_ties(problem))[0] else None
        if best is not None:
            told = [0]
            bounds.run(Allotment(None, 1.0), threading.Event(), told.append)
            assert max(told) <= best, f"seed {seed}: bound {max(told)}, but a plan has {best}"
            small += best > 0
            met += 0 < best == max(told)
    assert small > SEEDS // 12
    assert met > small // 4


def test_what_lots_give_back_that_are_left_out_is_not_taken_for_nothing() -> None:
    pools = (Pool("work", {0: 3}), Pool("help", {1: 3}))
    budget = Budget("WP324", "team", ((0, 0, 1), (1, 0, -1)), 0)
    problem = replace(SMALLEST, pools=pools, budgets=(budget,))
    rows = [_rows_of(problem, allowed) for allowed in (SMALLEST.allowed, (SMALLEST.allowed[0], ()))]
    assert [any(3 in row or -3 in row for row in found) for found in rows] == [True, False]


def _rows_of(problem: PlanningProblem, allowed: tuple[tuple[int, ...], ...]) -> list[list[int]]:
    programme = LinearProgramme(allowed)
    add_rules(programme, problem, None)
    return [list(row.terms.values()) for row in programme.rows]
