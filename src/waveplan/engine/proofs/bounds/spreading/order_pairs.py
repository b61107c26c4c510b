"""Pairs of lots of which the first is never on a later day than the second, in any plan."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from waveplan.engine.presolve.directions import directions
from waveplan.engine.problem import PlanningProblem
from waveplan.engine.proofs.bounds.spreading.distances import Pair
from waveplan.engine.proofs.bounds.spreading.places import Allowed

_MOST = 8  # pairs for each lot; with more that follow from others, only those that are told


def ordered_pairs(problem: PlanningProblem, allowed: Allowed, ties: Iterable[Pair]) -> list[Pair]:
    """First and second lot, by orders and dates, and what follows from several of them."""
    orders = ((min(order.first, order.second), max(order.first, order.second)) for order in problem.precedences)
    pairs = sorted({pair for pair in (*ties, *orders) if pair[0] != pair[1]})
    told = {(first, sum(pair) - first) for pair, first in directions(problem, allowed, pairs).items()}
    return sorted(_closed(told, _MOST * len(problem.lots)) or told)


def pairs_within(lots: Sequence[int], pairs: Iterable[Pair]) -> list[Pair]:
    """The pairs of these lots, as places among them."""
    place = {lot: number for number, lot in enumerate(lots)}
    return [(place[one], place[other]) for one, other in pairs if one in place and other in place]


def _closed(told: Iterable[Pair], most: int) -> set[Pair]:
    """All that follows, pair by pair; nothing if that is more than so many."""
    after: Mapping[int, list[int]] = defaultdict(list)
    for first, second in sorted(told):
        after[first].append(second)
    found: set[Pair] = set()
    for first in sorted(after):
        reached, waiting = {first}, [first]
        while waiting:
            for second in after.get(waiting.pop(), ()):
                if second not in reached:
                    reached.add(second)
                    waiting.append(second)
        found |= {(first, second) for second in reached if second != first}
        if len(found) > most:
            return set()
    return found
