"""A proven bound on coexistence: lots that are near each other in their ties must spread over waves.

One length for each tie, at least the days between its two lots; any plan's lengths obey rows that follow from how much
room the calendar has: around a lot (star rows), among all pairs of a group (ball rows), between two lots (pair rows).
After Even, Naor, Rao and Schieber, "Divide-and-conquer approximation algorithms via spreading metrics" (J. ACM 2000).
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence

from waveplan.domain.problem import PlanningProblem
from waveplan.planning.bounds.spreading.limits import BoundLimits

__all__ = ["BoundLimits", "coexistence_bound"]


def coexistence_bound(
    problem: PlanningProblem,
    allowed: Sequence[Sequence[int]],
    limits: BoundLimits,
    stop: threading.Event,
    tell: Callable[[int], None],
) -> int:
    """The least coexistence any plan can have, in the ties' own scale (Σ weight × days).

    `allowed` narrows each lot's positions to what earlier goals leave; `tell` hears of every improvement.
    """
    from waveplan.planning.bounds.spreading.budget_rooms import rooms_in_budgets
    from waveplan.planning.bounds.spreading.distances import Distances
    from waveplan.planning.bounds.spreading.least import least_of
    from waveplan.planning.bounds.spreading.parts import connected_parts, merged_ties
    from waveplan.planning.bounds.spreading.places import places_of
    from waveplan.planning.bounds.spreading.rooms import rooms_in_waves
    from waveplan.planning.bounds.spreading.rounds import Part, Space

    began, work, told = time.monotonic(), 0.0, 0
    ties = merged_ties(problem)
    if not ties or not all(allowed):
        return 0
    places = places_of(problem, allowed)
    rooms = [room for room in (*rooms_in_waves(problem, places), *rooms_in_budgets(problem, allowed)) if room.matters]
    distances = Distances(problem, allowed, places, rooms)
    known = distances.known(ties)
    least = least_of(problem, allowed, rooms)
    parts = [Part(lots, ties, least, distances, known) for lots in connected_parts(ties)]
    open_parts = [part for part in parts if not part.done]
    space = Space(max((part.lots for part in parts), default=0), max((part.ties for part in parts), default=0))
    while open_parts and not stop.is_set() and not limits.reached(told):
        spent = time.monotonic() - began
        if (limits.seconds is not None and spent >= limits.seconds) or (
            limits.deterministic is not None and work >= limits.deterministic
        ):
            break
        part = max(open_parts, key=lambda part: part.gain)
        work += part.advance(space)
        if part.done:
            open_parts.remove(part)
        bound = sum(part.bound for part in parts)
        if bound > told:
            told = bound
            tell(told)
    return told
