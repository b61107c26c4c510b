"""Retirements: the day on which each item, or each server that hosts none, may go, and by which day lots must be over.

A retirement follows the last day of what it awaits upwards, and a site's exit follows it. So days go forward from
hypercare to retirements, and limits go back, from exits and last dates to the last day that a lot may be in hypercare:
each in one pass, consumers before what they consume. A circle of retired items awaits only what is outside it.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from waveplan.dependency_graph.components import strong_components
from waveplan.domain.items import Item
from waveplan.planning.facts.inventory_facts import InventoryFacts

Ended = Callable[[Item], dt.date | None]  # a planned item → its last hypercare day
Left = Callable[[str], dt.date | None]  # a site → last hypercare day of what moves off it
ONE_DAY = dt.timedelta(days=1)
_NEVER = dt.date(9000, 1, 1)  # a limit beyond it limits nothing; so near the end of all dates no calendar is asked


@dataclass(frozen=True, slots=True)
class Limit:
    """The last day on which something may be in hypercare, or be retired; the rule and a sentence about it."""

    day: dt.date
    code: str
    template: str
    values: Mapping[str, Any] = field(default_factory=dict, hash=False)

    def on(self, day: dt.date) -> Limit:
        """The same for something that must be over by another day because of it."""
        return Limit(day, self.code, self.template, self.values)


@dataclass(frozen=True, eq=False, slots=True)
class Retired:
    """What is retired; `name` is what its milestone is of, `item` none for a server that hosts nothing.

    It goes on a working day of its sites, not before `floor`.
    """

    name: str
    sites: tuple[str, ...]
    item: Item | None
    floor: dt.date


class Retirements:
    """Everything that is retired, what it awaits, and the day on which it may go."""

    def __init__(self, facts: InventoryFacts) -> None:
        self._facts = facts
        self._calendar = facts.calendar
        self.all: Mapping[str, Retired] = {each.name: each for each in self._everything()}

    def _everything(self) -> Iterator[Retired]:
        for item in self._facts.items:
            if item.strategy == "retire":
                yield Retired(str(item.id), tuple(map(str, item.source_sites)), item, self._floor(item))
        for name, server in self._facts.items.retired_servers.items():
            yield Retired(name, (server.site,), None, server.not_before or self._facts.start)

    def _floor(self, item: Item) -> dt.date:
        """The first day by its entry, by rules, by what others promised, and by the start of its preparation."""
        promised = {each.id: each.date for each in self._facts.inventory.external_milestones}
        days = [item.entry.not_before, *(rule.not_before for rule in self._facts.items.rules_for(item))]
        days += [promised.get(name) for name in item.entry.after]
        if any(item.effort.get(team.id) for team in self._facts.inventory.teams):
            days.append(self._facts.start + dt.timedelta(days=self._facts.items.policy_of(item).preparation_days))
        return max((day for day in days if day is not None), default=self._facts.start)

    # --- what awaits what ------------------------------------------------------------------------------------------

    @cached_property
    def _consumers(self) -> Mapping[str, list[Item]]:
        found: dict[str, dict[str, Item]] = defaultdict(dict)
        for item in self._facts.items:
            for dependency in item.entry.depends_on:
                for provider in self._facts.items.providers(item, dependency):
                    if provider.id in self.all and provider is not item:
                        found[provider.id][item.id] = item
        return {name: list(consumers.values()) for name, consumers in found.items()}

    @cached_property
    def _circles(self) -> list[list[str]]:
        """Sets of retired items that consume each other, each after its consumers."""
        after = {
            name: [str(each.id) for each in self._consumers.get(name, ()) if each.id in self.all] for name in self.all
        }
        return strong_components(self.all, after)

    @cached_property
    def _awaited(self) -> Mapping[str, tuple[Item, ...]]:
        """Consumers of which each awaits the end, consumers before what they consume; without any, it awaits sites."""
        found: dict[str, tuple[Item, ...]] = {}
        for circle in self._circles:
            for name in circle:
                consumers = self._consumers.get(name, ())
                found[name] = tuple(
                    each for each in consumers if each.planned or (each.id in self.all and each.id not in circle)
                )
        return found

    @property
    def order(self) -> tuple[str, ...]:
        """Names of everything that is retired, consumers before what they consume."""
        return tuple(self._awaited)

    def awaited(self, name: str) -> tuple[Item, ...]:
        """Consumers, planned or retired too, of which one awaits the end."""
        return self._awaited[name]

    def awaited_sites(self, name: str) -> tuple[str, ...]:
        """Sites of which one awaits that all that moves off them is over: its own, when it has no consumers."""
        return () if self._awaited[name] else self.all[name].sites

    def awaited_too(self, name: str) -> tuple[Item, ...]:
        """Items of tranches that one waits for: it goes on the day on which they are over, or later."""
        return self._awaited_too.get(name, ())

    @cached_property
    def _awaited_too(self) -> Mapping[str, tuple[Item, ...]]:
        """Items of tranches that a retired one waits for: it goes on the day on which they are over, or later."""
        found: dict[str, tuple[Item, ...]] = {}
        tranches = {tranche.id for tranche in self._facts.inventory.tranches}
        for name, retired in self.all.items():
            if retired.item is not None:
                of = tranches.intersection(retired.item.entry.after) - {retired.item.tranche or ""}
                found[name] = tuple(item for item in self._facts.items.planned if of and item.tranche in of)
        return found

    # --- forward: the days on which they may go --------------------------------------------------------------------

    def days(self, last_day: Ended, left: Left, chosen: Mapping[str, dt.date] | None = None) -> Mapping[str, dt.date]:
        """By name, the day of each: the chosen one, or the first on which it may go."""
        found: dict[str, dt.date] = {}
        for name in self._awaited:
            given = None if chosen is None else chosen.get(name)
            found[name] = given or self.first_day(self.all[name], last_day, left, found)
        return {name: found[name] for name in self.all}

    def first_day(self, retired: Retired, last_day: Ended, left: Left, gone: Mapping[str, dt.date]) -> dt.date:
        """The first day on which one may go; `gone` has those of the retired items that it awaits."""
        awaited = self._awaited[retired.name]
        ends = [gone[each.id] if each.id in self.all else last_day(each) for each in awaited]
        if not awaited:
            ends = [left(site) for site in retired.sites]
        day = max((self._facts.start, *(end for end in ends if end is not None))) + ONE_DAY
        over = (last_day(each) for each in self._awaited_too.get(retired.name, ()))
        day = max((day, retired.floor, *(end for end in over if end is not None)))
        return self._calendar.working_day_on_or_after(retired.sites, day)

    # --- back: the days by which lots must be over -----------------------------------------------------------------

    @cached_property
    def latest(self) -> Mapping[str, Limit]:
        """The last working day on which each may go, where anything limits it."""
        found: dict[str, Limit] = {}
        for name in reversed(list(self._awaited)):
            limits = [*self._own(self.all[name]), *([found[name]] if name in found else [])]
            if not limits:
                continue
            limit = min(limits, key=lambda each: each.day)
            limit = limit.on(self._calendar.working_day_on_or_before(self.all[name].sites, limit.day))
            found[name] = limit
            before = limit.on(limit.day - ONE_DAY)
            for each in self._awaited[name]:
                if each.id in self.all:
                    found[each.id] = min(found.get(each.id, before), before, key=lambda one: one.day)
        return found

    def _own(self, retired: Retired) -> Iterator[Limit]:
        for site in retired.sites:
            yield from self._exit(site)
        if retired.item is None:
            return
        named = [(retired.name, retired.item.entry.not_after)]
        named += [(rule.id, rule.not_after) for rule in self._facts.items.rules_for(retired.item)]
        for of, day in named:
            if day is not None and day < _NEVER:
                values = {"item": retired.name, "of": of, "day": day.isoformat()}
                yield Limit(day, "WP338", "{item} retired, and {of} not after {day}", values)
        for contract in self._facts.inventory.contracts:
            if contract.ends < _NEVER and contract.match.matches(retired.item):
                values = {"item": retired.name, "of": contract.id, "day": contract.ends.isoformat()}
                yield Limit(contract.ends, "WP336", "{item} retired before contract {of} ends on {day}", values)

    def _exit(self, name: str) -> Iterator[Limit]:
        site = self._facts.items.sites[name]
        if site.exit_by is not None and site.exit_by < _NEVER:
            day = self._calendar.last_use_for_exit(site, site.exit_by)
            yield Limit(day, "WP335", "{of} empty by {day}", {"of": name, "day": site.exit_by.isoformat()})

    def limits_of(self, item: Item) -> Iterator[Limit]:
        """By when the hypercare of a planned item must be over: exits of its sites, and what waits for it."""
        for site in item.source_sites:
            yield from self._exit(site)
            yield from self._limits.get(("site", site), ())
        yield from self._limits.get(("item", str(item.id)), ())

    @cached_property
    def _limits(self) -> Mapping[tuple[str, str], list[Limit]]:
        """By item and by site: the last day of hypercare that what awaits it leaves, the tightest of each sentence."""
        found: dict[tuple[str, str], dict[object, Limit]] = defaultdict(dict)

        def add(key: tuple[str, str], limit: Limit) -> None:
            said = (limit.template, *limit.values.values())
            if said not in found[key] or limit.day < found[key][said].day:
                found[key][said] = limit

        for name, limit in self.latest.items():
            retired = self.all[name]
            kept = limit if retired.floor <= limit.day else limit.on(dt.date.min + 2 * ONE_DAY)
            for item in self._awaited[name]:
                if item.planned:
                    add(("item", str(item.id)), kept.on(kept.day - ONE_DAY))
            for site in () if self._awaited[name] else retired.sites:
                add(("site", site), kept.on(kept.day - ONE_DAY))
            for item in self._awaited_too.get(name, ()):
                add(("item", str(item.id)), kept)
        return {key: list(limits.values()) for key, limits in found.items()}

    def impossible(self) -> Iterator[tuple[Retired, dt.date, Limit]]:
        """Retired ones that may not go before a day that is after their last one, whatever the waves."""
        gone = self.days(lambda _: None, lambda _: None)
        for name, limit in self.latest.items():
            if gone[name] > limit.day:
                yield self.all[name], gone[name], limit
