"""Impact: everything that one application, service, server, site, team, link or stage of the transition touches."""

from __future__ import annotations

import difflib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from waveplan.dependency_graph.graph import DependencyGraph
from waveplan.dependency_graph.order_making import orders_of
from waveplan.domain.about import about
from waveplan.domain.commitments import Contract, Pilot
from waveplan.domain.items import Item, Items
from waveplan.domain.naming import KINDS, SubjectKind, meant, names_of
from waveplan.domain.plan_lots import ItemFacts
from waveplan.domain.servers import Server
from waveplan.domain.sites import Link
from waveplan.errors import UsageError


@dataclass(frozen=True, slots=True)
class Reach:
    """What a set of items touches. Everything sorted and counted once; `users` are those of `user_sites`."""

    items: tuple[str, ...]
    lots: tuple[str, ...]
    servers: tuple[str, ...]
    sites: tuple[str, ...]  # source, target and service sites
    user_sites: tuple[str, ...]
    users: int
    teams: tuple[str, ...]
    processes: tuple[str, ...]
    organisations: tuple[str, ...]
    about: tuple[ItemFacts, ...] = ()


@dataclass(frozen=True, slots=True)
class Impact:
    """What one entry touches itself (`direct`), through what depends on it, and through what it depends on.

    `waiting` is what must not cut over before it: before a milestone is reached, a tranche is over, a pilot has passed,
    a knowledge transfer is accepted; None where nothing can wait.

    `consumers` and `providers` leave out the direct items; the steps give each one's distance in dependencies.
    """

    subject: str
    kind: SubjectKind
    direct: Reach
    consumers: Reach
    providers: Reach
    consumer_steps: Mapping[str, int]
    provider_steps: Mapping[str, int]
    server: Server | None = None  # of what a server is asked about
    sharing: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # the other servers of each disk it shares
    waiting: Reach | None = None
    contract: Contract | None = None  # of what a contract is asked about
    awaited: Reach | None = None  # what the end of a contract waits for, orders included


def impact(graph: DependencyGraph, subject: str, lots: Mapping[str, str] | None = None) -> Impact:
    """All that an id touches. `lots` gives the lot of each item that has one. Unknown ids raise `UsageError`."""
    items = graph.items
    kind, name, direct = _subject_items(items, subject)
    consumers = graph.consumers(item.id for item in direct)
    providers = graph.providers(item.id for item in direct)
    waiting, ends = waiting_items(items, kind, subject), kind == "contract"
    return Impact(
        subject=name,
        kind=kind,
        direct=reach(items, (item.id for item in direct), lots or {}),
        consumers=reach(items, consumers, lots or {}),
        providers=reach(items, providers, lots or {}),
        consumer_steps=consumers,
        provider_steps=providers,
        waiting=None if waiting is None else reach(items, (item.id for item in waiting), lots or {}),
        contract=next((each for each in items.inventory.contracts if each.id == name), None) if ends else None,
        awaited=reach(items, awaited_by_end(graph, direct), lots or {}) if ends else None,
        server=items.servers[name] if kind == "server" else None,
        sharing=_sharing(items, items.servers[name]) if kind == "server" else {},
    )


def _sharing(items: Items, server: Server) -> dict[str, tuple[str, ...]]:
    """The other servers of each disk that a server shares."""
    others = [each for each in items.servers.values() if each.id != server.id]
    held = {disk.id: _all(each.id for each in others if disk in each.shared_disks) for disk in server.shared_disks}
    return {disk: servers for disk, servers in held.items() if servers}


def reach(items: Items, ids: Iterable[str], lots: Mapping[str, str]) -> Reach:
    """What a set of items touches; `lots` gives the lot of each item that has one."""
    found = [items[each] for each in sorted(ids)]
    user_sites = _all(site for item in found for site in item.counted_user_sites)
    return Reach(
        items=tuple(item.id for item in found),
        lots=_all(lots[item.id] for item in found if item.id in lots),
        servers=_all(server.id for item in found for server in item.servers),
        sites=_all(site for item in found for site in item.places),
        user_sites=user_sites,
        users=sum(items.sites[site].total_users for site in user_sites),
        teams=_all(team for item in found for team in teams_of(item)),
        processes=_all(process for item in found for process in item.entry.processes),
        organisations=_all(item.entry.organisation for item in found if item.entry.organisation),
        about=tuple(about(found)),
    )


def teams_of(item: Item) -> frozenset[str]:
    """Teams with work on an item (preparation, window or hypercare), and its technical owner."""
    owner = item.entry.technical_owner
    return frozenset((*item.entry.effort, *item.entry.crew, *item.entry.on_call, *([owner] if owner else [])))


def _all(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(set(values)))


def _subject_items(items: Items, subject: str) -> tuple[SubjectKind, str, list[Item]]:
    """What kind of entry a word names, its id, and the items that are about it themselves."""
    found = meant(items, subject)
    if found is None:
        raise _unknown(items, subject)
    kind, name = found
    return kind, name, _items_about(items, kind, name)


def _items_about(items: Items, kind: SubjectKind, name: str) -> list[Item]:
    inventory = items.inventory
    match kind:
        case "application" | "service":
            return [item for item in items.named(name) if item.kind == kind]
        case "server":
            return [each for each in items if any(server.id == name for server in each.servers)]
        case "site":
            return [each for each in items if name in each.places or name in each.counted_user_sites]
        case "team":
            return [each for each in items if name in teams_of(each)]
        case "link":
            link = next(link for link in inventory.links if link.id == name)
            return [each for each in items if _crosses(each, link)]
        case "external milestone":
            return waiting_for(items, name)
        case "tranche":
            return [item for item in items if item.tranche == name]
        case "pilot":
            return list(items.select(next(each for each in inventory.pilots if each.id == name).items))
        case "knowledge transfer":
            return list(items.select(next(each for each in inventory.knowledge_transfers if each.id == name).match))
        case "contract":
            return list(items.select(next(each for each in inventory.contracts if each.id == name).match))


def waiting_for(items: Items, milestone: str) -> list[Item]:
    """Items that cut over only once an external milestone is reached: by themselves, or with their tranche."""
    tranches = {tranche.id for tranche in items.inventory.tranches if milestone in tranche.after}
    return [item for item in items.planned if milestone in item.entry.after or item.tranche in tranches]


def waiting_items(items: Items, kind: SubjectKind, subject: str) -> list[Item] | None:
    """Items that must not cut over before a stage of the transition; None for what is no such stage."""
    inventory = items.inventory
    if kind == "external milestone":
        return waiting_for(items, subject)
    if kind == "tranche":
        return [item for item in waiting_for(items, subject) if item.tranche != subject]
    if kind == "pilot":
        return _piloted(items, next(pilot for pilot in inventory.pilots if pilot.id == subject))
    if kind == "knowledge transfer":
        transfer = next(each for each in inventory.knowledge_transfers if each.id == subject)
        return [item for item in items.select(transfer.match) if item.planned]
    return [] if kind == "contract" else None


def awaited_by_end(graph: DependencyGraph, direct: Iterable[Item]) -> set[str]:
    """What the end of a contract waits for: items it is about are over, those that orders put before have cut over."""
    before: dict[str, set[str]] = defaultdict(set)
    for order in orders_of(graph):
        for second in order.seconds:
            before[second].update(order.firsts)
    found: set[str] = {item.id for item in direct if item.planned or item.strategy == "retire"}
    left = list(found)
    while left:
        new = before[left.pop()] - found
        found |= new
        left += new
    return found


def _piloted(items: Items, pilot: Pilot) -> list[Item]:
    """What waits for a pilot: what it is for, else the rest of its streams."""
    own = list(items.select(pilot.items))
    streams = {item.stream for item in own}
    chosen = items.planned if pilot.piloted is None else items.select(pilot.piloted)
    return [
        item
        for item in chosen
        if item.planned and item not in own and (pilot.piloted is not None or item.stream in streams)
    ]


def _crosses(item: Item, link: Link) -> bool:
    ends = set(link.between)
    return item.planned and any({move.origin, move.target} == ends and move.server.gigabytes for move in item.moves)


def _unknown(items: Items, subject: str) -> UsageError:
    known = [*(item.id for item in items), *(name for kind in KINDS for name in sorted(names_of(items, kind)))]
    near = difflib.get_close_matches(subject, known, n=3)
    if near:
        return UsageError(
            "nothing in the inventory that can be asked about has the id {name}; did you mean {near}?",
            name=repr(subject),
            near=", ".join(near),
        )
    return UsageError("nothing in the inventory that can be asked about has the id {name}", name=repr(subject))
