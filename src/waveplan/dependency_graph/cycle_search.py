"""The shortest cycle within a knot of groups that all must come before each other."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from itertools import pairwise

from waveplan.dependency_graph.arcs import OrderArc

Node = str | int  # a group, or the number of an order of many to many that passes through a node of its own
Arcs = Mapping[Node, Mapping[Node, OrderArc]]
Steps = list[tuple[str, OrderArc]]

_EFFORT = 2_000_000  # arcs looked at per knot; beyond it the shortest cycle found so far is shown


def shortest_cycle(groups: Sequence[str], knot: AbstractSet[Node], arcs: Arcs) -> Steps:
    """The cycle with the fewest groups: each group with the arc by which it leads to the next one."""
    best: Steps = []
    effort = _EFFORT
    for start in groups:
        steps, spent = _cycle_through(start, knot, arcs, len(best) or len(groups) + 1)
        best = steps or best
        effort -= spent
        if len(best) == 2 or effort <= 0:
            break
    return best


def _cycle_through(start: str, knot: AbstractSet[Node], arcs: Arcs, below: int) -> tuple[Steps, int]:
    """A shortest cycle through one group if it has fewer groups than `below`, and how many arcs were looked at.

    Steps into an order's own node cost nothing, so that the distance counts groups.
    """
    distance: dict[Node, int] = {start: 0}
    came: dict[Node, Node] = {}
    queue: deque[Node] = deque([start])
    spent = 0
    while queue:
        node = queue.popleft()
        if distance[node] + 1 >= below:
            break
        for other in arcs[node]:
            spent += 1
            if other == start:
                if isinstance(node, int) and came[node] == start:
                    continue  # both ends inside one group: an order that cannot hold there, not a cycle of groups
                return _steps(start, node, came, arcs), spent
            if other in knot and other not in distance:
                came[other] = node
                if isinstance(other, int):
                    distance[other] = distance[node]
                    queue.appendleft(other)
                else:
                    distance[other] = distance[node] + 1
                    queue.append(other)
    return [], spent


def _steps(start: str, last: Node, came: Mapping[Node, Node], arcs: Arcs) -> Steps:
    walk: list[Node] = [start, last]
    while walk[-1] != start:
        walk.append(came[walk[-1]])
    walk.reverse()  # start, …, last, start
    steps: Steps = []
    for node, other in pairwise(walk):
        if isinstance(node, str):
            steps.append((node, arcs[node][other]))
        else:  # an order's own node: its two halves make one step
            group, half = steps[-1]
            steps[-1] = (group, replace(half, second=arcs[node][other].second))
    return steps
