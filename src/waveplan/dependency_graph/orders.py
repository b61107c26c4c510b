"""Orders between items, and the cycles they form once items are put together into lots."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from waveplan.dependency_graph.components import strong_components
from waveplan.dependency_graph.cycle_search import shortest_cycle
from waveplan.dependency_graph.graph import Arc, DependencyGraph
from waveplan.domain.findings import Path
from waveplan.domain.items import Item, Items

OrderKind = Literal["dependency", "before rule", "environment order"]


@dataclass(frozen=True, slots=True)
class Order:
    """Each of `firsts` comes no later than each of `seconds`; `strict` ones never in the same lot.

    `name` is what people call it: the consumer of a dependency, a rule's id, a family. `path` leads to its entry.
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


@dataclass(frozen=True, slots=True)
class OrderCycle:
    """Groups that each must come before the next one, and the last before the first; `arcs[i]` leaves `groups[i]`."""

    groups: tuple[str, ...]
    arcs: tuple[OrderArc, ...]


def orders_of(graph: DependencyGraph) -> list[Order]:
    """Every order between items that cut over: dependencies, `before` rules, environments of a family."""
    items = graph.items
    found = [_of_dependency(arc) for arc in graph.arcs if _both_planned(items, arc)]
    return [*found, *_of_rules(items), *_of_environments(items)]


def _both_planned(items: Items, arc: Arc) -> bool:
    return arc.entry.order != "any" and items[arc.consumer].planned and items[arc.provider].planned


def _of_dependency(arc: Arc) -> Order:
    ends = (arc.provider, arc.consumer) if arc.entry.order == "provider_first" else (arc.consumer, arc.provider)
    strict = bool(arc.entry.min_gap_days) or arc.entry.after_hypercare
    return Order("dependency", (ends[0],), (ends[1],), strict, arc.consumer, arc.path, arc.entry.reason)


def _of_rules(items: Items) -> Iterator[Order]:
    for number, rule in enumerate(items.inventory.rules):
        chain = [tuple(item.id for item in items.planned if part.matches(item)) for part in rule.before or ()]
        present = [(step, part) for step, part in enumerate(chain) if part]  # an empty part does not break the chain
        for (_, firsts), (step, seconds) in pairwise(present):
            yield Order("before rule", firsts, seconds, True, rule.id, ("rules", number, "before", step), rule.reason)


def _of_environments(items: Items) -> Iterator[Order]:
    """An item waits, by the order of its own stream, for its family's items of all earlier environments."""
    families: dict[str, list[Item]] = defaultdict(list)
    for item in items.planned:
        if item.family:
            families[item.family].append(item)
    for family, members in families.items():
        waiting: dict[tuple[str, tuple[str, ...]], list[Item]] = defaultdict(list)
        for item in members:
            sequence: tuple[str, ...] = tuple(items.policy_of(item).environment_order)
            if item.environment in sequence[1:]:
                earlier = sequence[: sequence.index(item.environment)]
                waiting[item.environment, earlier].append(item)
        for (_, earlier), seconds in waiting.items():
            firsts = tuple(item.id for item in members if item.environment in earlier)
            if firsts:
                path = _environment_path(items, seconds[0])
                yield Order("environment order", firsts, tuple(item.id for item in seconds), True, family, path)


def _environment_path(items: Items, member: Item) -> Path:
    for number, stream in enumerate(items.inventory.streams):
        if stream.id == member.stream and "environment_order" in stream.policy.model_fields_set:
            return ("streams", number, "policy", "environment_order")
    return ("policy", "environment_order")


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
