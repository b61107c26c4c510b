"""How many days lots are apart at least: some lots and a centre, by what waves hold; two lots, by orders and sums."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from waveplan.certificates.chains import distances
from waveplan.certificates.loads import StreamLoads
from waveplan.certificates.supposing import Levels, Supposed, lots_of, usable

Bringing = tuple[int, int, int]  # what the lots bring, what the centre brings, what one wave holds


def least_sum(supposed: Supposed, stream: int, centre: int, room: Bringing) -> int:
    """Σ amount × days to the centre, at least, for lots of one stream: wherever it is, the nearest waves fill."""
    places = usable(supposed, lots_of(supposed.problem, stream))
    mine = supposed.problem.lot_stream[centre] == stream
    return min(
        filled(room, mine, distances(supposed, stream, places, position)) for position in supposed.allowed[centre]
    )


def filled(room: Bringing, mine: bool, days: Sequence[int]) -> int:
    """The least that a sum costs, wave after wave; in the first the centre itself may be."""
    left, own, most = room
    cost = 0
    for number, distance in enumerate(days):
        here = min(left, max(0, most - own) if mine and number == 0 else most)
        cost, left = cost + here * distance, left - here
        if not left:
            break
    return cost


def least_days(supposed: Supposed, one: int, other: int, loads: Callable[[int], StreamLoads]) -> int:
    """Days between two lots in any plan: by orders between them, and whether they can share a wave."""
    problem = supposed.problem
    together = _may_share(supposed, one, other, loads)
    tests = list(_orders(supposed, one, other))
    best: int | None = None
    for here in supposed.allowed[one]:
        day = problem.positions[here].day
        for there in supposed.allowed[other]:
            apart = abs(problem.positions[there].day - day)
            nearer = (best is None or apart < best) and (together or here != there)
            if nearer and all(test(here, there) for test in tests):
                best = apart
        if best == 0:
            break
    return best or 0


def days_along(supposed: Supposed, chain: Sequence[int]) -> int:
    """Days from the first lot of a chain to the last, at least: each comes after the one before by some order."""
    return sum(days_after(supposed, one, other) or 0 for one, other in pairwise(chain))


def days_after(supposed: Supposed, one: int, other: int) -> int | None:
    """Days from one lot to another that an order puts after it, at least; None when no order does."""
    problem, least = supposed.problem, list[int]()
    for order in problem.precedences:
        if (order.first, order.second) == (one, other):
            least.append(days_between(supposed, (one, order.earliest), (other, order.levels)))
    for group in problem.group_orders:
        if one in group.firsts and other in group.seconds:
            least.append(days_between(supposed, (one, group.firsts[one]), (other, group.seconds[other])))
    return max(least, default=None)


def days_between(supposed: Supposed, one: tuple[int, Levels], other: tuple[int, Levels]) -> int:
    """Days from a first to a second lot, at least, given what the one asks for and what the other has; 0 or more."""
    (first, asked), (second, levels) = one, other
    places = supposed.problem.positions
    ends = sorted(((levels[place], places[place].day) for place in supposed.allowed[second]), reverse=True)
    soonest: list[int] = []  # day, of the first so many
    for _, day in ends:
        soonest.append(min(day, soonest[-1]) if soonest else day)
    best: int | None = None
    for place in supposed.allowed[first]:
        count = bisect_right(ends, -asked[place], key=lambda end: -end[0])
        if count:
            apart = soonest[count - 1] - places[place].day
            best = apart if best is None else min(best, apart)
    return max(0, best or 0)


def _may_share(supposed: Supposed, one: int, other: int, loads: Callable[[int], StreamLoads]) -> bool:
    problem = supposed.problem
    if problem.lot_stream[one] != problem.lot_stream[other]:
        return True
    if any({pair.first, pair.second} == {one, other} for pair in problem.aparts):
        return False
    mine = loads(problem.lot_stream[one])
    first, second = mine.lots.index(one), mine.lots.index(other)
    return all(row.amounts[first] + row.amounts[second] <= max(row.limits) for row in mine.sums)


def _orders(supposed: Supposed, one: int, other: int) -> Iterator[Callable[[int, int], bool]]:
    problem = supposed.problem
    for order in problem.precedences:
        if (order.first, order.second) == (one, other):
            yield order.allows
        elif (order.first, order.second) == (other, one):
            yield lambda here, there, order=order: order.allows(there, here)  # type: ignore[misc]
    for group in problem.group_orders:
        if one in group.firsts and other in group.seconds:
            yield lambda here, there, g=group: g.seconds[other][there] >= g.firsts[one][here]  # type: ignore[misc]
        if other in group.firsts and one in group.seconds:
            yield lambda here, there, g=group: g.seconds[one][here] >= g.firsts[other][there]  # type: ignore[misc]
