"""Impact: everything that one application, service, server, site, team, link or stage of the transition touches."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from waveplan.dependency_graph.graph import DependencyGraph
from waveplan.domain.inventory import Link
from waveplan.domain.items import Item, Items
from waveplan.errors import UsageError

SubjectKind = Literal[
    "application",
    "service",
    "server",
    "site",
    "team",
    "link",
    "external milestone",
    "tranche",
    "pilot",
    "knowledge transfer",
    "contract",
]


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


@dataclass(frozen=True, slots=True)
class Impact:
    """What one entry touches itself (`direct`), through what depends on it, and through what it depends on.

    `consumers` and `providers` leave out the direct items; the steps give each one's distance in dependencies.
    """

    subject: str
    kind: SubjectKind
    direct: Reach
    consumers: Reach
    providers: Reach
    consumer_steps: Mapping[str, int]
    provider_steps: Mapping[str, int]


def impact(graph: DependencyGraph, subject: str, lots: Mapping[str, str] | None = None) -> Impact:
    """All that an id touches. `lots` gives the lot of each item that has one. Unknown ids raise `UsageError`."""
    items = graph.items
    kind, direct = _subject_items(items, subject)
    consumers = graph.consumers(item.id for item in direct)
    providers = graph.providers(item.id for item in direct)
    return Impact(
        subject=subject,
        kind=kind,
        direct=reach(items, (item.id for item in direct), lots or {}),
        consumers=reach(items, consumers, lots or {}),
        providers=reach(items, providers, lots or {}),
        consumer_steps=consumers,
        provider_steps=providers,
    )


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
    )


def teams_of(item: Item) -> frozenset[str]:
    """Teams with work on an item (preparation, window or hypercare), and its technical owner."""
    owner = item.entry.technical_owner
    return frozenset((*item.entry.effort, *item.entry.crew, *item.entry.on_call, *([owner] if owner else [])))


def _all(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(set(values)))


def _subject_items(items: Items, subject: str) -> tuple[SubjectKind, list[Item]]:
    """What kind of entry an id names, and the items that are about it themselves."""
    named = items.named(subject)
    if named:
        return named[0].kind, list(named)
    if subject in items.servers:
        return "server", [each for each in items if any(server.id == subject for server in each.servers)]
    if subject in items.sites:
        return "site", [each for each in items if subject in each.places or subject in each.counted_user_sites]
    if any(team.id == subject for team in items.inventory.teams):
        return "team", [each for each in items if subject in teams_of(each)]
    for link in items.inventory.links:
        if link.id == subject:
            return "link", [each for each in items if _crosses(each, link)]
    stage = _stage_items(items, subject)
    if stage is None:
        raise _unknown(items, subject)
    return stage


def _stage_items(items: Items, subject: str) -> tuple[SubjectKind, list[Item]] | None:
    """What waits for an external milestone, is in a tranche, goes first as a pilot, or is covered by something."""
    inventory = items.inventory
    if any(each.id == subject for each in inventory.external_milestones):
        return "external milestone", waiting_for(items, subject)
    if any(each.id == subject for each in inventory.tranches):
        return "tranche", [item for item in items if item.tranche == subject]
    for pilot in inventory.pilots:
        if pilot.id == subject:
            return "pilot", list(items.select(pilot.items))
    for transfer in inventory.knowledge_transfers:
        if transfer.id == subject:
            return "knowledge transfer", list(items.select(transfer.match))
    for contract in inventory.contracts:
        if contract.id == subject:
            return "contract", list(items.select(contract.match))
    return None


def waiting_for(items: Items, milestone: str) -> list[Item]:
    """Items that cut over only once an external milestone is reached: by themselves, or with their tranche."""
    tranches = {tranche.id for tranche in items.inventory.tranches if milestone in tranche.after}
    return [item for item in items.planned if milestone in item.entry.after or item.tranche in tranches]


def _crosses(item: Item, link: Link) -> bool:
    ends = set(link.between)
    return item.planned and any({move.origin, move.target} == ends and move.server.gigabytes for move in item.moves)


def _unknown(items: Items, subject: str) -> UsageError:
    inventory = items.inventory
    known = [
        *(item.id for item in items),
        *items.servers,
        *items.sites,
        *(team.id for team in inventory.teams),
        *(link.id for link in inventory.links if link.id),
        *(milestone.id for milestone in inventory.external_milestones),
        *(tranche.id for tranche in inventory.tranches),
        *(pilot.id for pilot in inventory.pilots),
        *(transfer.id for transfer in inventory.knowledge_transfers),
        *(contract.id for contract in inventory.contracts),
    ]
    near = difflib.get_close_matches(subject, known, n=3)
    if near:
        return UsageError(
            "nothing in the inventory that can be asked about has the id {name}; did you mean {near}?",
            name=repr(subject),
            near=", ".join(near),
        )
    return UsageError("nothing in the inventory that can be asked about has the id {name}", name=repr(subject))
