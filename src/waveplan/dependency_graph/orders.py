"""Orders between items as they are found, and the cycles they form once items are put together into lots."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

from waveplan.dependency_graph.components import strong_components
from waveplan.domain.findings import Path

OrderKind = Literal["dependency", "before rule", "environment order", "step", "tranche", "pilot", "batch"]


@dataclass(frozen=True, slots=True)
class Order:
    """Each of `firsts` comes no later than each of `seconds`; `strict` ones never in the same lot.

    `name` is what people call it: the consumer of a dependency, the id of a rule, a pilot or the tranche waited for, a
    family, what has steps. `path` leads to its entry.
    """

    kind: OrderKind
    firsts: tuple[str, ...]
    seconds: tuple[str, ...]
    strict: bool
    name: str
    path: Path
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class OrderArc:
    """One step of a cycle: `first` (an item of one group) comes before `second` (an item of the next one)."""

    first: str
    second: str
    order: Order


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


@dataclass(frozen=True, slots=True)
class OrderCycle:
    """Groups that each must come before the next one, and the last before the first; `arcs[i]` leaves `groups[i]`."""

    groups: tuple[str, ...]
    arcs: tuple[OrderArc, ...]


def order_cycles(groups: Mapping[str, str], orders: Iterable[Order]) -> tuple[OrderCycle, ...]:
    """The shortest cycle of every knot of orders among groups (lots), whatever the gaps.

    `groups` gives each item's group; items without one are left out. An order inside one group is no cycle.
    """
    arcs = _contracted(groups, list(orders))
    names = sorted({name for name in arcs if isinstance(name, str)})
    found = []
    for component in strong_components(names, arcs):
        knot = sorted(name for name in component if isinstance(name, str))
        if len(knot) > 1:
            steps = shortest_cycle(knot, set(component), arcs)
            if steps:
                found.append(OrderCycle(tuple(group for group, _ in steps), tuple(arc for _, arc in steps)))
    return tuple(sorted(found, key=lambda cycle: cycle.groups))


def _contracted(groups: Mapping[str, str], orders: list[Order]) -> dict[str | int, dict[str | int, OrderArc]]:
    """Arcs between groups. An order of many to many passes through a node of its own (its number): no product."""
    arcs: dict[str | int, dict[str | int, OrderArc]] = defaultdict(dict)
    for number, order in enumerate(orders):
        firsts = [item for item in order.firsts if item in groups]
        seconds = [item for item in order.seconds if item in groups]
        if len(firsts) == len(seconds) == 1:
            ends = (groups[firsts[0]], groups[seconds[0]])
            if ends[0] != ends[1]:
                arcs[ends[0]].setdefault(ends[1], OrderArc(firsts[0], seconds[0], order))
            continue
        for item in firsts:
            arcs[groups[item]].setdefault(number, OrderArc(item, "", order))
        for item in seconds:
            arcs[number].setdefault(groups[item], OrderArc("", item, order))
    return arcs
