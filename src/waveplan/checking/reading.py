"""Where the plan puts each item, taken as it is written: whatever is wrong with it is noted, never raised."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from waveplan.change_calendar import ChangeCalendar, Slot
from waveplan.domain.items import MAIN_STREAM, Items
from waveplan.domain.plan import Plan, Wave
from waveplan.domain.standing import Done


@dataclass(frozen=True, slots=True)
class UnknownLot:
    """A wave's reference to a lot that the plan does not define."""

    wave: int  # index in the plan
    position: int  # index in the wave's lots
    lot: str


@dataclass(frozen=True, slots=True)
class WavePosition:
    """What a wave's id says: the stream, and the slot if there is one of that name."""

    stream: str
    slot: Slot | None


class PlanReading:
    """Indexes over a plan: which lots its waves name, which lots name an item, which wave an item stands in."""

    def __init__(self, plan: Plan, items: Items, calendar: ChangeCalendar) -> None:
        self.plan = plan
        self.stands = tuple(_stand(wave, items, calendar) for wave in plan.waves)
        self.lot_index: dict[str, int] = {}
        self.repeated_lots: list[int] = []
        for index, lot in enumerate(plan.lots):
            if lot.id in self.lot_index:
                self.repeated_lots.append(index)
            else:
                self.lot_index[lot.id] = index
        self.homes = self._homes()
        self.unknown_lots: list[UnknownLot] = []
        self.visits = self._visits()
        self.wave_of = self._wave_of()
        self.missing = tuple(item for item in items.planned if item.id not in self.wave_of)

    def _homes(self) -> dict[str, list[int]]:
        homes: dict[str, list[int]] = defaultdict(list)
        for index in sorted(self.lot_index.values()):
            for item in self.plan.lots[index].items:
                homes[item].append(index)
        return dict(homes)

    def _visits(self) -> dict[int, list[int]]:
        visits: dict[int, list[int]] = defaultdict(list)
        for number, wave in enumerate(self.plan.waves):
            for position, lot in enumerate(wave.lots):
                if lot in self.lot_index:
                    visits[self.lot_index[lot]].append(number)
                else:
                    self.unknown_lots.append(UnknownLot(number, position, lot))
        return dict(visits)

    def _wave_of(self) -> dict[str, int]:
        """The first wave that holds each item, by index."""
        found: dict[str, int] = {}
        for item, homes in self.homes.items():
            waves = [self.visits[home][0] for home in homes if home in self.visits]
            if waves:
                found[item] = waves[0]
        return found

    def home(self, item: str) -> int:
        """Index of the lot by which an item got into its wave."""
        return next(home for home in self.homes[item] if home in self.visits)


def _stand(wave: Wave, items: Items, calendar: ChangeCalendar) -> WavePosition:
    stream, slot = str(MAIN_STREAM), wave.id
    if items.inventory.streams:
        stream, _, slot = wave.id.partition("/")
    if stream not in items.policies:
        return WavePosition(stream, None)
    return WavePosition(stream, calendar.slots_by_id.get(slot))


def stands_done(reading: PlanReading, done: Done) -> Mapping[str, str]:
    """Items that stand in the slot in which they have cut over, with that slot; elsewhere they are not what is done."""
    found: dict[str, str] = {}
    for item, slot in done.places.items():
        wave = reading.wave_of.get(item)
        stand = reading.stands[wave] if wave is not None else None
        if stand is not None and stand.slot is not None and stand.slot.id == slot:
            found[item] = slot
    return found
