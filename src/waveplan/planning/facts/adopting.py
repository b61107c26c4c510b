"""What lots take of people for communication and adoption, and on which days."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from waveplan.change_calendar import Days
from waveplan.domain.adoption import Adoption
from waveplan.domain.audiences import Audiences
from waveplan.lots.lot import Lot
from waveplan.planning.facts.inventory_facts import InventoryFacts


@dataclass(frozen=True, slots=True)
class LotAdoption:
    """An entry that a lot holds: one site of each place whose working days count, and the person-days of its team."""

    entry: Adoption
    places: tuple[str, ...]
    effort: Decimal

    @property
    def team(self) -> str:
        """Who does it; nobody when it takes no person-days."""
        return self.entry.team if self.entry.team and self.effort else ""


class AdoptionTasks:
    """Entries of adoption by lot."""

    def __init__(self, facts: InventoryFacts) -> None:
        self._facts = facts
        self._audiences = Audiences(facts.items)
        self._teams = frozenset(team.id for team in facts.inventory.teams)
        self._of: dict[str, tuple[LotAdoption, ...]] = {}

    def of(self, lot: Lot) -> tuple[LotAdoption, ...]:
        """What a lot holds, in inventory order."""
        if lot.id not in self._of:
            self._of[lot.id] = tuple(self._held_by(lot))
        return self._of[lot.id]

    def _held_by(self, lot: Lot) -> Iterator[LotAdoption]:
        for entry in self._facts.inventory.adoption:
            reached = self._audiences.reached(entry, lot.items)
            if reached:
                users, effort = sum(people.users for people in reached), Decimal(0)
                if entry.effort is not None and entry.team in self._teams:
                    each, per_server = entry.effort.each, entry.effort.per_server * len(lot.servers)
                    effort = each + per_server + entry.effort.per_100_users * users / 100
                yield LotAdoption(entry, self._facts.calendar.one_of_each_place(p.site for p in reached), effort)

    def days(self, held: LotAdoption, cutover: dt.date) -> Days:
        """Its days around a cutover."""
        return self._facts.calendar.adoption_days(held.entry, cutover, held.places)

    def shares(self, held: LotAdoption, cutover: dt.date) -> Mapping[dt.date, Fraction]:
        """How its effort falls on days; none when nobody of its team is there on any."""
        return self._facts.calendar.adoption_shares(held.entry, self.days(held, cutover))

    def weeks(self, held: LotAdoption, cutover: dt.date) -> Mapping[dt.date, Fraction]:
        """The same by week, told by its Monday."""
        return self._facts.calendar.adoption_weeks(held.entry, self.days(held, cutover))
