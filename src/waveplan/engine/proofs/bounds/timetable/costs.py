"""What ties cost: a sum over positions where it is known which lot comes first, days of their own where it is not."""

from __future__ import annotations

from collections.abc import Mapping

from waveplan.engine.presolve.directions import directions
from waveplan.engine.problem import PlanningProblem
from waveplan.engine.proofs.bounds.timetable.linear import LinearProgramme, LinearRow

Pair = tuple[int, int]


def add_ties(programme: LinearProgramme, problem: PlanningProblem, ties: Mapping[Pair, int]) -> None:
    """Σ weight × days as the cost."""
    first = directions(problem, programme.allowed, ties)
    start = min(place.day for place in problem.positions)
    days = {place.index: place.day - start for place in problem.positions}
    for pair, weight in ties.items():
        if pair in first:
            later = pair[1] if first[pair] == pair[0] else pair[0]
            for position in programme.allowed[later]:
                programme.cost[programme.places[later, position]] += weight * days[position]
            for position in programme.allowed[first[pair]]:
                programme.cost[programme.places[first[pair], position]] -= weight * days[position]
        else:
            _add_length(programme, days, pair, weight)


def _add_length(programme: LinearProgramme, days: Mapping[int, int], pair: Pair, weight: int) -> None:
    """A count of days, no fewer than from the one lot to the other, whichever comes first."""
    longest = max(days[position] for lot in pair for position in programme.allowed[lot])
    length = programme.new(longest)
    programme.cost[length] += weight
    for sign in (1, -1):
        terms = {length: 1}
        for lot, way in zip(pair, (sign, -sign), strict=True):
            terms |= {programme.places[lot, p]: way * days[p] for p in programme.allowed[lot] if days[p]}
        programme.rows.append(LinearRow(terms, 0))
