"""An order of lots in which few are open at a time: begun, while one they are tied to is still to come."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence

Pair = tuple[int, int]
_TURNS = 40  # tries for each lot to stand elsewhere
_MOST_STARTS = 8


def opening_order(lots: int, pairs: Iterable[Pair]) -> list[int]:
    """Such an order, found by greed from several lots and bettered by moving one lot at a time."""
    near: list[set[int]] = [set() for _ in range(lots)]
    for one, other in pairs:
        near[one].add(other)
        near[other].add(one)
    chance = random.Random(lots)
    starts = sorted(range(lots), key=lambda lot: (len(near[lot]), lot))[:_MOST_STARTS]
    best = min((_greedy(start, near) for start in starts), key=lambda order: (states(order, near), order))
    value = states(best, near)
    for _ in range(_TURNS * lots):
        at, to = chance.randrange(lots), chance.randrange(lots)
        tried = best.copy()
        tried.insert(to, tried.pop(at))
        cost = states(tried, near)
        if cost <= value:
            best, value = tried, cost
    return best


def states(order: Sequence[int], near: Sequence[Iterable[int]]) -> int:
    """How many sets of open lots there are, over all steps."""
    place = {lot: step for step, lot in enumerate(order)}
    ends = [0] * (len(order) + 1)
    for step, lot in enumerate(order):
        ends[max([step, *(place[other] for other in near[lot])]) + 1] += 1
    total = open_lots = 0
    for step in range(len(order)):
        open_lots += 1 - ends[step]
        total += 1 << open_lots
    return total


def _greedy(start: int, near: Sequence[set[int]]) -> list[int]:
    """Next is always the lot that leaves the fewest open; of several, one that has waited."""
    order, left = [start], set(range(len(near))) - {start}
    border = set(near[start])
    while left:
        chosen = min(left, key=lambda lot: (len(near[lot] & left - border), lot not in border, lot))
        order.append(chosen)
        left.discard(chosen)
        border = (border | near[chosen]) & left
    return order
