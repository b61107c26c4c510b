"""Precedence graphs of a wanted order strength, with bottlenecks, with chains, or mixed; tasks are in a valid order.

Order strength is the number of pairs of tasks with an order between them, given or following, over all pairs.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from itertools import pairwise

KINDS = ("mixed", "bottleneck", "chain")
CLOSE = 0.02  # how near the order strength has to come
IN_CHAINS = 0.4  # share of tasks in chains
TRIES = 50
Order = tuple[int, int]


class _Drawing:
    """A graph while it is drawn: given orders, and all tasks before and after each one, as bit sets."""

    def __init__(self, tasks: int) -> None:
        self.before = [0] * tasks
        self.after = [0] * tasks
        self.kept: list[Order] = []  # orders that must stay direct
        self.inner: set[int] = set()  # tasks within chains: nothing more comes before them
        self.outer: set[int] = set()  # tasks within chains: nothing more comes after them
        self.pairs = 0

    def add(self, first: int, second: int) -> None:
        before, after = self.before[first] | 1 << first, self.after[second] | 1 << second
        for task in _members(before):
            self.pairs += (after & ~self.after[task]).bit_count()
            self.after[task] |= after
        for task in _members(after):
            self.before[task] |= before

    def gain(self, first: int, second: int) -> int:
        """How many pairs an order would add."""
        after = self.after[second] | 1 << second
        return sum((after & ~self.after[task]).bit_count() for task in _members(self.before[first] | 1 << first))

    def may_add(self, first: int, second: int) -> bool:
        if second in self.inner or first in self.outer or self.after[first] >> second & 1:
            return False
        before, after = self.before[first] | 1 << first, self.after[second] | 1 << second
        # a kept order (a, b) stops being direct when some task comes to stand between its two
        for a, b in self.kept:
            reached = self.after[a] | (after if before >> a & 1 else 0)
            reaching = self.before[b] | (before if after >> b & 1 else 0)
            if reached & reaching:
                return False
        return True

    def direct(self) -> list[Order]:
        """Orders that do not follow from others."""
        found = []
        for first, after in enumerate(self.after):
            found += [(first, second) for second in _members(after) if not after & self.before[second]]
        return found


def precedence_graph(tasks: int, kind: str, strength: float, chance: random.Random) -> list[Order]:
    """Direct orders, each from a lower number to a higher one. Raises ValueError when the strength is out of reach."""
    for _ in range(TRIES):
        drawing = _Drawing(tasks)
        if kind == "bottleneck":
            _bottleneck(drawing, tasks, chance)
        elif kind == "chain":
            _chains(drawing, tasks, chance)
        if _strengthen(drawing, tasks, strength, chance):
            return drawing.direct()
    raise ValueError(f"no {kind} graph of {tasks} tasks comes near an order strength of {strength}")


def order_strength(tasks: int, orders: list[Order]) -> float:
    """Ordered pairs over all pairs."""
    drawing = _Drawing(tasks)
    for first, second in orders:
        drawing.add(first, second)
    return drawing.pairs / (tasks * (tasks - 1) / 2)


def _bottleneck(drawing: _Drawing, tasks: int, chance: random.Random) -> None:
    """A task with many direct neighbours on both sides: four of each among 20 tasks, eight among more."""
    degree = 4 if tasks <= 20 else 8
    middle = chance.randrange(tasks // 2 - tasks // 10, tasks // 2 + tasks // 10)
    for first in sorted(chance.sample(range(middle), degree)):
        drawing.kept.append((first, middle))
    for second in sorted(chance.sample(range(middle + 1, tasks), degree)):
        drawing.kept.append((middle, second))
    for order in drawing.kept:
        drawing.add(*order)


def _chains(drawing: _Drawing, tasks: int, chance: random.Random) -> None:
    """Chains of three to six tasks, each task within them with one neighbour on each side."""
    free = chance.sample(range(tasks), round(IN_CHAINS * tasks))
    while len(free) >= 3:
        length = min(chance.randint(3, 6), len(free))
        chain, free = sorted(free[:length]), free[length:]
        for order in pairwise(chain):
            drawing.add(*order)
            drawing.kept.append(order)
        drawing.inner.update(chain[1:])
        drawing.outer.update(chain[:-1])


def _strengthen(drawing: _Drawing, tasks: int, strength: float, chance: random.Random) -> bool:
    """Add random orders until the strength is near what is wanted; False when it cannot be reached this time."""
    all_pairs = tasks * (tasks - 1) / 2
    most, least = (strength + CLOSE) * all_pairs, (strength - CLOSE) * all_pairs
    pairs = [(first, second) for first in range(tasks) for second in range(first + 1, tasks)]
    chance.shuffle(pairs)
    for first, second in pairs:
        if drawing.pairs >= strength * all_pairs:
            break
        if drawing.may_add(first, second) and drawing.pairs + drawing.gain(first, second) <= most:
            drawing.add(first, second)
    return least <= drawing.pairs <= most


def _members(bits: int) -> Iterator[int]:
    while bits:
        lowest = bits & -bits
        yield lowest.bit_length() - 1
        bits ^= lowest
