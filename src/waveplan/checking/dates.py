"""Dates that follow from the waves: retirements, site exits, contracts."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from functools import cached_property
from typing import TYPE_CHECKING

from waveplan.domain.inventory import Contract, Site
from waveplan.domain.items import Item

if TYPE_CHECKING:
    from waveplan.checking.facts import Facts


class ResultDates:
    """When what is retired may go, when sites are empty, and what must be out by a contract's end."""

    def __init__(self, facts: Facts) -> None:
        self._facts = facts
        self._calendar = facts.calendar
        self._consumers: dict[str, list[Item]] = defaultdict(list)
        for item in facts.items:
            for dependency in item.entry.depends_on:
                for provider in facts.items.providers(item, dependency):
                    self._consumers[provider.id].append(item)

    @cached_property
    def last_day_of(self) -> dict[str, dt.date]:
        """Last hypercare day of each placed item's lot."""
        return {item: lot.hypercare_days.last for item, lot in self._facts.lot_of.items()}

    @cached_property
    def retirements(self) -> dict[str, dt.date]:
        """Earliest day on which each retired item may go."""
        found: dict[str, dt.date] = {}
        for item in self._facts.items:
            if item.strategy == "retire":
                self._retire(item, found)
        return found

    def _retire(self, item: Item, found: dict[str, dt.date]) -> None:
        """Work out an item's day, first those of the retired items that it awaits."""
        stack, entered = [item], set()
        while stack:
            current = stack[-1]
            if current.id in found:
                stack.pop()
            elif current.id in entered:
                found[current.id] = self._after(current, found)
            else:
                entered.add(current.id)
                retired = (each for each in self._awaited(current) if each.strategy == "retire")
                stack.extend(each for each in retired if each.id not in found)

    def awaited_last(self, item: str) -> str:
        """The placed item whose hypercare a retired one awaits longest, through other retired ones; else itself."""
        seen: set[str] = set()
        while item not in self.last_day_of and item not in seen:
            seen.add(item)
            days = {each.id: self._last_of(each.id) for each in self._awaited(self._facts.items[item])}
            known = [(day, name) for name, day in days.items() if day is not None]
            item = max(known)[1] if known else item
        return item

    def _last_of(self, item: str) -> dt.date | None:
        return self.last_day_of.get(item) or self.retirements.get(item)

    def _awaited(self, item: Item) -> list[Item]:
        """Its consumers, less retired ones that it consumes in turn, directly or not: a circle awaits only others."""
        circle = self._retired_before(item)
        return [each for each in self._consumers[item.id] if each.id not in circle]

    def _retired_before(self, item: Item) -> set[str]:
        """Retired items that a retired item consumes, directly or through other retired ones."""
        reached: set[str] = set()
        stack = [item]
        while stack:
            consumer = stack.pop()
            for dependency in consumer.entry.depends_on:
                for provider in self._facts.items.providers(consumer, dependency):
                    if provider.strategy == "retire" and provider.id not in reached:
                        reached.add(provider.id)
                        stack.append(provider)
        return reached

    def _after(self, item: Item, found: dict[str, dt.date]) -> dt.date:
        done = [self.last_day_of.get(each.id) or found.get(each.id) for each in self._awaited(item)]
        days = [day for day in done if day is not None]
        if not days:
            days = [self._moved_off[site] for site in item.source_sites if site in self._moved_off]
        sites = [site for site in item.source_sites if site in self._facts.items.sites]
        return self._calendar.working_day_after(sites, max(days, default=self._calendar.start))

    @cached_property
    def _moved_off(self) -> dict[str, dt.date]:
        """Last hypercare day of what stood on each site."""
        last: dict[str, dt.date] = {}
        for name, day in self.last_day_of.items():
            for site in self._facts.items[name].source_sites:
                last[site] = max(last.get(site, day), day)
        return last

    @cached_property
    def _last_uses(self) -> dict[str, tuple[dt.date, str]]:
        """Last day on which each source site is in use, and by what: an item in hypercare, or retired."""
        last: dict[str, tuple[dt.date, str]] = {}
        for item in self._facts.items:
            day = self.last_day_of.get(item.id) or self.retirements.get(item.id)
            if day is not None:
                for site in item.source_sites:
                    last[site] = max(last.get(site, (day, item.id)), (day, item.id))
        return last

    @cached_property
    def exits(self) -> dict[str, dt.date]:
        """When each site that something leaves and that has no services, or that must close, is empty and proven so."""
        left = {site for item in self.last_day_of for site in self._sites_left(item)}
        left -= {str(item.service_site) for item in self._facts.items if item.service_site is not None}
        return {
            site.id: self._calendar.exit_day(site, self._last_uses[site.id][0])
            for site in self._facts.inventory.sites
            if site.id in self._last_uses and (site.id in left or _closes(site))
        }

    def _sites_left(self, item: str) -> set[str]:
        """Sites where servers stood at first; what a later step leaves was only a place on the way."""
        return {move.origin for move in self._facts.items[item].moves if move.origin == move.server.site}

    def last_use(self, site: str) -> tuple[dt.date, str]:
        """Last day on which a source site is in use, and the item that is in hypercare or retired on it."""
        return self._last_uses[site]

    def contract_items(self) -> Iterator[tuple[Contract, list[Item]]]:
        """Contracts and the placed items whose hypercare must be over by their end."""
        for contract in self._facts.inventory.contracts:
            yield contract, [i for i in self._facts.items.select(contract.match) if i.id in self._facts.lot_of]


def _closes(site: Site) -> bool:
    return site.exit_by is not None or site.decommission_days > 0
