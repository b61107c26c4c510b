"""Which lot of a tie comes first, where orders or dates say so of all plans."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence

from waveplan.engine.problem import PlanningProblem, WeightedTie
from waveplan.engine.problem.orders import Precedence

Pair = tuple[int, int]  # lots, the lower first


def pair_of(tie: WeightedTie) -> Pair:
    """The two lots of a tie, the lower first."""
    return min(tie.first, tie.second), max(tie.first, tie.second)


def mostly_directed(problem: PlanningProblem) -> bool:
    """Whether it is known of half of all weight which lot comes first."""
    first = directions(problem, problem.allowed, map(pair_of, problem.ties))
    known = sum(tie.weight for tie in problem.ties if pair_of(tie) in first)
    return 2 * known >= sum(tie.weight for tie in problem.ties) > 0


def directions(problem: PlanningProblem, allowed: Sequence[Sequence[int]], ties: Iterable[Pair]) -> dict[Pair, int]:
    """By tie: the lot that is never on a later day than the other, where orders or dates say that of one."""
    orders: dict[Pair, list[Precedence]] = defaultdict(list)
    for order in problem.precedences:
        orders[min(order.first, order.second), max(order.first, order.second)].append(order)
    days = [place.day for place in problem.positions]
    ties = list(ties)
    tied = {lot: [days[p] for p in allowed[lot]] for lot in sorted({lot for pair in ties for lot in pair})}
    ends = {lot: (min(found), max(found)) for lot, found in tied.items()}
    known: dict[tuple[int, ...], bool] = {}
    first = {}
    for pair in ties:
        one, other = pair
        if ends[one][1] <= ends[other][0]:
            first[pair] = one
        elif ends[other][1] <= ends[one][0]:
            first[pair] = other
        for order in orders.get(pair, ()):
            key = tuple(
                id(each) for each in (allowed[order.first], allowed[order.second], order.earliest, order.levels)
            )
            if key not in known:
                known[key] = _never_earlier(order, allowed, days)
            if known[key]:
                first.setdefault(pair, order.first)
    return first


def _never_earlier(order: Precedence, allowed: Sequence[Sequence[int]], days: Sequence[int]) -> bool:
    """Whether the second lot is never on an earlier day than the first."""
    seconds = sorted((order.levels[position], days[position]) for position in allowed[order.second])
    levels = [level for level, _ in seconds]
    soonest = [day for _, day in seconds]
    for place in range(len(soonest) - 2, -1, -1):
        soonest[place] = min(soonest[place], soonest[place + 1])
    for position in allowed[order.first]:
        place = bisect_left(levels, order.earliest[position])
        if place < len(levels) and soonest[place] < days[position]:
            return False
    return True
