"""The graph of dependencies between items: a consumer points at its provider."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from waveplan.domain.findings import Path
from waveplan.domain.identifiers import ItemId
from waveplan.domain.items import Items
from waveplan.domain.work import Dependency

if TYPE_CHECKING:
    import networkx as nx


class Arc(NamedTuple):
    """One dependency of the inventory: `consumer` depends on `provider`; `path` leads to its entry."""

    consumer: ItemId
    provider: ItemId
    entry: Dependency
    path: Path


class DependencyGraph:
    """All dependencies between items of an inventory. Those that name nothing that exists are left out.

    Look-ups cost what they touch: nothing here grows faster than items + dependencies.
    """

    def __init__(self, items: Items) -> None:
        self.items = items
        self.arcs: tuple[Arc, ...] = tuple(_arcs(items))
        self.arcs_to_providers: dict[str, list[Arc]] = {item.id: [] for item in items}
        self.arcs_to_consumers: dict[str, list[Arc]] = {item.id: [] for item in items}
        for arc in self.arcs:
            self.arcs_to_providers[arc.consumer].append(arc)
            self.arcs_to_consumers[arc.provider].append(arc)

    @cached_property
    def direct_providers(self) -> Mapping[str, tuple[str, ...]]:
        """What each item itself depends on, each once, in order of mention."""
        return {name: tuple(dict.fromkeys(a.provider for a in arcs)) for name, arcs in self.arcs_to_providers.items()}

    @cached_property
    def direct_consumers(self) -> Mapping[str, tuple[str, ...]]:
        """What itself depends on each item, each once, in inventory order."""
        return {name: tuple(dict.fromkeys(a.consumer for a in arcs)) for name, arcs in self.arcs_to_consumers.items()}

    @cached_property
    def network(self) -> nx.MultiDiGraph[str]:
        """The graph for networkx, consumer → provider, with every dependency's fields on its edge."""
        import networkx as nx  # loaded only by who asks for it: it takes longer than everything else here

        network: nx.MultiDiGraph[str] = nx.MultiDiGraph()
        network.add_nodes_from(item.id for item in self.items)
        for arc in self.arcs:
            network.add_edge(
                arc.consumer,
                arc.provider,
                coupling=arc.entry.coupling,
                order=arc.entry.order,
                weight=arc.entry.weight,
                reason=arc.entry.reason,
                path=arc.path,
            )
        return network

    def consumers(self, of: Iterable[str]) -> dict[str, int]:
        """Everything that depends on the items, however far: id → number of steps, nearest first."""
        return _closure(of, self.direct_consumers)

    def providers(self, of: Iterable[str]) -> dict[str, int]:
        """Everything that the items depend on, however far: id → number of steps, nearest first."""
        return _closure(of, self.direct_providers)

    def around(self, item: str, hops: int = 1) -> dict[str, int]:
        """The item and what is at most so many dependencies away, in either direction: id → number of steps."""
        both = _Both(self.direct_providers, self.direct_consumers)
        return {item: 0, **_closure((item,), both, hops)}

    def parts(self) -> list[list[str]]:
        """Items that hang together by dependencies, each part in inventory order; the largest part first."""
        both = _Both(self.direct_providers, self.direct_consumers)
        place: dict[str, int] = {item.id: number for number, item in enumerate(self.items)}
        seen: set[str] = set()
        found = []
        for item in place:
            if item not in seen:
                part = [item, *_closure((item,), both)]
                seen.update(part)
                found.append(sorted(part, key=place.__getitem__))
        return sorted(found, key=lambda part: (-len(part), place[part[0]]))


class _Both(Mapping[str, tuple[str, ...]]):
    """Neighbours in either direction, put together only for the items that are asked about."""

    def __init__(self, one: Mapping[str, tuple[str, ...]], other: Mapping[str, tuple[str, ...]]) -> None:
        self._one, self._other = one, other

    def __getitem__(self, item: str) -> tuple[str, ...]:
        return self._one[item] + self._other[item]

    def __iter__(self) -> Iterator[str]:
        return iter(self._one)

    def __len__(self) -> int:
        return len(self._one)


def _arcs(items: Items) -> Iterator[Arc]:
    for item in items:
        for number, entry in enumerate(item.entry.depends_on):
            for provider in items.providers(item, entry):
                if provider is not item:
                    yield Arc(item.id, provider.id, entry, (*item.path, "depends_on", number))


def _closure(
    starts: Iterable[str], neighbours: Mapping[str, tuple[str, ...]], hops: int | None = None
) -> dict[str, int]:
    """Breadth first from several starts, which are not part of the result."""
    steps = dict.fromkeys(starts, 0)
    known = len(steps)
    queue = deque(steps)
    while queue:
        item = queue.popleft()
        if hops is not None and steps[item] >= hops:
            break
        for other in neighbours[item]:
            if other not in steps:
                steps[other] = steps[item] + 1
                queue.append(other)
    return dict(list(steps.items())[known:])
