"""What stays on a site when all is done: a site on which something stays is never empty."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from waveplan.domain.items import Item, Items

_GIVEN_UP = frozenset({"repurchase", "retire"})  # their servers are left where they stand, to be erased


@dataclass(frozen=True, slots=True)
class Stay:
    """What stays on one site, by id: items, and servers that host none and are not said to be retired."""

    items: tuple[str, ...]
    servers: tuple[str, ...]


NOTHING = Stay((), ())


class Stays:
    """By site, what stays: retained and taken over, brought there for good, left out of the plan, hosting nothing."""

    def __init__(self, items: Items) -> None:
        self._items = items

    def at(self, site: str) -> Stay:
        """What stays on a site; nothing, when it can be emptied."""
        return self._by_site.get(site, NOTHING)

    @cached_property
    def _by_site(self) -> Mapping[str, Stay]:
        items: dict[str, set[str]] = defaultdict(set)
        servers: dict[str, set[str]] = defaultdict(set)
        for item in self._last:
            for name, site in self._rests(item):
                if (name, site) not in self._taken_away:
                    items[site].add(item.id)
        for server in self._items.idle_servers:
            if not server.retire:
                servers[server.site].add(server.id)
        return {
            site: Stay(tuple(sorted(items[site])), tuple(sorted(servers[site]))) for site in sorted({*items, *servers})
        }

    @cached_property
    def _last(self) -> list[Item]:
        """Items that no later step follows, and the first steps that are left out: what is so then stays so."""
        every = [*self._items, *self._items.left_out]
        followed = {item.step.previous for item in every if item.step is not None}
        out = {item.id for item in self._items.left_out}
        kept = [item for item in self._items if item.id not in followed]
        return [*kept, *(each for each in self._items.left_out if each.step is None or each.step.previous not in out)]

    def _rests(self, item: Item) -> Iterator[tuple[str, str]]:
        """Where each of an item's servers stands once it is over; one that is left out stays where it stood."""
        stands: dict[str, str] = dict(item.stands)
        if item.id in self._items:
            if item.strategy in _GIVEN_UP:
                return
            stands |= {move.server.id: move.target for move in item.moves if move.target}
        yield from stands.items()

    @cached_property
    def _taken_away(self) -> frozenset[tuple[str, str]]:
        """Servers with sites that some item moves them off: whatever else is on them goes along."""
        moves = (move for item in self._items.planned for move in item.moves)
        return frozenset((move.server.id, move.origin) for move in moves if move.target not in (None, move.origin))
