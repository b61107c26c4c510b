"""The parts of the bound on coexistence, each on numbers that can be worked out by hand."""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from types import SimpleNamespace
from typing import Any, cast

import numpy as np
import pytest

from waveplan.engine.problem import PlanningProblem, Position, WeightedTie
from waveplan.engine.problem.limits import UnionLimit, WindowWork
from waveplan.engine.problem.orders import NO_CLASHES, Apart, Precedence
from waveplan.engine.problem.rhythm import Stage, StreamRules
from waveplan.engine.proofs.bounds.spreading import BoundLimits, coexistence_bound, least, rounds
from waveplan.engine.proofs.bounds.spreading.distances import Distances
from waveplan.engine.proofs.bounds.spreading.parts import connected_parts, ties_within
from waveplan.engine.proofs.bounds.spreading.places import Places, places_of
from waveplan.engine.proofs.bounds.spreading.rooms import Room, UnionRoom, rooms_in_waves
from waveplan.engine.proofs.bounds.spreading.rounds import SpreadingPart
from waveplan.engine.running.halting import Halt

_NONE = ("pools", "wave_limits", "union_limits", "budgets", "precedences", "aparts", "peaks")


def problem_of(
    days: Sequence[int], allowed: Sequence[Sequence[int]], ties: Mapping[tuple[int, int], int] = {}, **more: Any
) -> PlanningProblem:
    """One stream with a wave on each of some days; lots with the positions that they may take."""
    positions = tuple(Position(n, 0, n, n, day, day - day % 7) for n, day in enumerate(days))
    return PlanningProblem(
        **{
            "lots": tuple(f"lot {n}" for n in range(len(allowed))),
            "positions": positions,
            "streams": (StreamRules("s", tuple(range(len(days))), (Stage(None, 0, None),), None, False, {}, {}),),
            "lot_stream": (0,) * len(allowed),
            "allowed": tuple(map(tuple, allowed)),
            "work": WindowWork({}, {}, {}, {}, (0,) * len(days)),
            **dict.fromkeys(_NONE, ()),
            "ties": tuple(WeightedTie(one, other, weight) for (one, other), weight in ties.items()),
            **more,
        }
    )


def distances_of(problem: PlanningProblem, rooms: Sequence[Room] = ()) -> Distances:
    return Distances(problem, problem.allowed, places_of(problem, problem.allowed), rooms)


def places_on(*days: int, gap: int = 0, per_week: int | None = None) -> Places:
    row = np.array(days, np.int64)
    return Places(tuple((n,) for n in range(len(days))), row, row, row - row % 7, gap, per_week)


# --- distances ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "other", "days"),
    [
        ([0, 3], [2], 1),  # days 0 and 10 against 9: the nearest lies after
        ([0, 3], [1], 2),  # against 2: the nearest lies before
        ([0, 1], [2, 3], 7),
        ([1, 2], [0, 2], 0),
    ],
)
def test_lots_are_as_far_apart_as_their_windows(one: list[int], other: list[int], days: int) -> None:
    found = distances_of(problem_of([0, 2, 9, 10], [one, other])).known([(0, 1)])
    assert found == ({(0, 1): days} if days else {})


def test_the_nearest_day_may_be_the_one_but_last() -> None:
    problem = problem_of([0, 5, 7, 20], [[0, 1, 3], [2]])
    assert distances_of(problem).known([(0, 1)]) == {(0, 1): 2}


def test_a_window_is_from_its_first_day_to_its_last() -> None:
    found = distances_of(problem_of([0, 4, 9, 16], [[0, 1, 3], [1, 2]]))
    assert (found.window(0), found.window(1)) == ((0, 16), (4, 9))
    assert found.most(0, 1) == found.most(1, 0) == 12
    assert found.step([0, 1]) == 1
    assert found.step([1]) == 5


def test_what_never_meets_is_a_wave_apart_and_goes_by_the_lower_lot_first() -> None:
    problem = problem_of([0, 3, 10], [[0, 1, 2]] * 2, aparts=(Apart("WP311", 1, 0, ""),))
    assert distances_of(problem).known([]) == {(0, 1): 3}


def test_what_comes_strictly_later_is_at_least_the_next_window_away() -> None:
    levels = {0: 0, 1: 1, 2: 2}
    later = Precedence("WP312", 0, 1, {0: 1, 1: 2, 2: 3}, levels, NO_CLASHES)
    assert distances_of(problem_of([0, 5, 9], [[0, 1, 2]] * 2, precedences=(later,))).known([]) == {(0, 1): 4}
    same_day = {0: 0, 1: 1, 2: 1}
    on_one_day = Precedence("WP312", 0, 1, {0: 1, 1: 2, 2: 2}, same_day, NO_CLASHES)
    two = problem_of([0, 6, 6], [[0], [0, 1, 2]], precedences=(on_one_day,))
    assert distances_of(two).known([]) == {(0, 1): 6}


# --- parts ----------------------------------------------------------------------------------------------------------


def test_parts_are_what_ties_connect_in_order() -> None:
    ties = {(4, 9): 1, (1, 7): 2, (0, 7): 1}
    assert connected_parts(ties, 10) == [[0, 1, 7], [4, 9]]
    assert connected_parts(ties, 2) == [[0, 7], [4, 9]]
    assert ties_within([1, 7], ties) == [(0, 1, 2)]


# --- places ---------------------------------------------------------------------------------------------------------


def test_spans_are_the_fewest_days_to_the_next_waves() -> None:
    assert places_on(0, 4, 5, 12).spans.tolist() == [0, 1, 5, 12]
    assert places_on(0, 4, 5, 12, gap=4).spans.tolist() == [0, 4, 12]
    assert places_on(0, 1, 2, 7, per_week=1).spans.tolist() == [0, 1, 6]
    assert places_on(0, 4).single
    two_days = Places(((0, 1),), np.array([0]), np.array([1]), np.array([0]))
    assert not two_days.single


def test_waves_around_a_position_are_as_near_as_they_may_be() -> None:
    spaced = places_on(0, 4, 5, 12, gap=4)
    assert sorted(spaced.around(1, 4)) == [0, 4, 8]
    assert sorted(spaced.around(2, 5)) == [0, 5, 7]
    assert sorted(places_on(0, 4, 5, 12).around(9, 6)) == [1, 2, 6, 6]
    assert sorted(spaced.around(9, 6)) == [1, 6, 6]  # of another stream: between 5 and 12, one wave after 6


# --- rooms ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sizes", "limit", "matters"),
    [([3, 3], 5, True), ([3, 2], 5, False), ([6, 3], 5, False), ([0, 0], 0, False), ([1, 0], 0, False)],
)
def test_a_room_matters_where_not_all_fits_but_each_does(sizes: list[int], limit: int, matters: bool) -> None:
    assert Room(np.array(sizes), limit, places_on(0, 7)).matters is matters


def test_what_lots_touch_together_counts_once_and_is_shared_among_all_that_touch_it() -> None:
    union = UnionLimit("WP318", "sites", 0, None, {0: (0, 1), 1: (1,), 2: (1,)}, (2, 6), 7)
    problem = problem_of([0, 7], [[0, 1]] * 3, union_limits=(union,))
    (room,) = rooms_in_waves(problem, places_of(problem, problem.allowed))
    assert isinstance(room, UnionRoom)
    part = room.limit // 7
    assert (room.sizes // part).tolist() == [4, 2, 2]
    assert room.needed([1, 2]) == 6 * part
    assert room.needed([0, 1, 2]) == 8 * part


# --- the least days -------------------------------------------------------------------------------------------------


def test_full_waves_and_one_more_are_as_near_as_places_allow() -> None:
    places = places_on(0, 1, 3, 7)
    assert least._lines(places, 1) == [(0.0, 1.0)]
    assert least._lines(places, 2) == [(1.0, 5.0), (2.0, 4.0), (3.0, 3.0)]  # 0, 1 and 3: each may be the one
    assert least._lines(places, 4) == [(16.0, 18.0), (22.0, 12.0), (26.0, 8.0)]  # more than there are: by spans


def test_amounts_are_told_apart_as_finely_as_there_is_room_for() -> None:
    problem = problem_of([0, 7], [[0, 1]] * 2)
    room = Room(np.array([500, 400]), 600, places_on(0, 7))
    found = least.least_of(problem, problem.allowed, [room])
    assert found.ball.shape == (1, least._VOLUMES + 1)
    unit = 500 / found.sizes[0, 0]
    assert 900 <= least._VOLUMES * unit < 1800
    assert found.star[0, 0, int(600 / unit)] == 0
    assert found.star[0, 0, int(900 / unit)] * unit == pytest.approx(7 * 300, rel=0.02)


# --- the bound ------------------------------------------------------------------------------------------------------


def test_nothing_is_told_where_nothing_is_proven() -> None:
    told: list[int] = []
    problem = problem_of([0, 7], [[0, 1]] * 2, {(0, 1): 3})
    assert coexistence_bound(problem, problem.allowed, BoundLimits(None, 1.0), threading.Event(), told.append) == 0
    assert told == []
    assert coexistence_bound(problem, [[], [0]], BoundLimits(None, 1.0), threading.Event(), told.append) == 0


def crowded(lots: int) -> PlanningProblem:
    """Lots that are all tied to each other, two of which fit into a wave, in waves a week apart."""
    union = UnionLimit("WP318", "sites", 0, None, {lot: (lot,) for lot in range(lots)}, (1,) * lots, 2)
    ties = {(one, other): 1 for one in range(lots) for other in range(one + 1, lots)}
    return problem_of(range(0, 7 * lots, 7), [range(lots)] * lots, ties, union_limits=(union,))


def test_lots_that_do_not_fit_together_spread() -> None:
    problem = crowded(6)  # three waves of two lots: 4 pairs a week apart twice, 4 two weeks apart
    told: list[int] = []
    in_time = coexistence_bound(problem, problem.allowed, BoundLimits(1000.0, None), threading.Event(), told.append)
    assert in_time == told[-1] == 4 * 7 + 4 * 7 + 4 * 14
    assert (
        coexistence_bound(problem, problem.allowed, BoundLimits(None, 2.0), threading.Event(), told.append) == in_time
    )


def test_limits_of_time_work_and_value() -> None:
    limits = BoundLimits(10.0, 2.0, best=5)
    assert [limits.reached(value) for value in (4, 5)] == [False, True]
    assert not BoundLimits(1.0, 1.0).reached(10**9)
    assert BoundLimits(None, None, best=lambda: 3).reached(3)
    assert [limits.spent(*spent) for spent in ((9.9, 1.9), (10.0, 0.0), (0.0, 2.0))] == [False, True, True]
    assert not BoundLimits(None, None).spent(1e9, 1e9)


def proven_of(load: list[float], weight: list[float], most: list[float], step: int) -> int:
    part = cast(Any, SpreadingPart.__new__(SpreadingPart))
    part._ties = np.zeros((2, len(load)))
    part._weight = np.array(weight)
    part._most, part._step = np.array(most, np.float64), step
    return int(part._proven(np.array(load), np.array(load)))


def test_rows_are_taken_until_some_tie_is_full() -> None:
    assert proven_of([0.0, 0.0], [1.0, 1.0], [7.0, 7.0], 1) == 0
    assert proven_of([0.5], [4.0], [7.0], 1) == 8  # eight times, then the tie is full and gives back 3.5 for one more
    assert proven_of([0.5], [4.0], [7.0], 5) == 10
    assert proven_of([0.1, 0.5], [4.0, 4.0], [1.0, 1.0], 1) == 40 - 16  # the second is over from 8 on, and gives 0.5


@pytest.mark.parametrize(
    ("lots", "limits", "ties", "stride"), [(10, 1, 15, 1), (40, 1, 60, 2), (60, 3, 100, 2), (100, 1, 150, 4)]
)
def test_effort_of_balls_is_no_more_than_the_rest(lots: int, limits: int, ties: int, stride: int) -> None:
    sizes: dict[str, Any] = {"size": np.zeros((limits, lots)), "near": np.zeros(2 * ties), "leaps": np.zeros((0, 2))}
    ground = cast(Any, SimpleNamespace(**sizes))
    rest = rounds._PATH * lots * (lots + 2 * ties) + rounds._STAR * lots * lots * limits
    balls = rounds._BALL * lots**3
    chosen, cost = rounds._effort(ground, 1)
    assert (chosen, cost) == (stride, pytest.approx(rest + balls / stride))  # type: ignore[comparison-overlap]
    for skip in (2, 4):
        chosen, cost = rounds._effort(ground, skip)
        assert (chosen, cost) == (lots, pytest.approx(rest / skip))  # type: ignore[comparison-overlap]


def test_compiled_rounds_end_at_once_when_asked_to() -> None:
    problem = crowded(6)
    stop = Halt()
    told: list[int] = []
    whole = coexistence_bound(problem, problem.allowed, BoundLimits(None, 2.0), stop, told.append)
    assert len(told) > 1
    stop.flag[0] = 1  # as it is set while a piece of rounds is under way
    rounds_in_vain = coexistence_bound(problem, problem.allowed, BoundLimits(None, 0.3), stop, lambda _: None)
    assert rounds_in_vain < whole
    assert not stop.is_set()
    stop.set()
    assert stop.is_set()
