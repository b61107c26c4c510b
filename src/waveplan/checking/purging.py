"""What must be erased after the moves, and by when: purge orders server by server, acknowledgements item by item."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING

from waveplan.domain.items import Item
from waveplan.domain.personal_data import is_personal
from waveplan.domain.plan import Milestone

if TYPE_CHECKING:
    from waveplan.checking.facts import Facts


class Erasures:
    """Servers that are given up at a site, and the day on which nothing may be left on them."""

    def __init__(self, facts: Facts) -> None:
        self._facts = facts
        self._hosted: dict[str, list[Item]] = {}
        self._decommissions: dict[tuple[str, dt.date], dt.date] = {}  # one lot often empties many servers
        self._left = {item.id: _left(item) for item in facts.items}
        for item in facts.items:
            for server in item.servers:
                self._hosted.setdefault(server.id, []).append(item)

    def milestones(self) -> Iterator[Milestone]:
        """Those of all servers, then those of all items with personal data."""
        for server, sites in self._sites_left.items():
            for site in sites:
                day = self._orders.get((server, site))
                if day is not None:
                    name = f"purge {server}" + (f" at {site}" if len(sites) > 1 else "")
                    yield Milestone(id=name, date=day, kind="purge_order", subject=server, site=site)
        for each in self._facts.retiring.all.values():
            if each.server is not None and each.sites:
                site, bare = each.server.site, each.server.id
                day = self._decommissioned(site, self._facts.retiring.days[each.name])
                yield Milestone(id=f"purge {bare}", date=day, kind="purge_order", subject=bare, site=site)
        for item in self._facts.items:
            if any(is_personal(each) for each in item.entry.data_classes):
                days = list(self._erased(item))
                if days:
                    yield Milestone(
                        id=f"acknowledge {item.id}", date=max(days), kind="acknowledgement", subject=item.id
                    )

    @cached_property
    def _sites_left(self) -> Mapping[str, list[str]]:
        """By server: sites at which it is given up."""
        found = {}
        for server, items in sorted(self._hosted.items()):
            left = {self._left[item.id][server] for item in items if server in self._left[item.id]}
            sites = [site for site in sorted(left) if not self._stays_in_use(server, site)]
            if sites:
                found[server] = sites
        return found

    def _stays_in_use(self, server: str, site: str) -> bool:
        """Whether it stays for items that stay, which a server that is moved away cannot."""
        items = self._hosted[server]
        moved = any(item.moves_servers and self._left[item.id].get(server) == site for item in items)
        stays = any(item.strategy in {"retain", "takeover"} and item.stands[server] == site for item in items)
        return stays and not moved

    @cached_property
    def _orders(self) -> Mapping[tuple[str, str], dt.date]:
        """When each is due; not while an item on it has no date."""
        found = {}
        for server, sites in self._sites_left.items():
            for site in sites:
                ends = [self._end(item) for item in self._hosted[server] if self._left[item.id].get(server) == site]
                known = [end for end in ends if end is not None]
                if len(known) == len(ends):
                    found[server, site] = self._decommissioned(site, max(known))
        return found

    def _erased(self, item: Item) -> Iterator[dt.date]:
        """For each server that it leaves: the day of its purge, or its own when the server stays in use."""
        end = self._end(item)
        if end is not None:
            for server in item.servers:
                site = self._left[item.id].get(server.id)
                if site is not None:
                    order = self._orders.get((server.id, site))
                    yield self._decommissioned(site, end) if order is None else order

    def _end(self, item: Item) -> dt.date | None:
        if item.strategy == "retire":
            return self._facts.retiring.days.get(item.id)
        return self._facts.last_day_of.get(item.id)

    def _decommissioned(self, site: str, last: dt.date) -> dt.date:
        if (site, last) not in self._decommissions:
            self._decommissions[site, last] = self._facts.calendar.exit_day(self._facts.items.sites[site], last)
        return self._decommissions[site, last]


def _left(item: Item) -> dict[str, str]:
    """The site at which an item gives each server up, of those that it does."""
    if item.strategy in {"repurchase", "retire"}:
        return {server: site for server, site in item.stands.items() if site is not None}
    left: dict[str, str] = {}
    for move in item.moves:
        if move.origin != move.target:
            left.setdefault(move.server.id, move.origin)
    return left
