"""Orders between items as they are found, and the cycles they form once items are put together into lots."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from waveplan.dependency_graph.arcs import Order, OrderArc, OrderKind
from waveplan.dependency_graph.components import strong_components
from waveplan.dependency_graph.cycle_search import shortest_cycle

__all__ = ["Order", "OrderArc", "OrderCycle", "OrderKind"]


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
