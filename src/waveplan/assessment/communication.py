"""The dated plan of communication: what each wave holds for whom, when, and the texts in their languages."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from waveplan.adoption_texts.choosing import text_language, text_of
from waveplan.assessment.messages import Letter, letter_values
from waveplan.assessment.outage import item_outage
from waveplan.assessment.placement import LotPlacement, PlacedPlan
from waveplan.assessment.traffic import Traffic, in_hundredths
from waveplan.change_calendar import ChangeCalendar, Days
from waveplan.domain.adoption import Adoption
from waveplan.domain.audiences import WHOLE_SITE, Audiences, Reached
from waveplan.domain.communication import HeldEntry, Message
from waveplan.domain.inventory import Inventory
from waveplan.domain.plan import Plan, Wave


def communication(plan: Plan, inventory: Inventory, wave: str | None = None) -> tuple[HeldEntry, ...]:
    """What each wave of a plan holds, in order of days; of one wave when its id is given."""
    if not inventory.adoption:
        return ()
    maker = _CommunicationMaker(plan, inventory)
    held = [each for one in plan.waves_in_order() if wave in (None, one.id) for each in maker.of_wave(one)]
    return tuple(sorted(held, key=lambda each: (each.first, each.wave.id, each.key)))


@dataclass(frozen=True, slots=True)
class _WavePart:
    """A lot that holds an entry, with the people whom it reaches."""

    lot: LotPlacement
    reached: tuple[Reached, ...]

    @property
    def users(self) -> int:
        return sum(people.users for people in self.reached)


class _CommunicationMaker:
    def __init__(self, plan: Plan, inventory: Inventory) -> None:
        self._inventory = inventory
        self._placement = PlacedPlan(plan, inventory)
        self._audiences = Audiences(self._placement.items)
        self._calendar = ChangeCalendar(inventory)
        self._traffic = Traffic(self._placement)
        self._several = len({wave.stream for wave in plan.waves}) > 1
        self._ids = {item: lot.id for lot in plan.lots for item in lot.items}
        self._lots: dict[str, list[LotPlacement]] = defaultdict(list)
        for lot in self._placement.lots:
            self._lots[lot.wave.id].append(lot)

    def of_wave(self, wave: Wave) -> Iterator[HeldEntry]:
        for entry in self._inventory.adoption:
            for number, (days, parts) in enumerate(self._by_days(entry, wave)):
                key = f"{wave.id}/{entry.id}" + (f"/{number + 1}" if number else "")
                yield self._held(entry, wave, days, parts, key)

    def _by_days(self, entry: Adoption, wave: Wave) -> list[tuple[Days, list[_WavePart]]]:
        """Lots that hold an entry, by the days on which their users' sites let them."""
        found: dict[tuple[dt.date, dt.date], tuple[Days, list[_WavePart]]] = {}
        for lot in self._lots[wave.id]:
            reached = self._audiences.reached(entry, lot.items)
            if reached:
                days = self._calendar.adoption_days(entry, wave.date, {people.site for people in reached})
                found.setdefault((days.first, days.last), (days, []))[1].append(_WavePart(lot, reached))
        return [found[key] for key in sorted(found)]

    def _held(self, entry: Adoption, wave: Wave, days: Days, parts: list[_WavePart], key: str) -> HeldEntry:
        reached = sorted({people for part in parts for people in part.reached})
        return HeldEntry(
            key=key,
            entry=entry,
            wave=wave,
            label=wave.label(self._several),
            first=days.first,
            last=days.last,
            lots=tuple(
                sorted({self._ids[item.id] for part in parts for item in part.lot.items if item.id in self._ids})
            ),
            sites=tuple(sorted({people.site for people in reached})),
            personas=tuple(sorted({people.persona for people in reached} - {WHOLE_SITE})),
            users=sum(people.users for people in reached),
            effort=sum((_effort(entry, part) for part in parts), Decimal(0)),
            messages=tuple(self._messages(entry, wave, days, parts, reached)),
        )

    def _messages(
        self, entry: Adoption, wave: Wave, days: Days, parts: list[_WavePart], reached: list[Reached]
    ) -> Iterator[Message]:
        """One for each language that is read at any of the sites."""
        readers: dict[str, set[str]] = defaultdict(set)
        for people in reached:
            for language in self._audiences.spoken(entry, people.site):
                readers[language].add(people.site)
        programme = self._inventory.programme.language
        for language, sites in sorted(readers.items()):
            own = [people for people in reached if people.site in sites]
            written_in = text_language(entry, language, programme)
            values = letter_values(self._letter(entry, wave, days, parts, own), written_in)
            text = text_of(entry, language, programme).filled(values)
            users = sum(people.users for people in own)
            yield Message(language, written_in, tuple(sorted(sites)), users, text.subject, text.body)

    def _letter(
        self, entry: Adoption, wave: Wave, days: Days, parts: list[_WavePart], reached: list[Reached]
    ) -> Letter:
        sites = {people.site for people in reached}
        mine = [part.lot for part in parts if not sites.isdisjoint(people.site for people in part.reached)]
        items = [
            (lot, item)
            for lot in mine
            for item in lot.items
            if not sites.isdisjoint(people.site for people in self._audiences.reached(entry, (item,)))
        ]
        outage = max((item_outage(self._traffic, lot, item) for lot, item in items), default=None)
        return Letter(
            inventory=self._inventory,
            entry=entry,
            wave=wave,
            label=wave.label(self._several),
            days=days,
            sites=tuple(self._placement.items.sites[site] for site in sorted(sites)),
            personas=tuple(sorted({people.persona for people in reached} - {WHOLE_SITE})),
            users=sum(people.users for people in reached),
            applications=tuple(dict.fromkeys(item.entry.name or item.entry.id for _, item in items)),
            outage=in_hundredths(outage) or Decimal(0),
            span=(min(lot.span[0] for lot in mine), max(lot.span[1] for lot in mine)),
        )


def _effort(entry: Adoption, part: _WavePart) -> Decimal:
    """Person-days that one lot takes; servers are the lot's, users those whom it reaches."""
    if entry.effort is None:
        return Decimal(0)
    servers = {server.id for item in part.lot.items for server in item.servers}
    return entry.effort.each + entry.effort.per_server * len(servers) + entry.effort.per_100_users * part.users / 100
