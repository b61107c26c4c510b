"""The inventory seen as a planning question: lots, positions and the spans between them, looked up once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal
from functools import cached_property

from waveplan.change_calendar import ChangeCalendar, Days, Slot
from waveplan.change_calendar.link_hours import LinkClock
from waveplan.domain.calendar_rules import SITE_ZONE
from waveplan.domain.commitments import Tranche
from waveplan.domain.inventory import Inventory
from waveplan.domain.items import MAIN_STREAM, Items
from waveplan.domain.policy import Policy
from waveplan.domain.standing import NOTHING_DONE, Done
from waveplan.engine.problem import Position
from waveplan.lots import Lots, form_lots
from waveplan.lots.lot import Lot, SitePair


class InventoryFacts:
    """An inventory that validates, with its lots, calendar, positions and caches. Lots and slots go by index.

    Items of `left_out` are treated as if the inventory did not have them. Lots and calendar that are known need not be
    worked out again. What is `done` is in lots, and in slots, of its own.
    """

    def __init__(
        self,
        inventory: Inventory,
        left_out: Collection[str] = (),
        *,
        lots: Lots | None = None,
        calendar: ChangeCalendar | None = None,
        done: Done = NOTHING_DONE,
    ) -> None:
        self.inventory = inventory
        self.done = done.places
        self.gone = done.retired
        self.as_of = done.as_of
        self.grouped: Lots = form_lots(Items(inventory, left_out), self.done) if lots is None else lots
        self.items: Items = self.grouped.items
        self.calendar = ChangeCalendar(inventory, done.slots) if calendar is None else calendar
        self.lots: tuple[Lot, ...] = tuple(self.grouped)
        self.slots: tuple[Slot, ...] = self.calendar.slots
        self.start = inventory.programme.start
        self._rank = _ranks(self.slots)

    # --- streams and positions -------------------------------------------------------------------------------------

    @cached_property
    def streams(self) -> tuple[str, ...]:
        """Streams that have lots, `main` first, then in inventory order."""
        present = {lot.stream for lot in self.lots}
        order = [MAIN_STREAM, *(stream.id for stream in self.inventory.streams)]
        return tuple(stream for stream in dict.fromkeys(order) if stream in present)

    @cached_property
    def positions(self) -> tuple[Position, ...]:
        """Every stream in every slot; within a stream in order of window start, then window id."""
        days = [(self.day(slot.date), self.day(self.calendar.monday_of(slot.date))) for slot in self.slots]
        places = [(rank, *day) for rank, day in zip(self._rank, days, strict=True)]
        found: list[Position] = []
        for stream in range(len(self.streams)):
            for index, (rank, day, monday) in enumerate(places):
                found.append(Position(len(found), stream, index, rank, day, monday))
        return tuple(found)

    def stream_of(self, lot: Lot) -> int:
        """Index of a lot's stream."""
        return self._stream_numbers[lot.stream]

    @cached_property
    def _stream_numbers(self) -> Mapping[str, int]:
        return {name: number for number, name in enumerate(self.streams)}

    def policy(self, lot: Lot) -> Policy:
        """Policy of the lot's stream."""
        return self.items.policies[lot.stream]

    def tranches_of(self, lot: Lot) -> list[Tranche]:
        """The tranches of a lot's items; validation refuses lots that mix them."""
        names = {item.tranche for item in lot.items}
        return [tranche for tranche in self.inventory.tranches if tranche.id in names]

    def awaited_by(self, lot: Lot) -> frozenset[str]:
        """Milestones and tranches that a lot's items, or their tranches, wait for."""
        awaited = {name for item in lot.items for name in item.entry.after}
        return frozenset(awaited.union(*(tranche.after for tranche in self.tranches_of(lot))))

    def position(self, stream: int, slot: int) -> int:
        """Index of a stream's position in a slot."""
        return stream * len(self.slots) + slot

    def wave_id(self, position: Position) -> str:
        """The slot's id, prefixed with the stream when the inventory has several."""
        slot = self.slots[position.slot].id
        return f"{self.streams[position.stream]}/{slot}" if self.inventory.streams else str(slot)

    # --- days ------------------------------------------------------------------------------------------------------

    def day(self, date: dt.date) -> int:
        """Days from the programme's start."""
        return (date - self.start).days

    def date(self, day: int) -> dt.date:
        """The date so many days after the programme's start."""
        return self.start + dt.timedelta(days=day)

    @cached_property
    def keeps_own_hours(self) -> bool:
        """Whether some window lets every lot keep its own hours."""
        return any(window.timezone == SITE_ZONE for window in self.inventory.calendar.windows)

    def zone(self, lot: Lot) -> str | None:
        """The zone that gives a lot its hours in a site-time window; None where that makes no difference."""
        return lot.zone if self.keeps_own_hours else None

    def hypercare_days(self, slot: int, lot: Lot) -> Days:
        """Days of a lot's hypercare after a slot."""
        return self.hypercare(lot)[slot]

    def hypercare(self, lot: Lot) -> Sequence[Days]:
        """Days of a lot's hypercare after each slot."""
        return self.calendar.tables.of(self.zone(lot)).hypercare(lot.hypercare_hours)

    # --- where servers go ------------------------------------------------------------------------------------------

    @cached_property
    def transfers(self) -> tuple[Mapping[SitePair, Decimal], ...]:
        """By lot: GB that cross between each pair of sites."""
        return tuple(lot.transfers for lot in self.lots)

    @cached_property
    def links(self) -> LinkClock:
        """What crosses between two linked sites in windows."""
        return LinkClock(self.inventory)


def _ranks(slots: tuple[Slot, ...]) -> list[int]:
    """For each slot the index of the first slot that starts at the same moment."""
    ranks: list[int] = []
    for index, slot in enumerate(slots):
        same = index and slots[index - 1].begins == slot.begins
        ranks.append(ranks[-1] if same else index)
    return ranks
