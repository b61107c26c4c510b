"""Why items form one lot, as a plan states it: one tie for each server, cluster, disk, hard dependency and rule."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from waveplan.checking.grouping import Groups, Places
from waveplan.checking.placement import Placement
from waveplan.domain.items import Items
from waveplan.domain.plan_lots import Tie


def ties_by_lot(facts: Placement) -> Mapping[int, list[Tie]]:
    """For each lot of the plan (by index) that holds an item of the inventory: the ties among its items."""
    items = Items(facts.inventory) if facts.unplanned.items else facts.items  # what is left out has its ties too
    homes = {name: at for name, at in facts.reading.homes.items() if name in items and items[name].planned}
    found: dict[int, list[Tie]] = {index: [] for index in sorted({each for at in homes.values() for each in at})}
    for tie in _ties(items, facts.done):
        for index in sorted({each for name in tie.of for each in homes.get(name, ())}):
            found[index].append(tie)
    return found


def _ties(items: Items, done: Places) -> Iterator[Tie]:
    seen = set()
    every = (*_of_servers(items), *_of_dependencies(items), *_of_rules(items), *_of_circles(items, done))
    for tie in (part for each in every for part in _in_one_place(each, done)):
        key = (tie.tie, *sorted(tie.of), tie.server, tie.cluster, tie.disk, tie.rule)
        if len(tie.of) > 1 and key not in seen:
            seen.add(key)
            yield tie


def _in_one_place(tie: Tie, done: Places) -> Iterator[Tie]:
    """What is done in a slot is tied to what was done there with it; what is free, to what is free."""
    places = dict.fromkeys(done.get(name) for name in tie.of)
    if len(places) == 1:
        yield tie
        return
    for place in places:
        yield tie.model_copy(update={"of": [name for name in tie.of if done.get(name) == place]})


def _of_servers(items: Items) -> Iterator[Tie]:
    hosted: dict[str, set[str]] = defaultdict(set)
    clustered: dict[str, set[str]] = defaultdict(set)
    sharing: dict[str, set[str]] = defaultdict(set)
    for item in items.planned:
        for server in item.servers if item.is_first else ():  # later steps are free of what ties first ones
            hosted[server.id].add(item.id)
            for cluster in () if item.batch else server.cluster:
                clustered[cluster].add(item.id)
            for disk in server.disks:
                if disk.shared:
                    sharing[disk.id].add(item.id)
    for name in sorted(name for name, on_it in hosted.items() if len(on_it) > 1):  # most host one item, and tie none
        yield Tie(tie="shared server", of=sorted(hosted[name]), server=name)
    for name in sorted(clustered):
        yield Tie(tie="cluster", of=sorted(clustered[name]), cluster=name)
    for name in sorted(sharing):
        yield Tie(tie="shared disk", of=sorted(sharing[name]), disk=name)


def _of_dependencies(items: Items) -> Iterator[Tie]:
    for item in items.planned:
        for dependency in item.entry.depends_on:
            if dependency.coupling == "hard":
                for provider in items.providers(item, dependency):
                    if provider.planned and provider.id != item.id and not (provider.batch or item.batch):
                        yield Tie(tie="hard dependency", of=[item.id, provider.id])


def _of_circles(items: Items, done: Places) -> Iterator[Tie]:
    for circle in Groups(items, done).circles:
        yield Tie(tie="order circle", of=circle)


def _of_rules(items: Items) -> Iterator[Tie]:
    for rule in items.inventory.rules:
        joined: dict[str, set[str]] = defaultdict(set)
        for item in items.select_planned(rule.together) if rule.together is not None else ():
            for value in item.values(rule.by) if rule.by else ("",):
                joined[value].add(item.id)
        for value in sorted(joined):
            yield Tie(tie="together rule", of=sorted(joined[value]), rule=rule.id)
