"""Leaps: how far at most a lot is behind one that it never comes before, on numbers worked out by hand."""

from __future__ import annotations

import threading
from types import SimpleNamespace
from typing import Any, cast

import numpy as np
import pytest

from waveplan.engine.compiling.compiled import compiled
from waveplan.engine.problem import PlanningProblem, Position, WeightedTie
from waveplan.engine.problem.limits import UnionLimit, WindowWork
from waveplan.engine.problem.orders import Precedence
from waveplan.engine.problem.rhythm import Stage, StreamRules
from waveplan.engine.proofs.bounds.spreading import BoundLimits, coexistence_bound, leaps, order_pairs, rounds
from waveplan.engine.proofs.bounds.spreading.distances import Distances
from waveplan.engine.proofs.bounds.spreading.least import least_of
from waveplan.engine.proofs.bounds.spreading.places import places_of
from waveplan.engine.running.halting import Halt

A, B, C, D = range(4)
CROSSED = {(A, D): 1, (B, C): 1, (C, D): 1}  # ties
ORDERS = ((A, B), (C, D))


def one_a_day(
    ties: dict[tuple[int, int], int], orders: tuple[tuple[int, int], ...], lots: int = 4, later: int = 0
) -> PlanningProblem:
    """A lot a day; of each order the second is so many days later, or more."""
    days = {day: day for day in range(lots)}
    none = dict.fromkeys(("pools", "wave_limits", "budgets", "aparts", "peaks"), ())
    return PlanningProblem(
        lots=tuple(f"lot {lot}" for lot in range(lots)),
        positions=tuple(Position(day, 0, day, day, day, 0) for day in days),
        streams=(StreamRules("s", tuple(days), (Stage(None, 0, None),), None, False, {}, {}),),
        lot_stream=(0,) * lots,
        allowed=(tuple(days),) * lots,
        union_limits=(UnionLimit("WP318", "sites", 0, None, {lot: (lot,) for lot in days}, (1,) * lots, 1),),
        work=WindowWork({}, {}, {}, {}, (0,) * lots),
        precedences=tuple(
            Precedence("WP314", one, other, {day: day + later for day in days}, days) for one, other in orders
        ),
        ties=tuple(WeightedTie(one, other, weight) for (one, other), weight in ties.items()),
        **cast(Any, none),
    )


def bound_of(problem: PlanningProblem) -> int:
    return coexistence_bound(problem, problem.allowed, BoundLimits(None, 1.0), threading.Event(), lambda _: None)


@compiled
def found_and_laid(g, t, first, skip):  # type: ignore[no-untyped-def]
    leaps.find_leaps(g, t, first, skip)
    leaps.lay_leaps(g, t)


def part_and_track(lengths: list[float]) -> tuple[Any, Any]:
    problem = one_a_day(CROSSED, ORDERS)
    distances = Distances(problem, problem.allowed, places_of(problem, problem.allowed), ())
    least = least_of(problem, problem.allowed, ())
    part: Any = rounds.SpreadingPart(range(4), CROSSED, least, distances, {}, list(ORDERS))
    part._ways[leaps.LENGTH, :3] = lengths
    return part, rounds.Space(*part.sizes, np.zeros(1, np.int64)).track(part._ties, part._ways, part.sizes)


def test_a_leap_goes_along_ties_and_back_for_nothing() -> None:
    part, track = part_and_track([1.0, 2.0, 10.0])
    found_and_laid(part._ground, track, 0, 1)
    assert part._ways[leaps.LENGTH, 3:] == pytest.approx([3.0, 3.0])  # not 13, as the ties go: a d, back to c, b
    assert (part._ways[leaps.PAID] == 1.0).all()  # nothing was asked


def test_crossing_orders_are_paid_for_once() -> None:
    part, track = part_and_track([1.0, 2.0, 10.0])
    part._ways[leaps.FRESH, 3:] = [4.0, 5.0]
    found_and_laid(part._ground, track, 0, 1)
    assert part._ways[leaps.FRESH, :3] == pytest.approx([5.0, 5.0, 0.0])  # of five, four are taken away by the first
    assert part._ways[leaps.PAID, 3:] == pytest.approx([1.0, 1.0 - 0.05 * 4 / 5])


def test_leaps_whose_turn_it_is_not_are_not_used() -> None:
    part, track = part_and_track([1.0, 2.0, 10.0])
    found_and_laid(part._ground, track, 1, 2)
    assert part._ways[leaps.LENGTH, 3:] == pytest.approx([np.inf, 3.0])


def test_orders_that_cross_raise_the_bound_to_the_optimum() -> None:
    straight = bound_of(one_a_day(CROSSED, ()))
    assert straight == 3  # a d c b
    crossed = bound_of(one_a_day(CROSSED, ORDERS))
    assert straight < crossed <= 5  # a c d b, where a d and b c are two days apart


def test_pairs_follow_from_orders_and_dates() -> None:
    problem = one_a_day({}, ((A, B), (B, C)))
    assert order_pairs.ordered_pairs(problem, problem.allowed, []) == [(A, B), (A, C), (B, C)]
    allowed = ((0, 1), (0, 1), (0, 1), (1, 2))
    assert order_pairs.ordered_pairs(problem, allowed, [(A, D)]) == [(A, B), (A, C), (A, D), (B, C)]
    assert order_pairs.pairs_within([B, C], [(A, B), (B, C)]) == [(0, 1)]


def test_pairs_that_follow_are_left_out_where_they_are_too_many(monkeypatch: pytest.MonkeyPatch) -> None:
    problem = one_a_day({}, ((A, B), (B, C)))
    monkeypatch.setattr(order_pairs, "_MOST", 0)
    assert order_pairs.ordered_pairs(problem, problem.allowed, []) == [(A, B), (B, C)]


def test_lots_that_leaps_start_from_are_counted() -> None:
    ground = SimpleNamespace(leaps=np.array([(A, B), (B, A), (B, C)]))
    assert rounds._starts(cast(Any, ground)) == 2


def test_prices_reach_the_optimum_too_and_end_when_asked_to(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rounds, "LEAST_PRICED", 2)
    monkeypatch.setattr(rounds, "_WARM", 3)
    problem = one_a_day(CROSSED, ORDERS)
    assert 3 < bound_of(problem) <= 5
    stop = Halt()
    stop.flag[0] = 1  # as it is set while a piece of rounds is under way: no lot has been reached yet
    in_vain = coexistence_bound(problem, problem.allowed, BoundLimits(None, 0.1), stop, lambda _: None)
    assert in_vain <= 3
