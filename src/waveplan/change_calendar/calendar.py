"""One programme's calendar: its slots, and every question about days that rules ask."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from decimal import Decimal
from functools import cached_property

from waveplan.change_calendar.adoption_days import AdoptionDays
from waveplan.change_calendar.gates import FURTHEST, gate_day, is_session, last_session
from waveplan.change_calendar.knowledge import stage_days
from waveplan.change_calendar.slot_tables import SlotTables
from waveplan.change_calendar.slots import Slot, occurrences, with_stood, zone_named
from waveplan.change_calendar.spans import ONE_DAY, Days, days_of, elapsed, monday_of, weeks_of_months
from waveplan.domain.calendar_rules import Committee
from waveplan.domain.identifiers import SlotId
from waveplan.domain.inventory import Inventory
from waveplan.domain.people import KnowledgeTransfer
from waveplan.domain.policy import Gate
from waveplan.domain.standing import Stood


class ChangeCalendar(AdoptionDays):
    """Calendar of an inventory whose zones and countries are valid (validation says when they are not).

    Days are `datetime.date` in programme time unless a method says otherwise.
    """

    def __init__(self, inventory: Inventory, stood: Iterable[Stood] = ()) -> None:
        """`stood` are slots in which waves have cut over: they are slots whatever the inventory says by now."""
        super().__init__(inventory)
        self._stood = tuple(stood)
        self._spans: dict[tuple[str, Decimal | None, str | None], Days] = {}  # asked for again by every team and lot
        self._committees = {committee.id: committee for committee in inventory.committees}

    # --- slots and their spans -------------------------------------------------------------------------------------

    @cached_property
    def slots(self) -> tuple[Slot, ...]:
        """Every slot from the programme's start to its deadline, in order of window start, then window id."""
        windows = self._inventory.calendar.windows
        found = with_stood(self._occurrences(), self._stood, windows, self.zone)
        return tuple(sorted(found, key=lambda slot: slot.order))

    def _occurrences(self) -> list[Slot]:
        zones = [zone_named(site.timezone) for site in self._inventory.sites if site.timezone]
        windows, span = self._inventory.calendar.windows, (self.start, self.deadline)
        return [slot for window in windows for slot in occurrences(window, *span, self.zone, zones)]

    @cached_property
    def gone(self) -> frozenset[str]:
        """Slots in which waves have cut over that the windows no longer give, or give with other hours."""
        found = set(self._occurrences()) if self._stood else set()
        return frozenset(each.id for each in self._stood if self.slots_by_id[SlotId(each.id)] not in found)

    @cached_property
    def slots_by_id(self) -> dict[str, Slot]:
        """Slots by id."""
        return {slot.id: slot for slot in self.slots}

    @cached_property
    def tables(self) -> SlotTables:
        """What slots are for lots of a zone, by place among `slots`."""
        return SlotTables(self.slots, self.zone)

    def run_days(self, slot: Slot, zone: str | None = None) -> Days:
        """Days on which a window runs for a lot of that zone: what crews compare."""
        key = (slot.id, None, zone if slot.site_zone else None)
        if key not in self._spans:
            self._spans[key] = days_of(*slot.span(zone), self.zone)
        return self._spans[key]

    def hypercare_end(self, slot: Slot, hours: Decimal, zone: str | None = None) -> dt.datetime:
        """When hypercare of so many elapsed hours after the window's end is over; in the slot's zone."""
        return elapsed(slot.span(zone)[1], hours)

    def hypercare_days(self, slot: Slot, hours: Decimal, zone: str | None = None) -> Days:
        """Calendar days from the window's end to the end of hypercare."""
        key = (slot.id, hours, zone if slot.site_zone else None)
        if key not in self._spans:
            end = slot.span(zone)[1]
            self._spans[key] = days_of(end, elapsed(end, hours), self.zone)
        return self._spans[key]

    def point_of_no_return(self, slot: Slot, rollback_hours: Decimal, zone: str | None = None) -> dt.datetime:
        """Latest moment at which a rollback of so many hours still fits the window; in the slot's zone."""
        return elapsed(slot.span(zone)[1], -rollback_hours)

    # --- gates, preparation, rehearsals -----------------------------------------------------------------------------

    def gate_at_latest(self, gate: Gate, cutover: dt.date) -> dt.date:
        """The last day on which a gate may fall, whatever sites its wave has."""
        day = cutover - dt.timedelta(days=gate.least_days_before)
        committee = self._committee(gate)
        return last_session(committee, day) if committee else day

    def gate_date(self, gate: Gate, cutover: dt.date, sites: Iterable[str]) -> dt.date:
        """A gate's day for a wave with those source, target and service sites."""
        earliest = min(cutover, self.start) - FURTHEST * ONE_DAY
        return gate_day(gate, cutover, self.work_days(sites), self._committee(gate), earliest)

    def sittings(self, gate: Gate) -> Callable[[dt.date], bool] | None:
        """Whether a gate's committee sits on a day; none for a gate that keeps to no sessions."""
        committee = self._committee(gate)
        return (lambda day: is_session(committee, day)) if committee else None

    def _committee(self, gate: Gate) -> Committee | None:
        return self._committees.get(gate.committee) if gate.at_session and gate.committee else None

    def preparation_days(self, days: int, cutover: dt.date) -> Days:
        """The preparation before a cutover; `last` lies before `first` when there is none."""
        return Days(cutover - dt.timedelta(days=days), cutover - ONE_DAY)

    def knowledge_days(self, transfer: KnowledgeTransfer, cutover: dt.date) -> tuple[Days, ...]:
        """Days of each stage of a knowledge transfer before a cutover, on working days of its first team's place."""
        place = self._teams.get(transfer.lead_team or "")
        if place is None:
            return stage_days(transfer.stages, cutover)
        return stage_days(transfer.stages, cutover, place.country, place.subdivision)

    def weeks_of_months(self, mondays: Iterable[dt.date]) -> list[dt.date]:
        """Every week of the months from the first of these weeks to the last, as far as the programme lasts."""
        known = sorted(mondays)
        if not known:
            return []
        begin, end = monday_of(self.start), monday_of(self.deadline)
        return [monday for monday in weeks_of_months(known[0], known[-1]) if begin <= monday <= end]

    @staticmethod
    def monday_of(day: dt.date) -> dt.date:
        """The Monday of a day's ISO week."""
        return monday_of(day)
