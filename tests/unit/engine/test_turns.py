"""Turns of the calendar: how many waves there can be until a day, and which of them a wave in some window can be."""

from __future__ import annotations

from dataclasses import replace

import pytest
from support.packings import packing_problem

from waveplan.engine.problem import PlanningProblem, Position
from waveplan.engine.problem.rhythm import Stage, StreamRules
from waveplan.engine.proofs.packing.turns import turns_of


def on_days(
    days: list[int], *stages: Stage, at_once: int | None = None, done: frozenset[int] = frozenset()
) -> PlanningProblem:
    """Three lots that may move on any of these days, with hypercare of three days more."""
    problem = packing_problem([1, 1, 1], 3, [], slots=len(days))
    positions = tuple(Position(n, 0, n, n, day, day - day % 7) for n, day in enumerate(days))
    rules = StreamRules("main", tuple(range(len(days))), stages, at_once, False, {}, {}, done=done)
    care = {place.index: (place.day, place.day + 3) for place in positions}
    return replace(problem, positions=positions, streams=(rules,), hypercare=(care,) * 3)


def spans(problem: PlanningProblem) -> list[tuple[int, int]]:
    found = turns_of(problem, problem.allowed, 0, range(3))
    assert max(last for _, last in found.span.values()) == found.count == len(found.rows)
    return [found.span[position] for position in range(len(problem.positions))]


def test_days_between_waves_leave_only_some_windows_for_turns_of_their_own() -> None:
    assert spans(on_days([0, 7, 14, 21], Stage(None, 7, None))) == [(1, 1), (2, 2), (3, 3), (4, 4)]
    assert spans(on_days([0, 7, 14, 21], Stage(None, 14, None))) == [(1, 1), (1, 1), (2, 2), (2, 2)]


def test_done_waves_follow_each_other_as_they_did() -> None:
    assert spans(on_days([0, 7, 14, 21], Stage(None, 14, None), done=frozenset({0, 1}))) == [
        (1, 1),
        (2, 2),
        (2, 2),
        (3, 3),
    ]


def test_one_wave_in_hypercare_keeps_the_next_away() -> None:
    assert spans(on_days([0, 3, 4, 8], Stage(None, 0, None), at_once=1)) == [(1, 1), (1, 1), (2, 2), (3, 3)]


def test_of_a_week_with_more_windows_than_waves_each_can_be_any() -> None:
    problem = on_days([0, 1, 2, 7, 8, 9], Stage(None, 0, 2))
    assert spans(problem) == [(1, 2)] * 3 + [(3, 4)] * 3
    assert spans(on_days([0, 1, 2, 7], Stage(None, 0, 1))) == [(1, 1)] * 3 + [(2, 2)]


def test_a_slower_first_stage_is_counted_by_ordinals() -> None:
    found = turns_of(
        problem := on_days([0, 7, 14, 21, 28], Stage(2, 14, None), Stage(None, 7, None)), problem.allowed, 0, range(3)
    )
    assert (found.count, found.exactly) == (4, True)
    assert found.span == {0: (1, 1), 1: (1, 1), 2: (1, 2), 3: (1, 3), 4: (1, 4)}
    assert found.by_row([5, 9]) == (5, 5, 9, 9)


@pytest.mark.parametrize("limits", [[5, 9], [9, 5]])
def test_as_turns_may_stay_empty_a_turn_may_have_the_limit_of_a_stage_before(limits: list[int]) -> None:
    problem = on_days([0, 7, 14], Stage(1, 7, None), Stage(None, 7, None))
    found = turns_of(problem, problem.allowed, 0, range(3))
    assert not found.exactly
    assert found.by_row(limits) == (limits[0], max(limits), max(limits))


def test_what_days_leave_is_a_turn_s_own() -> None:
    problem = on_days([0, 7, 8], Stage(None, 7, None))
    found = turns_of(problem, problem.allowed, 0, range(3))
    assert found.of_pool({0: 4, 1: 5, 2: 6}, [0, 1, 2], 20) == (4, 6)
    assert found.of_pool({0: 4, 1: 5}, [0, 1, 2], 20) == (4, 20)  # nothing limits the last day
    assert found.of_pool({0: 4}, [0], 3) == (3, 0)
    assert found.waves_of((1, 2)) == (2,)
