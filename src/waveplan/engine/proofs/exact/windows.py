"""Between which sums, and which lots, a moved set must lie at each turn: by all that can come before and after."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from waveplan.engine.problem import PlanningProblem
from waveplan.engine.proofs.exact.resources import Resource
from waveplan.engine.proofs.exact.turns import Turn


@dataclass(frozen=True)
class Windows:
    """By turn, the final one included. Sums are by resource; sets of lots are frozen sets."""

    candidates: list[frozenset[int]]  # lots that may be in its wave
    room: list[list[int]]  # what its wave may take
    most: list[list[int]]  # what may have moved after it
    left: list[list[int]]  # what can still move from it on
    future: list[frozenset[int]]  # lots that can still move from it on


def windows_of(
    problem: PlanningProblem,
    allowed: Sequence[Sequence[int]],
    order: Sequence[int],
    turns: Sequence[Turn],
    resources: Sequence[Resource],
) -> Windows:
    """Work forwards for what can have moved, backwards for what can still move."""
    candidates = [_candidates(problem, allowed, order, turn) for turn in turns]
    room = [_room(problem, order, turn, resources) for turn in turns]
    totals = [resource.total for resource in resources]
    ceilings = _ceilings(resources, len(order))
    before = [[0] * len(resources) for _ in turns]
    most = [list(totals) for _ in turns]
    for number, turn in enumerate(turns[:-1]):
        with_wave = [have + more for have, more in zip(before[number], room[number], strict=True)]
        most[number] = list(map(min, totals, with_wave, ceilings[turn.place]))
        before[turn.use] = list(map(max, before[turn.use], most[number]))
        before[turn.skip] = list(map(max, before[turn.skip], before[number]))
    left: list[list[int]] = [[0] * len(resources) for _ in turns]
    future: list[frozenset[int]] = [frozenset() for _ in turns]
    for number in range(len(turns) - 2, -1, -1):
        turn = turns[number]
        with_wave = [more + later for more, later in zip(room[number], left[turn.use], strict=True)]
        left[number] = list(map(min, totals, map(max, with_wave, left[turn.skip])))
        future[number] = candidates[number] | future[turn.skip] | (future[turn.use] if turn.may_use else frozenset())
    return Windows(candidates, room, most, left, future)


def _candidates(
    problem: PlanningProblem, allowed: Sequence[Sequence[int]], order: Sequence[int], turn: Turn
) -> frozenset[int]:
    if not turn.may_use:
        return frozenset()
    position = order[turn.place]
    needed = problem.streams[problem.positions[position].stream].earliest_wave
    return frozenset(
        lot
        for lot, positions in enumerate(allowed)
        if position in positions and (turn.ordinal is None or turn.ordinal >= needed.get(lot, 1))
    )


def _room(problem: PlanningProblem, order: Sequence[int], turn: Turn, resources: Sequence[Resource]) -> list[int]:
    if not turn.may_use:
        return [0] * len(resources)
    position = order[turn.place]
    stages = len(problem.streams[problem.positions[position].stream].stages)
    return [resource.room_at(position, turn.stage, stages) for resource in resources]


def _ceilings(resources: Sequence[Resource], places: int) -> list[list[int]]:
    """By place: the limit on what has moved after it, which later limits lower too."""
    found = [[resource.total for resource in resources] for _ in range(places)]
    for number, resource in enumerate(resources):
        lowest = resource.total
        for place in range(places - 1, -1, -1):
            lowest = min(lowest, resource.moved.get(place, lowest))
            found[place][number] = lowest
    return found
