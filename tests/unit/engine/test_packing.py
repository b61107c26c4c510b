"""The fewest waves of packings that are known, and packings laid on the calendar."""

from __future__ import annotations

import random
import threading
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import pytest
from support.orders import ranked
from support.packings import packing_problem

from waveplan.engine.problem import PlanningProblem
from waveplan.engine.problem.limits import Budget, Pool, WindowWork
from waveplan.engine.problem.rhythm import Stage, StreamRules
from waveplan.engine.proofs.packing import Fewest, ProofLimits, as_assignment, fewest_waves

JACKSON = [6, 2, 5, 7, 1, 2, 3, 6, 5, 5, 4]  # J. R. Jackson's line of eleven tasks (Management Science 1956)
JACKSON_ORDERS = [
    (1, 2), (1, 3), (1, 4), (1, 5), (2, 6), (3, 7), (4, 7), (5, 7), (6, 8), (7, 9), (8, 10), (9, 11), (10, 11),
]  # fmt: skip


def solved(problem: PlanningProblem, limits: ProofLimits | None = None, *, stopped: bool = False) -> Fewest | None:
    stop = threading.Event()
    if stopped:
        stop.set()
    return fewest_waves(problem, problem.allowed, limits or ProofLimits(), stop, lambda *_: None)


@pytest.mark.parametrize(("limit", "waves"), [(7, 8), (9, 6), (10, 5), (13, 4), (14, 4), (21, 3)])
def test_a_line_from_the_literature(limit: int, waves: int) -> None:
    orders = [(first - 1, second - 1) for first, second in JACKSON_ORDERS]
    found = solved(packing_problem(JACKSON, limit, orders))
    assert found is not None
    assert found.proven
    assert found.bound == waves


def hard_problem(lots: int = 120) -> PlanningProblem:
    """Nearly no room to spare: a search that ends only by luck."""
    rng = random.Random(5)
    sizes = [rng.randint(200, 480) for _ in range(lots)]
    return packing_problem(sizes, 1000, [(lot, lot + rng.randint(9, 20)) for lot in range(0, lots - 20, 3)])


def test_a_stopped_search_still_tells_a_bound_and_a_packing() -> None:
    problem = hard_problem()
    found = solved(problem, stopped=True)
    assert found is not None
    assert found.loads is not None
    assert 30 < found.bound <= len(found.loads) < 60
    assert sorted(lot for load in found.loads for lot in load) == list(range(len(problem.lots)))


def test_the_same_number_of_trials_ends_in_the_same_packing() -> None:
    limits = ProofLimits(trials=300_000)
    assert solved(hard_problem(), limits) == solved(hard_problem(), limits)


def test_lots_that_wait_for_each_other_share_a_wave() -> None:
    found = solved(packing_problem([2, 2, 2, 2], 6, [(0, 1), (1, 2), (2, 0)]))
    assert found is not None
    assert found.loads == ((0, 1, 2), (3,)) or found.loads == ((3,), (0, 1, 2))


def test_nothing_is_said_where_nothing_can_be_packed() -> None:
    problem = packing_problem([2, 2], 6, [(0, 1)])
    later = {position: position + 1 for position in problem.allowed[0]}
    strict = ranked(problem.positions, 1, 0, later, same_wave=False)
    assert solved(replace(problem, precedences=(*problem.precedences, strict))) is None
    assert solved(packing_problem([7, 2], 6, [])) is None
    assert solved(packing_problem([], 6, [])) is None


def test_the_most_that_a_week_leaves_limits_every_wave() -> None:
    problem = packing_problem([1] * 6, 6, [])
    weeks = tuple(Budget("WP324", f"week {p}", ((0, p, 2),), 4 + p % 2) for p in problem.allowed[0])
    found = solved(replace(problem, pools=(Pool("team", dict.fromkeys(range(6), 1)),), budgets=weeks))
    assert found is not None
    assert found.bound == 3


# --- on the calendar -----------------------------------------------------------------------------------------------


def laid(problem: PlanningProblem, loads: Sequence[Sequence[int]]) -> list[int] | None:
    """The position of each load."""
    assignment = as_assignment(problem, problem.allowed, loads)
    return None if assignment is None else [assignment[load[0]] for load in loads]


def with_stages(problem: PlanningProblem, *stages: Stage, most: int | None = None) -> PlanningProblem:
    rules = StreamRules("main", problem.streams[0].positions, stages, most, False, {}, {})
    return replace(problem, streams=(rules,))


def test_loads_take_the_first_weeks() -> None:
    assert laid(packing_problem([1, 1, 1], 2, []), [[0, 2], [1]]) == [0, 1]


def test_windows_of_lots_are_kept() -> None:
    problem = packing_problem([1, 1, 1], 2, [])
    narrow = replace(problem, allowed=((0, 2, 5), (2, 4, 5), tuple(range(9))))
    assert laid(narrow, [[0, 1], [2]]) == [2, 3]
    assert laid(narrow, [[2], [0, 1]]) == [0, 2]
    assert laid(replace(narrow, allowed=((0,), (2, 3), (4,))), [[0, 1], [2]]) is None


def test_gaps_follow_the_stage_and_weeks_hold_so_many() -> None:
    problem = packing_problem([1] * 4, 1, [])
    spread = with_stages(problem, Stage(2, 14, None), Stage(None, 21, None))
    assert laid(spread, [[0], [1], [2], [3]]) == [0, 2, 5, 8]
    days = tuple(replace(place, day=place.index, week=place.index // 7 * 7) for place in problem.positions)
    weekly = replace(with_stages(problem, Stage(None, 1, 2)), positions=days)
    assert laid(weekly, [[0], [1], [2], [3]]) == [0, 1, 7, 8]


def test_gaps_between_lots_and_budgets_are_kept() -> None:
    problem = packing_problem([1] * 3, 2, [])
    after = ranked(problem.positions, 0, 2, {p: p + 3 for p in problem.allowed[0]}, same_wave=False)
    assert laid(replace(problem, precedences=(after,)), [[0, 1], [2]]) == [0, 3]
    assert laid(replace(problem, precedences=(after,)), [[2], [0, 1]]) is None
    busy = Budget("WP324", "week", ((0, 0, 1), (0, 1, 1)), 5)
    team = Pool("team", {0: 3, 2: 3})
    assert laid(replace(problem, pools=(team,), budgets=(busy,)), [[0, 1], [2]]) == [0, 2]


def test_work_fits_windows_and_few_waves_are_in_hypercare() -> None:
    problem = packing_problem([1] * 3, 1, [])
    work = WindowWork({0: 4, 1: 5}, {1: 2}, {}, {}, (5, 6, 8, *(9 for _ in range(6))))
    assert laid(replace(problem, work=work), [[0], [1], [2]]) == [0, 2, 3]
    long = tuple({p: (7 * p, 7 * p + 10) for p in its} for its in problem.allowed)
    cared = replace(with_stages(problem, Stage(None, 0, None), most=1), hypercare=long)
    assert laid(cared, [[0], [1], [2]]) == [0, 2, 4]


def test_streams_wait_for_each_other() -> None:
    problem = packing_problem([1] * 3, 1, [(0, 1), (1, 2)], slots=4)
    places = tuple(replace(problem.positions[p % 4], index=p, stream=p // 4) for p in range(8))
    rules = tuple(
        StreamRules(f"stream {stream}", own, (Stage(None, 7, None),), None, False, {}, {})
        for stream, own in enumerate([(0, 1, 2, 3), (4, 5, 6, 7)])
    )
    orders = tuple(
        ranked(places, first, second, {p: places[p].rank for p in range(8)}, same_wave=True)
        for first, second in [(0, 1), (1, 2)]
    )
    two = replace(
        problem,
        positions=places,
        streams=rules,
        lot_stream=(0, 1, 0),
        allowed=((0, 1, 2, 3), (4, 5, 6, 7), (0, 1, 2, 3)),
        hypercare=tuple({p: (place.day, place.day) for p, place in enumerate(places)} for _ in range(3)),
        wave_limits=(),
        work=WindowWork({}, {}, {}, {}, (0,) * 8),
        precedences=orders,
    )
    assert laid(two, [[0], [2], [1]]) == [0, 2, 5]
    found = solved(two)
    assert found is not None
    assert found.bound == 3  # the third lot is later than the second, which is later than the first
    assert [len(load) for load in found.loads or ()] == [1, 1, 1]


def test_gaps_count_from_the_wave_before() -> None:
    problem = with_stages(packing_problem([1] * 5, 1, []), Stage(None, 15, None))
    found = laid(problem, [[lot] for lot in range(5)])
    assert found is not None
    assert all(later - earlier == 3 for earlier, later in pairwise(found))
