"""What ties items to each other: servers, clusters, disks, hard dependencies, rules, circles of orders."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from waveplan.domain.items import Items
from waveplan.domain.plan_lots import Tie


def ties_of(items: Items) -> Iterator[Tie]:
    """Everything that ties planned items to each other, as the inventory has it."""
    by_server: dict[str, list[str]] = defaultdict(list)
    by_cluster: dict[str, set[str]] = defaultdict(set)
    by_disk: dict[str, set[str]] = defaultdict(set)
    for item in items.planned:
        for server in item.servers if item.is_first else ():  # a later step joins only where a tie names it
            by_server[server.id].append(item.id)
            for cluster in () if item.batch else server.cluster:
                by_cluster[cluster].add(item.id)
            for disk in server.shared_disks:
                by_disk[disk.id].add(item.id)
    for name, hosted in sorted(by_server.items()):
        if len(hosted) > 1:
            yield Tie(tie="shared server", of=sorted(hosted), server=name)
    for name, held in sorted(by_cluster.items()):
        yield Tie(tie="cluster", of=sorted(held), cluster=name)
    for name, held in sorted(by_disk.items()):
        yield Tie(tie="shared disk", of=sorted(held), disk=name)
    for item in items.planned:
        for dependency in item.entry.depends_on:
            for provider in items.providers(item, dependency) if dependency.coupling == "hard" else ():
                if provider.planned and provider is not item and not (item.batch or provider.batch):
                    yield Tie(tie="hard dependency", of=[item.id, provider.id])
    yield from _rule_ties(items)


def ties_within(ties: Iterable[Tie], done: Mapping[str, str]) -> Iterator[Tie]:
    """Each tie in as many parts as its items stand in places; what is free is one more place."""
    for tie in ties:
        parts: dict[str | None, list[str]] = defaultdict(list)
        for item in tie.of:
            parts[done.get(item)].append(item)
        yield from (tie.model_copy(update={"of": part}) for part in parts.values())


def _rule_ties(items: Items) -> Iterator[Tie]:
    for rule in items.inventory.rules:
        if rule.together is None:
            continue
        groups: dict[str, set[str]] = defaultdict(set)
        for item in items.select_planned(rule.together):
            for value in item.values(rule.by) if rule.by else ("",):
                groups[value].add(item.id)
        for _, group in sorted(groups.items()):
            yield Tie(tie="together rule", of=sorted(group), rule=rule.id)


def each_once(ties: Iterable[Tie]) -> list[Tie]:
    """Each tie once, in their order."""
    seen: set[tuple[object, ...]] = set()
    found = []
    for tie in ties:
        key = (tie.tie, tuple(tie.of), tie.server, tie.cluster, tie.disk, tie.rule)
        if len(set(tie.of)) > 1 and key not in seen:
            seen.add(key)
            found.append(tie)
    return found


def leaders(items: Items, ties: Iterable[Tie]) -> dict[str, str]:
    """The item that stands for each group of tied items."""
    parent: dict[str, str] = {item.id: item.id for item in items.planned}

    def find(name: str) -> str:
        while parent[name] != name:
            parent[name] = parent[parent[name]]
            name = parent[name]
        return name

    for tie in ties:
        head = find(tie.of[0])
        for other in tie.of[1:]:
            parent[find(other)] = head
    return {name: find(name) for name in parent}
