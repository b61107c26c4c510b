"""Retirements and site exits: which day a lot's last hypercare day leads to.

Both are increasing functions of hypercare days, so the day a lot alone leads to bounds the plan's; the plan's is the
latest over its lots. Retired items that wait for retired consumers are followed through the chain; a circle of retired
items waits only for what moves.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable

from waveplan.domain.inventory import Site
from waveplan.domain.items import Item
from waveplan.lots import Lot
from waveplan.planning.facts import Facts


class Retirements:
    """Retired items, who consumes them, and the day on which each may go."""

    def __init__(self, facts: Facts) -> None:
        self._facts = facts
        self.items = tuple(item for item in facts.items if item.entry.strategy == "retire")
        self._consumers: dict[str, list[Item]] = {item.id: [] for item in self.items}
        for item in facts.items:
            for dependency in item.entry.depends_on:
                if dependency.provider in self._consumers and dependency.provider != item.id:
                    self._consumers[dependency.provider].append(item)

    def awaits(self, item: Item) -> list[Item]:
        """Items of which the retired one awaits the end: its consumers, or without any what moves off its sites."""
        consumers = [each for each in self._consumers[item.id] if each.planned or each.entry.strategy == "retire"]
        if consumers:
            return consumers
        sites = set(item.source_sites)
        return [each for each in self._facts.items.planned if sites.intersection(each.source_sites)]

    def day(self, item: Item, last_day: Callable[[Item], dt.date | None], path: tuple[str, ...] = ()) -> dt.date:
        """First working day after the last of what it awaits; `last_day` tells when a planned item's hypercare ends."""
        ends = [self._facts.start]
        for each in self.awaits(item):
            if each.planned:
                end = last_day(each)
            elif each.id in path or each.id == item.id:
                end = None
            else:
                end = self.day(each, last_day, (*path, item.id))
            if end is not None:
                ends.append(end)
        return self._facts.calendar.working_day_after(item.source_sites, max(ends))

    def waiting_for(self, lot: Lot, site: Site) -> tuple[Item, ...]:
        """Retired items of a site that await something in the lot, through other retired items too."""
        members = {item.id for item in lot.items}
        here = (item for item in self.items if site.id in item.source_sites)
        return tuple(item for item in here if self._waits(item, members, ()))

    def exit_day(self, site: Site, lot: Lot, waiting: tuple[Item, ...], last: dt.date) -> dt.date:
        """When the site could be empty as far as this lot is concerned, given its last hypercare day."""
        members = {item.id for item in lot.items}
        ends = [last] if site.id in lot.source_sites else []
        ends += [self.day(item, lambda each: last if each.id in members else None) for item in waiting]
        return self._facts.calendar.exit_day(site, max(ends))

    def _waits(self, item: Item, members: Iterable[str], path: tuple[str, ...]) -> bool:
        for each in self.awaits(item):
            if each.id in members:
                return True
            if not each.planned and each.id not in path and self._waits(each, members, (*path, item.id)):
                return True
        return False
