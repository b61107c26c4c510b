"""What lots of one wave touch is counted apart for lots that never meet, and no plan is judged otherwise for it."""

from __future__ import annotations

import random
from dataclasses import replace
from itertools import combinations

import pytest
from support.judged_problems import every_assignment, keeps_every_rule, small_problem, with_groups
from support.seeds import count, few_at_once

from waveplan.engine.presolve.meeting import Meeting
from waveplan.engine.presolve.parting import parted
from waveplan.engine.problem import PlanningProblem, Position
from waveplan.engine.problem.limits import UnionLimit
from waveplan.engine.problem.orders import Apart, Precedence
from waveplan.engine.problem.rhythm import Stage, StreamRules
from waveplan.engine.proofs.bounds.spreading.rooms import shares

SEEDS = count(120)


def drawn(rng: random.Random) -> PlanningProblem:
    """A problem in which lots share what they touch, some of them done."""
    problem = with_groups(small_problem(rng), rng)
    lots = range(len(problem.lots))
    elements = {lot: tuple(sorted(rng.sample(range(3), rng.randint(1, 2)))) for lot in lots}
    stream, weights = problem.lot_stream[0], tuple(rng.randint(1, 4) for _ in range(3))
    limits = (
        UnionLimit("WP319", "sites", stream, None, elements, weights, rng.randint(3, 7)),
        UnionLimit("WP319", "sites", stream, 0, elements, weights, rng.randint(3, 7)),
    )
    return replace(problem, union_limits=(*problem.union_limits, *limits))


@pytest.mark.parametrize("seed", few_at_once(range(SEEDS), 6))
def test_the_same_plans_keep_every_rule_and_lots_that_are_told_apart_never_meet(seed: int) -> None:
    rng = random.Random(seed)
    problem = drawn(rng)
    cut, meeting = parted(problem), Meeting(problem)
    lots = range(len(problem.lots))
    apart = [pair for pair in combinations(lots, 2) if meeting.is_ruled_out(*pair)]
    for plan in every_assignment(problem):
        kept = keeps_every_rule(problem, plan)
        assert keeps_every_rule(cut, plan) == kept
        if kept:
            assert not [pair for pair in apart if plan[pair[0]] == plan[pair[1]]]


def test_a_service_that_follows_another_through_a_third_has_the_site_to_itself() -> None:
    chain = _three_in_a_row(days=(0, 7, 14, 21))
    assert Meeting(chain).is_ruled_out(0, 2)
    (limit,) = parted(chain).union_limits
    assert limit.weights == (5, 5, 5)
    assert [limit.elements[lot] for lot in range(3)] == [(0,), (1,), (2,)]
    assert shares(limit)[1][0] == 5 * shares(limit)[0]


def test_what_may_be_in_one_wave_stays_one_thing() -> None:
    problem = _three_in_a_row(days=(0, 7, 14, 21))
    free = replace(problem, precedences=problem.precedences[:1])
    (limit,) = parted(free).union_limits
    assert limit.weights == (5,)  # the third meets either of the other two, so that all are of one set
    also_apart = replace(free, aparts=(Apart("WP326", 0, 2, ""), Apart("WP326", 1, 2, "")))
    assert parted(also_apart).union_limits[0].weights == (5, 5, 5)
    without_orders = replace(problem, precedences=(), allowed=((0,), (1, 2), (2, 3)))
    assert parted(without_orders).union_limits[0].weights == (5, 5)


def test_nothing_is_told_of_lots_that_have_cut_over() -> None:
    problem = _three_in_a_row(days=(0, 7, 14, 21))
    assert not Meeting(replace(problem, done={0: 0})).is_ruled_out(0, 2)


def _three_in_a_row(days: tuple[int, ...]) -> PlanningProblem:
    positions = tuple(Position(number, 0, number, number, day, day) for number, day in enumerate(days))
    everywhere = tuple(range(len(days)))
    care = dict.fromkeys(everywhere, (0, 0))
    return PlanningProblem(
        lots=("field", "network", "printing"),
        positions=positions,
        streams=(StreamRules("sites", everywhere, (Stage(None, 0, None),), None, False, {}, {}),),
        lot_stream=(0, 0, 0),
        allowed=(everywhere,) * 3,
        pools=(),
        wave_limits=(),
        union_limits=(UnionLimit("WP319", "users", 0, None, {0: (0,), 1: (0,), 2: (0,)}, (5,), 6),),
        budgets=(),
        precedences=tuple(_later(positions, first, first + 1) for first in range(2)),
        aparts=(),
        peaks=(),
        hypercare=(care,) * 3,
    )


def _later(positions: tuple[Position, ...], first: int, second: int) -> Precedence:
    return Precedence(
        "WP310", first, second, {p.index: p.day + 3 for p in positions}, {p.index: p.day for p in positions}
    )
