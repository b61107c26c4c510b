"""All that follows from orders, chain by chain."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

Order = tuple[int, int, bool]  # first, second, whether strictly later


@dataclass(frozen=True)
class OrderClosure:
    """By node, as sets of bits: all that is at the same time or later, and what is strictly later, by some chain."""

    after: tuple[int, ...]
    strictly: tuple[int, ...]


def closed(nodes: int, orders: Iterable[Order]) -> OrderClosure:
    """Everything that orders among so many nodes imply."""
    follow: list[list[tuple[int, bool]]] = [[] for _ in range(nodes)]
    for first, second, strict in orders:
        follow[first].append((second, strict))
    after, strictly = [0] * nodes, [0] * nodes
    order, changed = _ends_first(follow), True
    while changed:  # twice, unless nodes wait for each other in a circle
        changed = False
        for node in order:
            more, later = after[node], strictly[node]
            for second, strict in follow[node]:
                reached = after[second] | 1 << second
                more |= reached
                later |= reached if strict else strictly[second]
            if (more, later) != (after[node], strictly[node]):
                after[node], strictly[node], changed = more, later, True
    return OrderClosure(tuple(after), tuple(strictly))


def _ends_first(follow: Sequence[Sequence[tuple[int, bool]]]) -> list[int]:
    """Nodes in such an order that followers come before what they follow, circles aside."""
    seen, order = [False] * len(follow), []
    for root in range(len(follow)):
        if seen[root]:
            continue
        seen[root] = True
        stack = [(root, iter(follow[root]))]
        while stack:
            node, rest = stack[-1]
            following = next((second for second, _ in rest if not seen[second]), None)
            if following is None:
                order.append(node)
                stack.pop()
            else:
                seen[following] = True
                stack.append((following, iter(follow[following])))
    return order
