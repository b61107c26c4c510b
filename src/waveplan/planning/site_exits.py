"""Retirements and site exits: which day a lot's last hypercare day leads to.

Both are increasing functions of hypercare days, so the day a lot alone leads to bounds the plan's; the plan's is the
latest over its lots. Retired items that wait for retired consumers are followed through the chain; a circle of retired
items awaits only what is outside it.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property

from waveplan.domain.inventory import Site
from waveplan.domain.items import Item
from waveplan.lots import Lot
from waveplan.planning.facts import Facts

Ended = Callable[[Item], dt.date | None]  # a planned item → its last hypercare day
Left = Callable[[str], dt.date | None]  # a site → last hypercare day of what moves off it


@dataclass(frozen=True, slots=True)
class _Triggers:
    """What a retired item awaits in the end, through other retired ones too."""

    items: frozenset[str]
    sites: frozenset[str]


class Retirements:
    """Retired items, who consumes them, and the day on which each may go."""

    def __init__(self, facts: Facts) -> None:
        self._facts = facts
        self.items = tuple(item for item in facts.items if item.strategy == "retire")
        self._consumers: dict[str, list[Item]] = {item.id: [] for item in self.items}
        for item in facts.items:
            for dependency in item.entry.depends_on:
                for provider in facts.items.providers(item, dependency):
                    if provider.id in self._consumers and provider is not item:
                        self._consumers[provider.id].append(item)
        self._awaited: dict[str, tuple[Item, ...]] = {}
        self._triggers: dict[str, _Triggers] = {}
        self._signatures: dict[str, int] = {}
        self._numbers: dict[object, int] = {}

    def awaits(self, item: Item) -> tuple[Item, ...]:
        """Consumers of which the retired one awaits the end; without any it awaits what moves off its sites."""
        if item.id not in self._awaited:
            self._awaited[item.id] = tuple(
                each
                for each in dict.fromkeys(self._consumers[item.id])
                if each.planned or (each.strategy == "retire" and not self._consumes(item, each, set()))
            )
        return self._awaited[item.id]

    def _consumes(self, consumer: Item, retired: Item, seen: set[str]) -> bool:
        """Whether a retired item consumes another, directly or through further retired ones."""
        seen.add(retired.id)
        for each in self._consumers[retired.id]:
            if each.id == consumer.id:
                return True
            further = each.strategy == "retire" and each.id not in seen
            if further and self._consumes(consumer, each, seen):
                return True
        return False

    def day(self, item: Item, last_day: Ended, left: Left) -> dt.date:
        """First working day after the last of what it awaits."""
        awaited = self.awaits(item)
        if awaited:
            ends = [last_day(each) if each.planned else self.day(each, last_day, left) for each in awaited]
        else:
            ends = [left(site) for site in item.source_sites]
        days = (end for end in ends if end is not None)
        return self._facts.calendar.working_day_after(item.source_sites, max((self._facts.start, *days)))

    def waiting_for(self, lot: Lot) -> Mapping[str, tuple[Item, ...]]:
        """By site that the lot leaves or holds up: retired items there that await something in the lot.

        Of retired items that await the same, at the same sites, one stands for all.
        """
        waiting: dict[str, Item] = {}
        for key in (*(("item", str(item.id)) for item in lot.items), *(("site", str(s)) for s in lot.source_sites)):
            waiting.update((item.id, item) for item in self._waiters.get(key, ()))
        found: dict[str, list[Item]] = {site: [] for site in lot.source_sites}
        for _, item in sorted(waiting.items()):
            for site in item.source_sites:
                found.setdefault(site, []).append(item)
        return {site: tuple(items) for site, items in found.items()}

    def exit_day(self, site: Site, lot: Lot, waiting: tuple[Item, ...], last: dt.date) -> dt.date:
        """When the site could be empty as far as this lot is concerned, given its last hypercare day."""
        members = {item.id for item in lot.items}
        ends = [last] if site.id in lot.source_sites else []
        ends += [
            self.day(
                item,
                lambda each: last if each.id in members else None,
                lambda place: last if place in lot.source_sites else None,
            )
            for item in waiting
        ]
        return self._facts.calendar.exit_day(site, max(ends))

    def awaits_sites_only(self, item: Item) -> bool:
        """Whether all that it awaits in the end is what moves off sites, whichever items these are."""
        return not self._triggers_of(item).items

    @cached_property
    def _waiters(self) -> Mapping[tuple[str, str], list[Item]]:
        """By item and by site: one of each kind of retired items that await it."""
        unlike = {self._signature(item): item for item in reversed(self.items)}
        found: dict[tuple[str, str], list[Item]] = defaultdict(list)
        for item in unlike.values():
            triggers = self._triggers_of(item)
            for name in triggers.items:
                found["item", name].append(item)
            for site in triggers.sites:
                found["site", site].append(item)
        return found

    def _triggers_of(self, item: Item) -> _Triggers:
        if item.id not in self._triggers:
            awaited = self.awaits(item)
            further = [self._triggers_of(each) for each in awaited if not each.planned]
            items = frozenset(str(each.id) for each in awaited if each.planned)
            sites = frozenset[str]() if awaited else frozenset(map(str, item.source_sites))
            self._triggers[item.id] = _Triggers(
                items.union(*(each.items for each in further)), sites.union(*(each.sites for each in further))
            )
        return self._triggers[item.id]

    def _signature(self, item: Item) -> int:
        """A number that two retired items share when their day is the same whatever the plan."""
        if item.id not in self._signatures:
            awaited = self.awaits(item)
            planned = tuple(sorted(each.id for each in awaited if each.planned))
            further = tuple(sorted({self._signature(each) for each in awaited if not each.planned}))
            key = (item.source_sites, planned, further)
            self._signatures[item.id] = self._numbers.setdefault(key, len(self._numbers))
        return self._signatures[item.id]
