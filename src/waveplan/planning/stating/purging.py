"""Purge orders of servers that leave a site, and the acknowledgements that items with personal data must bring."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property

from waveplan.change_calendar import ChangeCalendar
from waveplan.domain.items import Item, Items
from waveplan.domain.personal_data import personal_classes
from waveplan.domain.plan import Milestone

Ended = Callable[[Item], dt.date | None]  # an item → its last hypercare day, or its retirement
Departure = tuple[str, str]  # a server, and a site that it leaves
_LEAVING = frozenset({"repurchase", "retire"})  # their servers go nowhere, and are given up where they stand
_STAYING = frozenset({"retain", "takeover"})


class Purges:
    """When what was left behind must be erased: `decommission_days` of the site after the last item that leaves."""

    def __init__(
        self, items: Items, calendar: ChangeCalendar, ended: Ended, retired: Mapping[str, dt.date] | None = None
    ) -> None:
        self._items = items
        self._calendar = calendar
        self._ended = ended
        self._retired = retired or {}  # by what is retired, items and servers
        self._days: dict[tuple[str, dt.date], dt.date] = {}

    def milestones(self) -> Iterator[Milestone]:
        """An order for each server and site, an acknowledgement for each item with personal data."""
        sites: dict[str, int] = defaultdict(int)
        for server, _ in self._departures:
            sites[server] += 1
        for (server, site), day in self._orders.items():
            name = f"purge {server}" if sites[server] == 1 else f"purge {server} at {site}"
            yield Milestone(id=name, date=day, kind="purge_order", subject=server, site=site)
        for name, bare in self._items.retired_servers.items():
            day = self._due(bare.site, self._retired[name])
            yield Milestone(id=f"purge {bare.id}", date=day, kind="purge_order", subject=bare.id, site=bare.site)
        for item in self._items:
            due = self._acknowledged(item) if personal_classes(item.entry.data_classes) else None
            if due is not None:
                yield Milestone(id=f"acknowledge {item.id}", date=due, kind="acknowledgement", subject=item.id)

    @cached_property
    def _departures(self) -> Mapping[Departure, tuple[Item, ...]]:
        """Servers that leave a site, each with the items that leave it behind; not those that others go on using."""
        leaving: dict[Departure, list[Item]] = defaultdict(list)
        kept: set[Departure] = set()
        for item in self._items:
            for departure in _left(item):
                leaving[departure].append(item)
            if item.strategy in _STAYING:
                kept.update((name, site) for name, site in item.stands.items())
        return {
            departure: tuple(items)
            for departure, items in sorted(leaving.items())
            if departure not in kept or any(item.moves_servers for item in items)
        }

    @cached_property
    def _orders(self) -> Mapping[Departure, dt.date]:
        found: dict[Departure, dt.date] = {}
        for departure, items in self._departures.items():
            ends = [end for item in items if (end := self._ended(item)) is not None]
            if len(ends) == len(items):
                found[departure] = self._due(departure[1], max(ends))
        return found

    def _acknowledged(self, item: Item) -> dt.date | None:
        """The latest purge of what it leaves; where others keep a server, its data are due as if it were alone."""
        end = self._ended(item)
        if end is None:
            return None
        return max((self._orders.get(each) or self._due(each[1], end) for each in _left(item)), default=None)

    def _due(self, site: str, last_use: dt.date) -> dt.date:
        key = (site, last_use)
        if key not in self._days:
            self._days[key] = self._calendar.exit_day(self._items.sites[site], last_use)
        return self._days[key]


def _left(item: Item) -> list[Departure]:
    if item.moves_servers:
        return [(move.server.id, move.origin) for move in item.moves if move.target != move.origin]
    return list(item.stands.items()) if item.strategy in _LEAVING else []
