"""Single points: what a large share of everything depends on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from waveplan.dependency_graph.components import strong_components
from waveplan.dependency_graph.graph import DependencyGraph

_BLOCK = 4096  # items whose reach is computed at once, as bits of one number: keeps memory linear


@dataclass(frozen=True, slots=True)
class SinglePoint:
    """An item on which many depend. `rests_on` are further single points that are such only because it needs them."""

    item: str
    direct: int  # items that depend on it themselves
    total: int  # items that depend on it, however far
    rests_on: tuple[str, ...] = ()


def dependants(graph: DependencyGraph) -> dict[str, int]:
    """How many other items depend on each item, however far; exact, in inventory order."""
    names: list[str] = [item.id for item in graph.items]
    # components come providers first; reach is handed on from consumers, so they are walked backwards
    components = strong_components(names, graph.direct_providers)[::-1]
    counts = dict.fromkeys(names, 0)
    for start in range(0, len(names), _BLOCK):
        _add_block(graph, components, names[start : start + _BLOCK], counts)
    return {name: count - 1 for name, count in counts.items()}


def _add_block(
    graph: DependencyGraph, components: Sequence[Sequence[str]], block: Sequence[str], counts: dict[str, int]
) -> None:
    """Add to each item's count those of a block that reach it (itself among them)."""
    reach = {name: 1 << place for place, name in enumerate(block)}
    for component in components:
        bits = 0
        for name in component:
            bits |= reach.get(name, 0)
        count = bits.bit_count()
        for name in component:
            counts[name] += count
            for provider in graph.direct_providers[name] if bits else ():
                reach[provider] = reach.get(provider, 0) | bits


def single_points(graph: DependencyGraph, at_least: int) -> list[SinglePoint]:
    """Items on which so many or more others depend, however far; most depended on first.

    One that has a single consumer, itself a single point, is told under that one: it is the same fact.
    """
    counts = dependants(graph)
    place = {name: number for number, name in enumerate(counts)}
    points = {name for name, count in counts.items() if count >= at_least}
    heads: dict[str, str] = {}
    for name in sorted(points, key=lambda each: (counts[each], place[each])):
        consumers = graph.direct_consumers[name]
        if len(consumers) == 1 and consumers[0] in points and counts[consumers[0]] < counts[name]:
            heads[name] = heads.get(consumers[0], consumers[0])
    rest: dict[str, list[str]] = {}
    for name, head in heads.items():
        rest.setdefault(head, []).append(name)
    found = [
        SinglePoint(name, len(graph.direct_consumers[name]), counts[name], tuple(rest.get(name, ())))
        for name in points
        if name not in heads
    ]
    return sorted(found, key=lambda point: (-point.total, place[point.item]))
