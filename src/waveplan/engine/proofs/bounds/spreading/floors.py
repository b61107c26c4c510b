"""What is proven of each connected part without a search.

Each tie spans the days that its lots are apart in any plan; and where there is too much for one wave, some tie spans
two of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

import numpy as np

from waveplan.engine.problem import PlanningProblem
from waveplan.engine.proofs.bounds.spreading.distances import Pair
from waveplan.engine.proofs.bounds.spreading.places import Allowed
from waveplan.engine.proofs.bounds.spreading.rooms import Room


def floor_of(
    problem: PlanningProblem,
    allowed: Allowed,
    ties: Mapping[Pair, int],
    known: Mapping[Pair, int],
    rooms: Sequence[Room],
    components: Sequence[Sequence[int]],
) -> int:
    """Σ over connected parts: what its ties come to one by one, or, if that is more, its lightest tie × days apart.

    Some path of ties spans the days that two lots of a part are apart.
    """
    part_of = {lot: number for number, lots in enumerate(components) for lot in lots}
    lightest: dict[int, int] = {}
    one_by_one = dict.fromkeys(range(len(components)), 0)
    for (one, other), weight in ties.items():
        lightest[part_of[one]] = min(weight, lightest.get(part_of[one], weight))
        one_by_one[part_of[one]] += weight * known.get((one, other), 0)
    apart = dict.fromkeys(range(len(components)), 0)
    for (one, other), days in known.items():
        part = part_of.get(one)
        if part is not None and part == part_of.get(other):
            apart[part] = max(apart[part], days)
    days_of = _days(problem, allowed)
    for number, lots in enumerate(components):
        apart[number] = max(apart[number], _windows(days_of[lot] for lot in lots), *_rooms(rooms, lots))
    return sum(max(lightest[number] * days, one_by_one[number]) for number, days in apart.items())


def _days(problem: PlanningProblem, allowed: Allowed) -> list[frozenset[int]]:
    """By lot: days it may be on; lots with the same positions share the set."""
    kept: dict[tuple[int, ...], frozenset[int]] = {}
    for positions in allowed:
        key = tuple(positions)
        if key not in kept:
            kept[key] = frozenset(problem.positions[position].day for position in key)
    return [kept[tuple(positions)] for positions in allowed]


def _windows(found: Iterable[frozenset[int]]) -> int:
    """Without a day that suits all, two of them are on different days."""
    windows = sorted(set(found), key=sorted)
    if frozenset.intersection(*windows):
        return 0
    return int(np.diff(sorted(frozenset.union(*windows))).min())


def _rooms(rooms: Iterable[Room], lots: Sequence[int]) -> Iterator[int]:
    """Where more is needed than one wave may hold, there are two of them."""
    yield 0
    for room in rooms:
        if room.needed(lots) > room.limit and len(room.places.spans) > 1:
            yield int(room.places.spans[1])
