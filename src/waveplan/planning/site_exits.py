"""Retirements and site exits: which day a lot's last hypercare day leads to.

Both are increasing functions of hypercare days, so the day a lot alone leads to bounds the plan's; the plan's is the
latest over its lots. Retired items that wait for retired consumers are followed through the chain; a circle of retired
items awaits only what is outside it.
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
        consumers = [
            each
            for each in self._consumers[item.id]
            if each.planned or (each.entry.strategy == "retire" and not self._consumes(item, each, set()))
        ]
        if consumers:
            return consumers
        sites = set(item.source_sites)
        return [each for each in self._facts.items.planned if sites.intersection(each.source_sites)]

    def _consumes(self, consumer: Item, retired: Item, seen: set[str]) -> bool:
        """Whether a retired item consumes another, directly or through further retired ones."""
        seen.add(retired.id)
        for each in self._consumers[retired.id]:
            if each.id == consumer.id:
                return True
            further = each.entry.strategy == "retire" and each.id not in seen
            if further and self._consumes(consumer, each, seen):
                return True
        return False

    def day(self, item: Item, last_day: Callable[[Item], dt.date | None]) -> dt.date:
        """First working day after the last of what it awaits; `last_day` tells when a planned item's hypercare ends."""
        ends = [self._facts.start]
        for each in self.awaits(item):
            end = last_day(each) if each.planned else self.day(each, last_day)
            if end is not None:
                ends.append(end)
        return self._facts.calendar.working_day_after(item.source_sites, max(ends))

    def waiting_for(self, lot: Lot, site: Site) -> tuple[Item, ...]:
        """Retired items of a site that await something in the lot, through other retired items too."""
        members = {item.id for item in lot.items}
        here = (item for item in self.items if site.id in item.source_sites)
        return tuple(item for item in here if self._waits(item, members))

    def exit_day(self, site: Site, lot: Lot, waiting: tuple[Item, ...], last: dt.date) -> dt.date:
        """When the site could be empty as far as this lot is concerned, given its last hypercare day."""
        members = {item.id for item in lot.items}
        ends = [last] if site.id in lot.source_sites else []
        ends += [self.day(item, lambda each: last if each.id in members else None) for item in waiting]
        return self._facts.calendar.exit_day(site, max(ends))

    def _waits(self, item: Item, members: Iterable[str]) -> bool:
        awaited = self.awaits(item)
        return any(each.id in members or (not each.planned and self._waits(each, members)) for each in awaited)
