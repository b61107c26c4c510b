"""Neighbourhoods by CP-SAT on small problems: what comes out is a plan, keeps what is held, and is the best there is.

`WAVEPLAN_SEEDS=2000` tries more problems.
"""

from __future__ import annotations

import random
import threading
from collections.abc import Mapping
from fractions import Fraction
from functools import partial

from support.judged_problems import coexistence, every_assignment, keeps_every_rule, small_problem, with_groups
from support.seeds import count

from waveplan.engine.goals.measures import measure
from waveplan.engine.goals.state import GoalState
from waveplan.engine.model.modelling import ModelOptions
from waveplan.engine.neighbourhoods.coexisting import nearer_together
from waveplan.engine.neighbourhoods.offers import Offered
from waveplan.engine.problem import PlanningProblem
from waveplan.engine.proofs.bounds.spreading.parts import merged_ties
from waveplan.engine.proofs.bounds.timetable.relaxed import wished_positions
from waveplan.engine.running.clock import Clock
from waveplan.engine.running.options import EngineOptions

SEEDS = count(24)
OPTIONS = ModelOptions(1, 0, True)


def plans_of(problem: PlanningProblem) -> list[Mapping[int, int]]:
    return [each for each in every_assignment(problem) if keeps_every_rule(problem, each)]


def bettered(
    problem: PlanningProblem, start: Mapping[int, int], held: dict[str, Fraction], offered: Offered | None = None
) -> GoalState:
    clock = Clock(EngineOptions(None, 30.0))
    best = GoalState(start, measure(problem, start, "coexistence"))
    stop = threading.Event()
    return nearer_together(
        problem, held, OPTIONS, best, clock.left(), clock, stop, lambda: Fraction(0), lambda _: None, offered
    )


def test_the_best_plan_under_what_is_held_is_reached() -> None:
    compared = better = 0
    for seed in range(SEEDS):
        rng = random.Random(seed)
        problem = with_groups(small_problem(rng), rng)
        plans = plans_of(problem)
        if not plans or not problem.ties:
            continue
        start = rng.choice(plans)
        held = {"waves": measure(problem, start, "waves")} if rng.random() < 0.5 else {}
        kept = [each for each in plans if all(measure(problem, each, goal) <= most for goal, most in held.items())]
        found = bettered(problem, start, held).plan
        assert found is not None
        assert dict(found) in [dict(each) for each in kept], f"seed {seed}: breaks a rule, or what is held"
        assert coexistence(problem, found) == min(coexistence(problem, each) for each in kept), f"seed {seed}"
        compared += 1
        better += coexistence(problem, found) < coexistence(problem, start)
    assert compared > SEEDS // 3
    assert better > compared // 5


def test_what_is_offered_is_taken_where_it_keeps_every_rule_and_is_better() -> None:
    taken = refused = 0
    for seed in range(SEEDS):
        problem = small_problem(random.Random(seed))
        plans = plans_of(problem)
        if len(plans) < 2 or not problem.ties:
            continue
        worst, best = (choose(plans, key=lambda each: coexistence(problem, each)) for choose in (max, min))
        broken = next((each for each in every_assignment(problem) if not keeps_every_rule(problem, each)), None)
        for offer in (best, broken):
            if offer is None:
                continue
            offered = Offered(lambda offer=offer: offer, partial(keeps_every_rule, problem))
            state = GoalState(worst, measure(problem, worst, "coexistence"))
            newer = offered.newer()
            assert newer == offer
            assert offered.newer() is None, "it was seen"
            found = offered.better(problem, "coexistence", state, newer)
            better = offer is best and coexistence(problem, best) < coexistence(problem, worst)
            assert found.plan == (offer if better else worst), f"seed {seed}"
            taken += better
            refused += offer is not best
    assert taken > SEEDS // 12
    assert refused > SEEDS // 12


def test_neighbourhoods_go_by_what_is_offered_and_keep_every_rule() -> None:
    compared = 0
    for seed in range(SEEDS):
        problem = small_problem(random.Random(seed))
        plans = plans_of(problem)
        if len(plans) < 2 or not problem.ties:
            continue
        start = max(plans, key=lambda each: coexistence(problem, each))
        anything = random.Random(seed).choice(list(every_assignment(problem)))
        offered = Offered(lambda anything=anything: anything, partial(keeps_every_rule, problem))
        found = bettered(problem, start, {}, offered).plan
        assert found is not None
        assert keeps_every_rule(problem, found), f"seed {seed}"
        assert coexistence(problem, found) == min(coexistence(problem, each) for each in plans), f"seed {seed}"
        compared += 1
    assert compared > SEEDS // 4


def test_what_is_wished_is_allowed_and_nobody_wishes_nothing() -> None:
    wished = 0
    for seed in range(SEEDS):
        problem = small_problem(random.Random(seed))
        clock = Clock(EngineOptions(None, 30.0))
        wishes = wished_positions(problem, problem.allowed, None, merged_ties(problem), clock.left())
        if wishes is None:
            continue
        for positions, wish in zip(problem.allowed, wishes, strict=True):
            assert wish
            assert wish <= set(positions)
        wished += 1
    assert wished > SEEDS // 2
