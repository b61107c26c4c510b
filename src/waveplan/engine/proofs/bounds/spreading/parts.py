"""Connected parts of the ties, each bounded by itself: as if the others left it all the room, which only lowers it."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Mapping, Sequence

from waveplan.engine.problem import PlanningProblem
from waveplan.engine.proofs.bounds.spreading.distances import Pair

MOST_LOTS = 3_000  # of one part: a larger one is cut, and the ties between the pieces count for nothing


def merged_ties(problem: PlanningProblem) -> dict[Pair, int]:
    """Weight by pair of lots; ties of no weight or inside one lot left out."""
    weights: dict[Pair, int] = defaultdict(int)
    for tie in problem.ties:
        if tie.first != tie.second and tie.weight > 0:
            weights[min(tie.first, tie.second), max(tie.first, tie.second)] += tie.weight
    return dict(sorted(weights.items()))


def connected_parts(ties: Mapping[Pair, int], most: int) -> list[list[int]]:
    """Groups of at most so many lots, each connected by ties inside it; lots without ties are in none."""
    near: dict[int, list[int]] = defaultdict(list)
    for one, other in ties:
        near[one].append(other)
        near[other].append(one)
    left = dict.fromkeys(sorted(near))
    parts = []
    while left:
        parts.append(_spread_from(next(iter(left)), near, left, most))
    return [part for part in parts if len(part) > 1]


def _spread_from(lot: int, near: Mapping[int, Sequence[int]], left: dict[int, None], most: int) -> list[int]:
    del left[lot]
    part, waiting = [lot], deque([lot])
    while waiting:
        for other in near[waiting.popleft()]:
            if other in left and len(part) < most:
                del left[other]
                part.append(other)
                waiting.append(other)
    return sorted(part)


def ties_within(part: Iterable[int], ties: Mapping[Pair, int]) -> list[tuple[int, int, int]]:
    """First lot, second lot (as places in the part) and weight of each tie inside a part."""
    place = {lot: number for number, lot in enumerate(part)}
    return [
        (place[one], place[other], weight) for (one, other), weight in ties.items() if one in place and other in place
    ]
