"""Lots and waves as the check sees them: the items that the inventory ties together, where the plan puts them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property

from waveplan.change_calendar import ChangeCalendar, Days, Slot, instant, latest
from waveplan.checking.bundles import Bundle
from waveplan.domain.findings import Path
from waveplan.domain.items import Item
from waveplan.domain.plan import Wave
from waveplan.domain.policy import CadenceStage, Gate, Policy, Rehearsal


class PlacedLot(Bundle):
    """Items that the inventory ties together, in one slot.

    `id` is the plan's. `path` leads to where its wave names it, which is what an edit of the plan moves, and
    `definition` to its own entry.
    """

    def __init__(
        self,
        items: Iterable[Item],
        lot: str,
        *,
        path: Path,
        definition: Path,
        slot: Slot,
        calendar: ChangeCalendar,
    ) -> None:
        super().__init__(items)
        self.id = lot
        self.path = path
        self.definition = definition
        self.slot = slot
        self._calendar = calendar

    @property
    def stream(self) -> str:
        """Its items' stream."""
        return self.items[0].stream

    @cached_property
    def zone(self) -> str | None:
        """Zone in which it keeps its own hours, in a window that lets it: its sites', else none."""
        sites = self.items[0].sites
        return next((zone for site in self.counted_sites if (zone := sites[site].timezone)), None)

    @cached_property
    def on_call(self) -> Mapping[str, int]:
        """People through hypercare by team: the largest of its items'."""
        most: dict[str, int] = {}
        for item in self.items:
            for team, people in item.entry.on_call.items():
                most[team] = max(most.get(team, 0), people)
        return {team: most[team] for team in sorted(most) if most[team]}

    @cached_property
    def span(self) -> tuple[dt.datetime, dt.datetime]:
        """Its window, from and to, in UTC."""
        start, end = self.slot.span(self.zone)
        return (instant(start), instant(end))

    @cached_property
    def days(self) -> Days:
        """Days its window touches in the slot's zone: what freezes, blackouts and holidays compare."""
        return self.slot.days(self.zone)

    @cached_property
    def run_days(self) -> Days:
        """Days its window touches in programme time: what crews compare."""
        return self._calendar.run_days(self.slot, self.zone)

    @cached_property
    def hypercare_end(self) -> dt.datetime:
        """End of its hypercare, in the slot's zone."""
        return self._calendar.hypercare_end(self.slot, self.hypercare_hours, self.zone)

    @cached_property
    def hypercare_days(self) -> Days:
        """Days of its hypercare, first and last included."""
        return self._calendar.hypercare_days(self.slot, self.hypercare_hours, self.zone)

    def rehearsals(self, policy: Policy) -> list[Rehearsal]:
        """Rehearsals that it holds: those asked for by any of its items."""
        return [each for each in policy.rehearsals if self._asks_for(each)]

    def _asks_for(self, rehearsal: Rehearsal) -> bool:
        return rehearsal.only is None or any(rehearsal.only.matches(item) for item in self.items)


class PlacedWave(Bundle):
    """What one stream does in one slot. `number` is its place in its stream; `stated` is what the plan says of it."""

    def __init__(self, lots: Sequence[PlacedLot], number: int, stated: Wave, path: Path, policy: Policy) -> None:
        super().__init__(item for lot in lots for item in lot.items)
        self.lots = tuple(lots)
        self.slot = lots[0].slot
        self.number = number
        self.stated = stated
        self.path = path
        self.policy = policy
        self._calendar = lots[0]._calendar

    @property
    def id(self) -> str:
        """Its id, as the plan gives it."""
        return self.stated.id

    @cached_property
    def stream(self) -> str:
        """Its stream, as its id says."""
        head, sep, _ = self.id.partition("/")
        return head if sep else "main"

    @cached_property
    def tranche(self) -> str | None:
        """The tranche of its items that have one; a wave that mixes them goes by its first item's."""
        return next((item.tranche for item in self.items if item.tranche), None)

    @property
    def name(self) -> str:
        """Label and id, for messages: with the number that it has by its place, whatever the plan states."""
        placed = self.stated.model_copy(update={"number": self.number, "stream": self.stream})
        return f"{placed.label(with_stream='/' in self.id)} ({self.id})"

    @property
    def date(self) -> dt.date:
        """Its cutover date."""
        return self.slot.date

    def lot_names(self, lots: Iterable[PlacedLot] | None = None) -> Iterator[str]:
        """Ids of its lots, or of some of them."""
        return (lot.id for lot in (self.lots if lots is None else lots))

    @cached_property
    def stage(self) -> CadenceStage | None:
        """The stage of the cadence that its number falls in; the last one goes on."""
        upto = 0
        for stage in self.policy.cadence:
            upto += stage.waves or 0
            if stage.waves is None or self.number <= upto:
                return stage
        return self.policy.cadence[-1] if self.policy.cadence else None

    @cached_property
    def gates(self) -> tuple[tuple[Gate, dt.date], ...]:
        """The policy's gates, each with its day for this wave's sites."""
        return tuple((gate, self._calendar.gate_date(gate, self.date, self.places)) for gate in self.policy.gates)

    @cached_property
    def preparation(self) -> Days:
        """Days of preparation."""
        return self._calendar.preparation_days(self.policy.preparation_days, self.date)

    @cached_property
    def point_of_no_return(self) -> dt.datetime:
        """Latest moment at which the longest rollback still fits the window; the first of those of its zones."""
        if not self.slot.site_zone:
            return self._calendar.point_of_no_return(self.slot, self.rollback_hours)
        points = [self.zone_point_of_no_return(zone) for zone in self.lots_by_zone]
        return min(points, key=instant)

    @cached_property
    def lots_by_zone(self) -> Mapping[str | None, tuple[PlacedLot, ...]]:
        """Its lots by the zone whose hours they keep, in a window that lets them, in order of start."""
        zones = {lot.zone: lot.span[0] for lot in self.lots}
        ordered = sorted(zones, key=lambda zone: (zones[zone], zone or ""))
        return {zone: tuple(lot for lot in self.lots if lot.zone == zone) for zone in ordered}

    def zone_point_of_no_return(self, zone: str | None) -> dt.datetime:
        """Latest moment at which the longest rollback of the lots of a zone still fits their hours."""
        longest = max(lot.rollback_hours for lot in self.lots_by_zone[zone])
        return self._calendar.point_of_no_return(self.slot, longest, zone)

    @cached_property
    def hypercare_end(self) -> dt.datetime:
        """End of its last lot's hypercare."""
        return latest(lot.hypercare_end for lot in self.lots)

    @cached_property
    def hypercare_days(self) -> Days:
        """Days from its first lot's hypercare to its last one's."""
        every = [lot.hypercare_days for lot in self.lots]
        return Days(min(days.first for days in every), max(days.last for days in every))
