"""The dates of a plan that somebody waits for, and the day on which each falls in a history."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from waveplan.domain.inventory import Inventory
from waveplan.domain.item import Item
from waveplan.domain.staying import NOTHING, Stays
from waveplan.planning.facts.retirements import Retired
from waveplan.simulation.staging import Staging

Ints = NDArray[np.int64]
NEVER = 10**6  # days after the programme's start: nothing is so late
DateKind = Literal["finish", "wave", "tranche", "site_exit", "contract", "milestone"]


@dataclass(frozen=True)
class WatchedDate:
    """A date: what it is of, the last day on which it is in time (none: nobody said), and its day in each history."""

    kind: DateKind
    subject: str
    limit: dt.date | None
    days: Callable[[Ints], Ints]  # places by run and unit → days after the programme's start

    @property
    def id(self) -> str:
        """What it is called in JSON and by options."""
        return self.kind if self.kind == "finish" else f"{self.kind} {self.subject}"


def watched_dates(staging: Staging, inventory: Inventory) -> tuple[WatchedDate, ...]:
    """Finish, tranches, site exits and ends of contracts; limits are those of the inventory as it stands."""
    return tuple(_Dates(staging, inventory).all())


class _Dates:
    def __init__(self, staging: Staging, inventory: Inventory) -> None:
        self._staging, self._inventory = staging, inventory
        self._facts = staging.facts
        self._positions = staging.problem.planning.positions

    def all(self) -> Iterator[WatchedDate]:
        facts, inventory = self._facts, self._inventory
        yield WatchedDate("finish", "", inventory.programme.deadline, self._last_of(facts.items.planned))
        for tranche in inventory.tranches:
            items = [item for item in facts.items.planned if item.tranche == tranche.id]
            if items:
                yield WatchedDate("tranche", tranche.id, tranche.finish_by, self._last_of(items))
        stays = Stays(facts.items)
        for site in inventory.sites:
            leaving = [item for item in facts.items.planned if site.id in item.source_sites]
            emptied = site.exit_by or site.decommission_days
            if leaving and emptied and stays.at(site.id) == NOTHING:
                yield WatchedDate("site_exit", site.id, site.exit_by, self._exit(site.id, leaving))
        for contract in inventory.contracts:
            items = list(facts.items.select(contract.match))
            if any(item.planned for item in items):
                yield WatchedDate("contract", contract.id, contract.ends, self._out(items))

    # --- last days -------------------------------------------------------------------------------------------------

    def _last_of(self, items: Iterable[Item]) -> Callable[[Ints], Ints]:
        """Last hypercare day of some items."""
        number = {lot: index for index, lot in enumerate(self._staging.problem.planning.lots)}
        lots = {number[lot.id] for item in items if (lot := self._facts.grouped.of(item.id)) is not None}
        tables = {
            unit: self._table([lot for lot in held if lot in lots])
            for unit, held in enumerate(self._staging.lots)
            if lots.intersection(held)
        }

        def days(places: Ints) -> Ints:
            found = np.zeros(len(places), np.int64)
            for unit, table in tables.items():
                found = np.maximum(found, table[places[:, unit]])
            return found

        return days

    def _table(self, lots: list[int]) -> Ints:
        """By place the last hypercare day of some lots; at the end, for nowhere, NEVER."""
        facts = self._facts
        stream = self._staging.problem.planning.lot_stream[lots[0]]
        table = np.full(len(self._positions) + 1, NEVER, np.int64)
        for place in self._positions:
            if place.stream == stream:
                table[place.index] = max(
                    facts.day(facts.hypercare_days(place.slot, facts.lots[lot]).last) for lot in lots
                )
        return table

    # --- exits -----------------------------------------------------------------------------------------------------

    def _exit(self, site: str, leaving: list[Item]) -> Callable[[Ints], Ints]:
        entry = self._facts.items.sites[site]
        left = self._last_of(leaving)
        gone = [self._retired(name) for name, each in self._facts.retirements.all.items() if site in each.sites]
        exits = self._mapped(lambda day: self._facts.calendar.exit_day(entry, day))

        def days(places: Ints) -> Ints:
            last = left(places)
            for each in gone:
                last = np.maximum(last, each(places))
            return exits(last)

        return days

    def _out(self, items: list[Item]) -> Callable[[Ints], Ints]:
        """When the last of some items is over, those retired too."""
        parts = [self._last_of([item for item in items if item.planned])]
        parts += [self._retired(item.id) for item in items if item.id in self._facts.retirements.all]
        return lambda places: np.max([part(places) for part in parts], axis=0)

    def _retired(self, name: str) -> Callable[[Ints], Ints]:
        if name not in self._known_retired:
            self._known_retired[name] = self._retirement(self._facts.retirements.all[name])
        return self._known_retired[name]

    @cached_property
    def _known_retired(self) -> dict[str, Callable[[Ints], Ints]]:
        return {}

    def _retirement(self, retired: Retired) -> Callable[[Ints], Ints]:
        """The first day on which something may go, as soon as all that it awaits is over."""
        facts, awaited = self._facts, self._facts.retirements.awaited(retired.name)
        known = facts.retirements.all
        ends = [self._retired(item.id) if item.id in known else self._last_of([item]) for item in awaited]
        ends += [
            self._last_of([item for item in facts.items.planned if site in item.source_sites])
            for site in facts.retirements.awaited_sites(retired.name)
        ]
        over = self._last_of(facts.retirements.awaited_too(retired.name))
        floor = facts.day(retired.floor)
        works = self._mapped(lambda day: facts.calendar.working_day_on_or_after(retired.sites, day))

        def days(places: Ints) -> Ints:
            last = np.zeros(len(places), np.int64)
            for each in ends:
                last = np.maximum(last, each(places))
            return works(np.maximum(np.maximum(last + 1, floor), over(places)))

        return days

    def _mapped(self, moved: Callable[[dt.date], dt.date]) -> Callable[[Ints], Ints]:
        """A move of days as a table; NEVER stays."""
        known: dict[int, int] = {}

        def days(given: Ints) -> Ints:
            for day in np.unique(given).tolist():
                if day not in known:
                    known[day] = NEVER if day >= NEVER else self._facts.day(moved(self._facts.date(day)))
            values, inverse = np.unique(given, return_inverse=True)
            return np.array([known[day] for day in values.tolist()], np.int64)[inverse]

        return days


def by_unit(staging: Staging) -> Mapping[str, Callable[[Ints], Ints]]:
    """By wave of the plan: its cutover day in each history."""
    table = np.array([place.day for place in staging.problem.planning.positions] + [NEVER], np.int64)
    return {wave: _column(table, unit) for unit, wave in enumerate(staging.waves)}


def _column(table: Ints, unit: int) -> Callable[[Ints], Ints]:
    return lambda places: table[places[:, unit]]
