"""Where lots can still be once orders between them are followed through."""

from __future__ import annotations

from collections.abc import Sequence

from waveplan.engine.problem import PlanningProblem


def narrowed(problem: PlanningProblem, allowed: Sequence[Sequence[int]]) -> list[list[int]]:
    """By lot: the positions that orders leave it, each judged against where the other lot may be."""
    left = [sorted(set(positions)) for positions in allowed]
    changed = True
    while changed:
        changed = False
        for order in problem.precedences:
            firsts, seconds = left[order.first], left[order.second]
            kept_firsts = [p for p in firsts if any(order.allows(p, q) for q in seconds)]
            kept_seconds = [q for q in seconds if any(order.allows(p, q) for p in firsts)]
            if len(kept_firsts) < len(firsts) or len(kept_seconds) < len(seconds):
                left[order.first], left[order.second] = kept_firsts, kept_seconds
                changed = True
    return left


def in_order(problem: PlanningProblem, allowed: Sequence[Sequence[int]]) -> list[int]:
    """Positions that some lot may use, by day and start: what has moved only ever grows along them."""
    used = {position for positions in allowed for position in positions}
    places = problem.positions
    return sorted(used, key=lambda position: (places[position].day, places[position].rank, position))
