"""Which items belong together, worked out for the check alone: union-find over all that ties them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from waveplan.checking.order_circles import order_circles
from waveplan.domain.items import Item, Items

Places = Mapping[str, str]  # by item that is done: the slot in which it cut over


@dataclass(frozen=True, slots=True)
class Bond:
    """Two planned items that must cut over together, and why: the kind of tie, and what makes it."""

    one: str
    other: str
    kind: Literal["server", "cluster", "disk", "hard dependency", "rule", "circle"]
    cause: str = ""


class Groups:
    """Planned items in groups that cut over together; a group goes by the id of its smallest item.

    What is `done`, in some slot by item, cannot be together any more with what is done elsewhere, or still free.
    """

    def __init__(self, items: Items, done: Mapping[str, str] | None = None) -> None:
        self.bonds = tuple(_bonds(items, done or {}))
        self._parent = {str(item.id): str(item.id) for item in items.planned}
        for bond in self.bonds:
            self._join(bond.one, bond.other)
        self._join_circles(items, done or {})
        self.members: dict[str, list[Item]] = defaultdict(list)
        for item in sorted(items.planned, key=lambda each: each.id):
            self.members[self.of(item.id)].append(item)

    def _join_circles(self, items: Items, done: Places) -> None:
        self.circles = order_circles(items, self.of)
        bonds = tuple(bond for circle in self.circles for bond in _chained(circle, "circle", "", done))
        for bond in bonds:
            self._join(bond.one, bond.other)
        self.bonds += bonds

    def of(self, item: str) -> str:
        """The group of a planned item."""
        root = item
        while self._parent[root] != root:
            root = self._parent[root]
        while self._parent[item] != root:
            self._parent[item], item = root, self._parent[item]
        return root

    def _join(self, one: str, other: str) -> None:
        first, second = sorted((self.of(one), self.of(other)))
        self._parent[second] = first


def _bonds(items: Items, done: Places) -> Iterator[Bond]:
    yield from _server_bonds(items, done)
    yield from _dependency_bonds(items, done)
    yield from _rule_bonds(items, done)


def _chained(
    members: Iterable[str], kind: Literal["server", "cluster", "disk", "rule", "circle"], cause: str, done: Places
) -> Iterator[Bond]:
    together: dict[str | None, list[str]] = defaultdict(list)
    for member in dict.fromkeys(members):
        together[done.get(member)].append(member)
    for held in together.values():
        for one, other in pairwise(held):
            yield Bond(one, other, kind, cause)


def _server_bonds(items: Items, done: Places) -> Iterator[Bond]:
    on_server: dict[str, list[str]] = defaultdict(list)
    in_cluster: dict[str, list[str]] = defaultdict(list)
    on_disk: dict[str, list[str]] = defaultdict(list)
    for item in items.planned:
        if not item.is_first:
            continue  # later steps are free of what ties first ones
        for server in item.servers:
            on_server[server.id].append(item.id)
            for cluster in () if item.batch else server.cluster:  # batches part what a cluster or a hard tie would join
                in_cluster[cluster].append(item.id)
            for disk in server.disks:
                if disk.shared:
                    on_disk[disk.id].append(item.id)
    for name in sorted(on_server):
        yield from _chained(on_server[name], "server", name, done)
    for name in sorted(in_cluster):
        yield from _chained(in_cluster[name], "cluster", name, done)
    for name in sorted(on_disk):
        yield from _chained(on_disk[name], "disk", name, done)


def _dependency_bonds(items: Items, done: Places) -> Iterator[Bond]:
    for item in items.planned:
        for dependency in item.entry.depends_on:
            if dependency.coupling == "hard":
                for provider in items.providers(item, dependency):
                    together = done.get(provider.id) == done.get(item.id) and not (item.batch or provider.batch)
                    if provider.planned and provider.id != item.id and together:
                        yield Bond(item.id, provider.id, "hard dependency")


def _rule_bonds(items: Items, done: Places) -> Iterator[Bond]:
    for rule in items.inventory.rules:
        if rule.together is None:
            continue
        groups: dict[str, list[str]] = defaultdict(list)
        for item in items.select_planned(rule.together):
            for value in sorted(item.values(rule.by)) if rule.by else [""]:
                groups[value].append(item.id)
        for value in sorted(groups):
            yield from _chained(groups[value], "rule", rule.id, done)
