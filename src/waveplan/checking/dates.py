"""Dates that follow from the waves: retirements, site exits, contracts."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from waveplan.checking.placement import Placement
from waveplan.checking.retiring import Retiring
from waveplan.domain.commitments import Contract
from waveplan.domain.items import Item, Items
from waveplan.domain.servers import Server
from waveplan.domain.sites import Site


class ResultDates:
    """When what is retired may go, when sites are empty, and what must be out by a contract's end."""

    def __init__(self, placement: Placement, retiring: Retiring) -> None:
        self._placement = placement
        self._retiring = retiring
        self._calendar = placement.calendar

    @cached_property
    def _last_uses(self) -> dict[str, tuple[dt.date, str]]:
        """Last day on which each source site is in use, and by what: an item in hypercare, or retired."""
        last: dict[str, tuple[dt.date, str]] = {}
        sites: dict[str, tuple[str, ...]] = {
            name: self._placement.items[name].source_sites for name in self._placement.last_day_of
        }
        sites |= {name: each.sites for name, each in self._retiring.all.items()}
        for name, day in {**self._placement.last_day_of, **self._retiring.days}.items():
            for site in sites[name]:
                last[site] = max(last.get(site, (day, name)), (day, name))
        return last

    @cached_property
    def ends(self) -> dict[str, dt.date]:
        """When what is planned and what is retired on each source site is over and proven so, whatever else stays."""
        return {
            site.id: self._calendar.exit_day(site, self._last_uses[site.id][0])
            for site in self._placement.inventory.sites
            if site.id in self._last_uses and site.id in self._emptied
        }

    @property
    def exits(self) -> dict[str, dt.date]:
        """When each of those sites on which nothing stays is empty."""
        return {site: day for site, day in self.ends.items() if site not in self.stays}

    @cached_property
    def stays(self) -> dict[str, Remains]:
        """What stays on each site that would otherwise be empty one day."""
        remains = what_remains(self._placement.items)
        return {site: remains[site] for site in sorted(self._emptied) if site in remains}

    @cached_property
    def _emptied(self) -> set[str]:
        """Sites that something leaves and that have no services, or that must close."""
        left = {site for item in self._placement.last_day_of for site in self._sites_left(item)}
        left -= {str(item.service_site) for item in self._placement.items if item.service_site is not None}
        return left | {site.id for site in self._placement.inventory.sites if _closes(site)}

    def _sites_left(self, item: str) -> set[str]:
        """Sites where servers stood at first; what a later step leaves was only a place on the way."""
        return {move.origin for move in self._placement.items[item].moves if move.origin == move.server.site}

    def last_use(self, site: str) -> tuple[dt.date, str]:
        """Last day on which a source site is in use, and the item that is in hypercare or retired on it."""
        return self._last_uses[site]

    def contract_days(self) -> Iterator[tuple[Contract, dict[str, dt.date]]]:
        """Contracts, and when each item that must be out by their end is: its last hypercare day, its retirement."""
        days = {**self._placement.last_day_of, **self._retiring.days}
        for contract in self._placement.inventory.contracts:
            yield (
                contract,
                {str(i.id): days[i.id] for i in self._placement.items.select(contract.match) if i.id in days},
            )


def _closes(site: Site) -> bool:
    return site.exit_by is not None or site.decommission_days > 0


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
