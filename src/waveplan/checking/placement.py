"""The plan placed on the inventory's own lots, numbers and calendar: what every part of the check looks at."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property

from waveplan.change_calendar import ChangeCalendar, Slot, instant
from waveplan.checking.grouping import Groups
from waveplan.checking.placed import PlacedLot, PlacedWave
from waveplan.checking.reading import PlanReading, stands_done
from waveplan.checking.unplanned import NOTHING, unplanned_lots
from waveplan.domain.commitments import ExternalMilestone
from waveplan.domain.findings import Path
from waveplan.domain.inventory import Inventory
from waveplan.domain.items import Item, Items
from waveplan.domain.plan import Plan
from waveplan.domain.standing import NOTHING_DONE, Done


class Placement:
    """A plan's lots and waves as its inventory has them, with numbers that come from the inventory alone.

    Waves that name no slot, and items in no wave, are left out of all that follows; the rules on the plan's
    structure name them. With `allow_unplanned`, lots that the plan lists as such are treated as if the inventory did
    not have their items. References that dangle in the inventory are for its validation and are left out too.
    With `like`, the facts of another plan of the same inventory, what comes from the inventory alone is not made anew.
    What is `done` stands in slots of its own, and is tied to what was done with it only. Milestones that have turned
    out otherwise than `promised` may still be stated as they were promised.
    """

    def __init__(
        self,
        plan: Plan,
        inventory: Inventory,
        like: Placement | None = None,
        *,
        allow_unplanned: bool = False,
        done: Done = NOTHING_DONE,
        promised: Sequence[ExternalMilestone] = (),
    ) -> None:
        self.plan = plan
        self.promised = promised
        self.inventory = inventory
        self.unplanned = unplanned_lots(plan, inventory) if allow_unplanned else NOTHING
        self.items: Items = like.items if like else Items(inventory, self.unplanned.items)
        self.calendar: ChangeCalendar = like.calendar if like else ChangeCalendar(inventory, done.slots)
        self._made: dict[object, PlacedLot] = like._made if like else {}  # most lots stay where they are
        self.teams = {team.id: team for team in inventory.teams}
        self.reading = PlanReading(plan, self.items, self.calendar)
        self.done = stands_done(self.reading, done)
        self.gone = frozenset(f"retire {name}" for name in done.retired)  # milestones of what has been retired
        self.groups: Groups = like.groups if like else Groups(self.items, self.done)

    @cached_property
    def streams(self) -> Mapping[str, tuple[PlacedWave, ...]]:
        """Waves of each stream in their order; their numbers count from 1."""
        drafts: dict[str, dict[str, int]] = defaultdict(dict)
        for index, stand in enumerate(self.reading.stands):
            if stand.slot is not None:
                drafts[stand.stream].setdefault(stand.slot.id, index)
        return {stream: self._numbered(drafts[stream]) for stream in sorted(drafts)}

    def _numbered(self, drafts: Mapping[str, int]) -> tuple[PlacedWave, ...]:
        slots = self.calendar.slots_by_id
        waves: list[PlacedWave] = []
        for name in sorted(drafts, key=lambda slot: slots[slot].order):
            index = drafts[name]
            lots = self._lots_by_wave.get(index)
            if lots:
                stream = self.reading.stands[index].stream
                stated, policy = self.plan.waves[index], self.items.policies[stream]
                waves.append(PlacedWave(lots, len(waves) + 1, stated, ("waves", index), policy))
        return tuple(waves)

    @cached_property
    def _lots_by_wave(self) -> dict[int, list[PlacedLot]]:
        """Placed lots by the first wave of their slot: two waves of one id count as one."""
        first: dict[tuple[str, str], int] = {}
        held: dict[tuple[int, str], list[Item]] = defaultdict(list)
        for item in self.items.planned:
            index = self.reading.wave_of.get(item.id)
            stand = self.reading.stands[index] if index is not None else None
            if index is None or stand is None or stand.slot is None:
                continue
            held[index, self.groups.of(item.id)].append(item)
        for index, stand in enumerate(self.reading.stands):
            if stand.slot is not None:
                first.setdefault((stand.stream, stand.slot.id), index)
        found: dict[int, list[PlacedLot]] = defaultdict(list)
        for (index, _), items in sorted(held.items()):
            stand = self.reading.stands[index]
            assert stand.slot is not None
            found[first[stand.stream, stand.slot.id]].append(self._lot(items, stand.slot))
        return found

    def _lot(self, items: list[Item], slot: Slot) -> PlacedLot:
        home, wave = self.reading.home(items[0].id), self.reading.wave_of[items[0].id]
        name = self.plan.lots[home].id
        path: Path = ("waves", wave, "lots", self.plan.waves[wave].lots.index(name))
        key = (tuple(item.id for item in items), name, path, slot.id)
        if key not in self._made:
            self._made[key] = PlacedLot(
                items, name, path=path, definition=("lots", home), slot=slot, calendar=self.calendar
            )
        return self._made[key]

    @cached_property
    def waves(self) -> tuple[PlacedWave, ...]:
        """Waves of all streams, by window start, then id."""
        every = [wave for waves in self.streams.values() for wave in waves]
        return tuple(sorted(every, key=lambda wave: (wave.slot.order, wave.id)))

    @cached_property
    def wave_of(self) -> Mapping[str, PlacedWave]:
        """The wave of each placed item."""
        return {item.id: wave for wave in self.waves for item in wave.items}

    @cached_property
    def lot_of(self) -> Mapping[str, PlacedLot]:
        """The placed lot of each placed item."""
        return {item.id: lot for wave in self.waves for lot in wave.lots for item in lot.items}

    def window_start(self, item: str) -> dt.datetime:
        """Start of a placed item's window, in the hours of its own lot, in UTC."""
        lot = self.lot_of[item]
        return instant(lot.slot.span(lot.zone)[0])

    def starts_later(self, second: str, first: str) -> bool:
        """Whether a placed item is in another wave than the first one, and its window starts strictly later."""
        return self.wave_of[second] is not self.wave_of[first] and self.window_start(second) > self.window_start(first)

    @cached_property
    def over(self) -> frozenset[str]:
        """Waves of which all is done, by id."""
        return frozenset(wave.id for wave in self.waves if all(item.id in self.done for item in wave.items))

    def to_blame(self, waves: Sequence[PlacedWave]) -> PlacedWave:
        """The last of some waves that could still move; of waves that are over, the last."""
        return next((wave for wave in reversed(waves) if wave.id not in self.over), waves[-1])

    def in_parts(self, items: Iterable[Item]) -> Iterator[list[Item]]:
        """Items that are free, and those that are done: what could be mended is told apart from what is a fact."""
        held = list(items)
        free = [item for item in held if item.id not in self.done]
        yield from (part for part in (free, [item for item in held if item.id in self.done]) if part)

    @cached_property
    def last_day_of(self) -> Mapping[str, dt.date]:
        """Last hypercare day of each placed item's lot."""
        return {item: lot.hypercare_days.last for item, lot in self.lot_of.items()}

    @cached_property
    def moved_off(self) -> Mapping[str, dt.date]:
        """Last hypercare day of what stood on each site."""
        last: dict[str, dt.date] = {}
        for name, day in self.last_day_of.items():
            for site in self.items[name].source_sites:
                last[site] = max(last.get(site, day), day)
        return last
