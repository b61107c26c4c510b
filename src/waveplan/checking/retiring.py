"""Retirements as a plan states them, and the days between which each must fall."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from waveplan.change_calendar import Days
from waveplan.checking.order_circles import circles
from waveplan.checking.placement import Placement
from waveplan.checking.tranches import Tranches
from waveplan.domain.findings import Path, Phrase
from waveplan.domain.items import Item
from waveplan.domain.servers import Server

_ONE_DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Bound:
    """A day that a retirement keeps to, and why."""

    day: dt.date
    reason: Phrase


@dataclass(frozen=True, eq=False)
class RetiredFacts:
    """An item, or a server that hosts none, that is retired where it stands. `name` is what its milestone is of."""

    name: str
    sites: tuple[str, ...]
    item: Item | None
    server: Server | None

    @property
    def id(self) -> str:
        """Its milestone's id, by which loads and findings call it."""
        return f"retire {self.name}"

    @property
    def effort(self) -> Mapping[str, Decimal]:
        """Person-days by team."""
        return {} if self.item is None else {team: days for team, days in self.item.effort.items() if days}

    @property
    def crew(self) -> Mapping[str, int]:
        """People that are needed on the day, by team."""
        return {} if self.item is None else {team: people for team, people in self.item.entry.crew.items() if people}


class Retiring:
    """Everything that is retired: on the day that the plan states, or else as early as may be."""

    def __init__(self, placement: Placement, tranches: Tranches) -> None:
        self._placement = placement
        self._tranches = tranches
        self._calendar = placement.calendar
        self.all = {each.name: each for each in self._everything()}

    def _everything(self) -> Iterator[RetiredFacts]:
        known = self._placement.items.sites
        for item in self._placement.items:
            if item.strategy == "retire":
                yield RetiredFacts(str(item.id), tuple(site for site in item.source_sites if site in known), item, None)
        for name, server in self._placement.items.retired_servers.items():
            yield RetiredFacts(name, (server.site,) if server.site in known else (), None, server)

    @cached_property
    def stated(self) -> Mapping[str, dt.date]:
        """Days that the plan states, of what is retired."""
        found: dict[str, dt.date] = {}
        for each in self._placement.plan.milestones:
            if each.kind == "retire" and each.subject in self.all:
                found.setdefault(each.subject, each.date)
        return found

    def path(self, name: str) -> Path:
        """Where the plan states a retirement, or would."""
        for number, each in enumerate(self._placement.plan.milestones):
            if each.kind == "retire" and each.subject == name:
                return ("milestones", number)
        return ("milestones",)

    @cached_property
    def days(self) -> Mapping[str, dt.date]:
        """When each goes."""
        return {name: self.stated.get(name, bound.day) for name, bound in self.earliest.items()}

    @property
    def too_early(self) -> Iterator[str]:
        """What the plan retires before it may go."""
        return (name for name, day in self.stated.items() if day < self.earliest[name].day)

    @cached_property
    def earliest(self) -> Mapping[str, Bound]:
        """The first day on which each may go, once what it awaits is over."""
        found: dict[str, Bound] = {}
        for circle in circles({name: self._retired_consumers(name) for name in self.all}):
            for name in circle:
                found[name] = self._first(self.all[name], frozenset(circle), found)
        return {name: found[name] for name in self.all}

    def _first(self, retired: RetiredFacts, circle: frozenset[str], known: Mapping[str, Bound]) -> Bound:
        bounds = [self._after_use(retired, circle, known), *self._own(retired)]
        last = max(bounds, key=lambda bound: bound.day)
        return Bound(self._calendar.working_day_on_or_after(retired.sites, last.day), last.reason)

    def _after_use(self, retired: RetiredFacts, circle: frozenset[str], known: Mapping[str, Bound]) -> Bound:
        """The day after the last of its consumers; those in one circle with it do not count."""
        ends = [(self._calendar.start, Phrase("the programme starts on {last}"))]
        last_days = self._placement.last_day_of
        of_others = [each for each in self._consumers.get(retired.name, ()) if each.id not in circle]
        uses: list[tuple[dt.date, str]] = []
        for each in of_others:
            if each.id in last_days:
                uses.append((last_days[each.id], each.id))
            elif each.id in known:
                uses.append((self.stated.get(each.id, known[each.id].day), each.id))
        if not uses:
            moved = self._placement.moved_off
            uses = [(moved[site], site) for site in retired.sites if site in moved]
        ends += [(day, Phrase("{other} is in use or in hypercare until {last}", {"other": of})) for day, of in uses]
        day, reason = max(ends, key=lambda end: end[0])
        return Bound(day + _ONE_DAY, Phrase(reason.template, {**reason.values, "last": day.isoformat()}))

    def last_use(self, name: str) -> str:
        """The placed item whose hypercare it awaits longest, through others that are retired; itself without one."""
        last_days, seen = self._placement.last_day_of, set[str]()
        while name in self.all and name not in seen:
            seen.add(name)
            waits = {**last_days, **self.days}
            users = [each.id for each in self._consumers.get(name, ()) if each.id in waits and each.id not in seen]
            if not users:
                users = [i.id for i in self._placement.items if i.id in last_days and self._stood_with(i, name)]
            name = max(users, key=lambda each: (waits[each], each), default=name)
        return name

    def _stood_with(self, item: Item, name: str) -> bool:
        return not set(self.all[name].sites).isdisjoint(item.source_sites)

    def _own(self, retired: RetiredFacts) -> Iterator[Bound]:
        """What its entry, rules, milestones, tranches and its preparation ask for."""
        entry = retired.server if retired.item is None else retired.item.entry
        assert entry is not None
        named = [(retired.name, entry.not_before)]
        if retired.item is not None:
            named += [(rule.id, rule.not_before) for rule in self._placement.items.rules_for(retired.item)]
            yield from self._awaited(retired.item)
        for of, day in named:
            if day is not None:
                yield Bound(day, Phrase("{of} says not before {last}", {"of": of, "last": day.isoformat()}))
        if any(team in self._placement.teams for team in retired.effort):
            first = self._calendar.start + dt.timedelta(days=self.preparation_length(retired))
            reason = Phrase("its preparation begins no earlier than {last}", {"last": self._calendar.start.isoformat()})
            yield Bound(first, reason)

    def _awaited(self, item: Item) -> Iterator[Bound]:
        promised = {each.id: each.date for each in self._placement.inventory.external_milestones}
        for name in dict.fromkeys(item.entry.after):
            day = promised.get(name)
            if day is None and name != item.tranche:
                day = self._tranches.end(name)
            if day is not None:
                yield Bound(day, Phrase("it waits for {of} on {last}", {"of": name, "last": day.isoformat()}))

    def latest(self, retired: RetiredFacts) -> Iterator[Bound]:
        """The last days on which it may go, by its entry and by rules."""
        if retired.item is None:
            return
        named = [(retired.name, retired.item.entry.not_after)]
        named += [(rule.id, rule.not_after) for rule in self._placement.items.rules_for(retired.item)]
        for of, day in named:
            if day is not None:
                yield Bound(day, Phrase("{of} says not after {last}", {"of": of, "last": day.isoformat()}))

    def preparation_length(self, retired: RetiredFacts) -> int:
        """Calendar days of its preparation."""
        assert retired.item is not None
        return self._placement.items.policy_of(retired.item).preparation_days

    def preparation(self, retired: RetiredFacts) -> Days:
        """Days of the preparation before the day on which it goes."""
        return self._calendar.preparation_days(self.preparation_length(retired), self.days[retired.name])

    @cached_property
    def _consumers(self) -> Mapping[str, list[Item]]:
        found: dict[str, list[Item]] = defaultdict(list)
        for item in self._placement.items:
            for dependency in item.entry.depends_on:
                for provider in self._placement.items.providers(item, dependency):
                    found[provider.id].append(item)
        return found

    def _retired_consumers(self, name: str) -> list[str]:
        return [each.id for each in self._consumers.get(name, ()) if each.id in self.all and each.id != name]
