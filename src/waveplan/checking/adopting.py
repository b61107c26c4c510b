"""Communication and adoption as a plan has it: which lots hold what, for whom, on which days."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from waveplan.change_calendar import Days
from waveplan.checking.placed import PlacedLot, PlacedWave
from waveplan.checking.placement import Placement
from waveplan.domain.adoption import Adoption
from waveplan.domain.audiences import Audiences, Reached


@dataclass(frozen=True, slots=True)
class HeldAdoption:
    """An entry as one lot holds it: the people it reaches, its days, and the person-days that it takes of its team."""

    entry: Adoption
    wave: PlacedWave
    lot: PlacedLot
    reached: tuple[Reached, ...]
    days: Days

    @property
    def effort(self) -> Decimal:
        """Person-days: servers are the lot's, users those who are reached."""
        formula = self.entry.effort
        if formula is None:
            return Decimal(0)
        users = sum(people.users for people in self.reached)
        return formula.each + formula.per_server * len(self.lot.servers) + formula.per_100_users * users / 100


def held_adoption(placement: Placement) -> Iterator[HeldAdoption]:
    """Every entry with every placed lot that holds it, by wave, lot and inventory order."""
    audiences = Audiences(placement.items)
    for wave in placement.waves if placement.inventory.adoption else ():
        for lot in wave.lots:
            for entry in placement.inventory.adoption:
                reached = audiences.reached(entry, lot.items)
                if reached:
                    sites = {people.site for people in reached}
                    days = placement.calendar.adoption_days(entry, wave.date, sites)
                    yield HeldAdoption(entry, wave, lot, reached, days)
