"""What keeps lots out of one wave, pair by pair, and what the lots of a wave touch together."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

from waveplan.engine.problem import PlanningProblem
from waveplan.engine.problem.limits import UnionLimit

MOST_ELEMENTS = 62  # of one union: what its lots touch is one mask


def clashes(problem: PlanningProblem, allowed: Sequence[Sequence[int]], position: int) -> list[tuple[int, int]]:
    """Pairs of lots that can't be in one wave in a position: kept apart, or their work overruns the window."""
    present = [lot for lot, positions in enumerate(allowed) if position in positions]
    pairs = {(min(a.first, a.second), max(a.first, a.second)) for a in problem.aparts}
    found = {pair for pair in pairs if pair[0] in present and pair[1] in present}
    work = problem.work
    kinds = (work.cutover, work.test, work.rollback, work.transport)
    if any(kinds) and work.hours:
        for one, other in combinations(present, 2):
            if sum(max(kind.get(one, 0), kind.get(other, 0)) for kind in kinds) > work.hours[position]:
                found.add((one, other))
    return sorted(found)


def unions(problem: PlanningProblem, stages: Sequence[int]) -> list[UnionLimit]:
    """Limits on unions that could be felt; of stage limits, only those that hold in every stage of their stream."""
    found = []
    for limit in problem.union_limits:
        if limit.stage is not None and stages[limit.stream] > 1:
            continue
        touched = {element for elements in limit.elements.values() for element in elements if limit.weights[element]}
        if sum(limit.weights[element] for element in touched) > limit.limit:
            found.append(limit)
    return found


def touched(limit: UnionLimit, lots: int) -> tuple[list[int], list[int]]:
    """By lot: a mask of what it touches; by element of the mask: its weight. The lightest have no room in it."""
    heaviest = sorted(range(len(limit.weights)), key=lambda element: (-limit.weights[element], element))
    number = {element: index for index, element in enumerate(heaviest[:MOST_ELEMENTS])}
    masks = [
        sum(1 << number[element] for element in sorted(set(limit.elements.get(lot, ()))) if element in number)
        for lot in range(lots)
    ]
    return masks, [limit.weights[element] for element in number]
