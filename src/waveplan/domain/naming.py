"""What a word of the command line stands for: `erp`, or `server:erp` where things of several kinds have one id."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Literal, get_args

from waveplan.domain.items import Items
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
KINDS: tuple[SubjectKind, ...] = get_args(SubjectKind)
OF_ITEMS: tuple[SubjectKind, ...] = ("application", "service", "server")
_PREFIXES: dict[SubjectKind, str] = {
    "application": "app",
    "external milestone": "milestone",
    "knowledge transfer": "transfer",
}


def prefix(kind: SubjectKind) -> str:
    """The word before the colon that tells a kind."""
    return _PREFIXES.get(kind, kind)


def names_of(items: Items, kind: SubjectKind) -> Collection[str]:
    """The ids of a kind; of applications and services also those of their items."""
    inventory = items.inventory
    if kind in ("application", "service"):
        return {name for item in items if item.kind == kind for name in item.names}
    if kind == "server":
        return items.servers.keys()
    lists: dict[SubjectKind, Iterable[object]] = {
        "site": inventory.sites,
        "team": inventory.teams,
        "link": inventory.links,
        "external milestone": inventory.external_milestones,
        "tranche": inventory.tranches,
        "pilot": inventory.pilots,
        "knowledge transfer": inventory.knowledge_transfers,
        "contract": inventory.contracts,
    }
    return {name for entry in lists[kind] if (name := getattr(entry, "id", None))}


def meant(items: Items, word: str, kinds: Collection[SubjectKind] = KINDS) -> tuple[SubjectKind, str] | None:
    """The kind and the id that a word stands for; None when nothing bears it.

    Raises UsageError when things of several of the kinds do.
    """
    found = [kind for kind in kinds if word in names_of(items, kind)]
    if len(found) > 1:
        ways = " | ".join(f"{prefix(kind)}:{word}" for kind in found)
        raise UsageError("several things have the id {name}; say which: {ways}", name=repr(word), ways=ways)
    if found:
        return found[0], word
    head, colon, rest = word.partition(":")
    named = [kind for kind in kinds if colon and head in (prefix(kind), kind) and rest in names_of(items, kind)]
    return (named[0], rest) if named else None


def item_meant(items: Items, word: str) -> str:
    """The name of an item that a word stands for, which may be that of several. Raises UsageError for a server."""
    found = meant(items, word, OF_ITEMS)
    if found is None:
        return word
    kind, name = found
    if kind == "server":
        hosted = [item.id for item in items if any(server.id == name for server in item.servers)]
        if not hosted:
            raise UsageError("{name} is a server on which nothing runs", name=repr(name))
        raise UsageError("{name} is a server: name what runs on it ({items})", name=repr(name), items=", ".join(hosted))
    return name
