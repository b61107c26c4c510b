"""What is still on each site when every item is over, told by following each server from place to place."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from waveplan.domain.items import Item, Items
from waveplan.domain.servers import Server


@dataclass(frozen=True, slots=True)
class Remains:
    """Items, and servers without any, that stay on a site, by id."""

    items: tuple[str, ...]
    servers: tuple[str, ...]


def what_remains(items: Items) -> Mapping[str, Remains]:
    """By site; sites on which nothing stays are left out."""
    hosted: dict[str, list[Item]] = defaultdict(list)
    for item in (*items, *items.left_out):
        for server in item.servers:
            hosted[server.id].append(item)
    left: dict[str, tuple[set[str], set[str]]] = defaultdict(lambda: (set(), set()))
    for server in items.inventory.servers:
        on_it = hosted.get(server.id, [])
        if not on_it and not server.retire:
            left[server.site][1].add(server.id)
        for item, site in _still_there(items, server, on_it):
            left[site][0].add(item.id)
    return {site: Remains(tuple(sorted(names)), tuple(sorted(bare))) for site, (names, bare) in left.items()}


def _still_there(items: Items, server: Server, hosted: list[Item]) -> Iterator[tuple[Item, str]]:
    """Items that keep a server in use in the end, and where it is then."""
    for entry in {item.entry.id: item for item in hosted}:
        own = sorted((item for item in hosted if item.entry.id == entry), key=_number)
        site, last = server.site, own[0]
        for last in own:
            if last.id not in items:
                break
            site = next((str(m.target) for m in last.moves if m.server.id == server.id and m.target is not None), site)
        gone = last.id in items and last.strategy in {"retire", "repurchase"}
        if not gone and not _moved_away(items, server, hosted, site):
            yield last, site


def _number(item: Item) -> int:
    return item.step.number if item.step else 0


def _moved_away(items: Items, server: Server, hosted: list[Item], site: str) -> bool:
    moves = (move for item in hosted if item.planned and item.id in items for move in item.moves)
    return any(move.server.id == server.id and move.origin == site != move.target for move in moves if move.target)
