"""One programme's calendar: its slots, and every question about days that rules ask."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from decimal import ROUND_FLOOR, Decimal
from fractions import Fraction
from functools import cached_property

from waveplan.change_calendar import working_days as places
from waveplan.change_calendar.closures import Closures, Place, closures_of
from waveplan.change_calendar.gates import FURTHEST, gate_day
from waveplan.change_calendar.knowledge import stage_days
from waveplan.change_calendar.sessions import is_session, last_session
from waveplan.change_calendar.slots import Slot, occurrences, zone_named
from waveplan.change_calendar.spans import ONE_DAY, Days, days_of, elapsed, monday_of, weeks_of_months
from waveplan.change_calendar.stood import with_stood
from waveplan.domain.identifiers import SlotId
from waveplan.domain.inventory import Inventory, KnowledgeTransfer, Site, Team
from waveplan.domain.periods import Absence, Period
from waveplan.domain.policy import Committee, Gate, Rehearsal
from waveplan.domain.scalars import weekday_number
from waveplan.domain.standing import Stood

_A_YEAR = dt.timedelta(days=366)


class ChangeCalendar:
    """Calendar of an inventory whose zones and countries are valid (validation says when they are not).

    Days are `datetime.date` in programme time unless a method says otherwise.
    """

    def __init__(self, inventory: Inventory, stood: Iterable[Stood] = ()) -> None:
        """`stood` are slots in which waves have cut over: they are slots whatever the inventory says by now."""
        self._inventory = inventory
        self._stood = tuple(stood)
        self.zone = zone_named(inventory.programme.timezone)
        self._spreads: dict[tuple[str, dt.date, dt.date], Mapping[dt.date, Fraction]] = {}
        self._rehearsed: dict[tuple[str, dt.date], dt.date | None] = {}
        self._spans: dict[tuple[str, Decimal | None, str | None], Days] = {}  # asked for again by every team and lot
        self._closures: dict[tuple[int, Place], tuple[Period, Closures]] = {}  # by identity: periods are kept with them
        self._shares: dict[tuple[str, dt.date], Decimal] = {}
        self.start = inventory.programme.start
        self.deadline = inventory.programme.deadline
        self._sites = {site.id: site for site in inventory.sites}
        self._teams = {team.id: team for team in inventory.teams}
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

    def run_days(self, slot: Slot, zone: str | None = None) -> Days:
        """Days on which a window runs for a lot of that zone: what crews compare."""
        key = (slot.id, None, zone)
        if key not in self._spans:
            self._spans[key] = days_of(*slot.span(zone), self.zone)
        return self._spans[key]

    def hypercare_end(self, slot: Slot, hours: Decimal, zone: str | None = None) -> dt.datetime:
        """When hypercare of so many elapsed hours after the window's end is over; in the slot's zone."""
        return elapsed(slot.span(zone)[1], hours)

    def hypercare_days(self, slot: Slot, hours: Decimal, zone: str | None = None) -> Days:
        """Calendar days from the window's end to the end of hypercare."""
        key = (slot.id, hours, zone)
        if key not in self._spans:
            end = slot.span(zone)[1]
            self._spans[key] = days_of(end, elapsed(end, hours), self.zone)
        return self._spans[key]

    def point_of_no_return(self, slot: Slot, rollback_hours: Decimal, zone: str | None = None) -> dt.datetime:
        """Latest moment at which a rollback of so many hours still fits the window; in the slot's zone."""
        return elapsed(slot.span(zone)[1], -rollback_hours)

    # --- freezes, blackouts and absences ---------------------------------------------------------------------------

    def closures(self, period: Period, place: Place = (None, None)) -> Closures:
        """Occurrences of a period, from some weeks before the programme to long after every window of it.

        Working days are those of the country that the period names, else of the place.
        """
        own = (period.country, period.subdivision) if period.country else place
        key = (id(period), own)
        if key not in self._closures:
            self._closures[key] = period, closures_of(period, own, self.zone, self._watched)
        return self._closures[key][1]

    @cached_property
    def _watched(self) -> Days:
        """Days in which what recurs matters: the programme, and what leads up to it or runs on after it."""
        last = max((slot.days(None).last for slot in self.slots), default=self.deadline)
        return Days(self.start - 60 * ONE_DAY, max(last, self.deadline) + 60 * ONE_DAY)

    # --- holidays and working days ---------------------------------------------------------------------------------

    def holiday(self, site: str, day: dt.date, language: str | None = None) -> str | None:
        """Name of the public holiday at a site on a day, or none."""
        place = self._sites[site]
        return places.holiday_name(place.country, place.subdivision, day, language)

    def is_working_day(self, sites: Iterable[str], day: dt.date) -> bool:
        """Whether a day is neither weekend nor public holiday at any of the sites; without sites, not a weekend."""
        found = [self._sites[site] for site in sites]
        if not found:
            return places.is_working_day(None, None, day)
        return all(places.is_working_day(site.country, site.subdivision, day) for site in found)

    def working_day_on_or_before(self, sites: Iterable[str], day: dt.date) -> dt.date:
        """The last day, not after the given one, that is a working day at all the sites."""
        ids = tuple(sites)
        while not self.is_working_day(ids, day):
            day -= ONE_DAY
        return day

    def working_day_on_or_after(self, sites: Iterable[str], day: dt.date) -> dt.date:
        """The first day, not before the given one, that is a working day at all the sites."""
        ids = tuple(sites)
        while not self.is_working_day(ids, day):
            day += ONE_DAY
        return day

    def working_day_after(self, sites: Iterable[str], day: dt.date, count: int = 1) -> dt.date:
        """The count-th working day of all the sites after a day; the day itself for a count of 0."""
        ids = tuple(sites)
        for _ in range(count):
            day += ONE_DAY
            while not self.is_working_day(ids, day):
                day += ONE_DAY
        return day

    def exit_day(self, site: Site, last_day: dt.date) -> dt.date:
        """When a site is empty, erased and proven so: its decommission (working) days after the last day in use."""
        return self.working_day_after((site.id,), last_day, site.decommission_days)

    def last_use_for_exit(self, site: Site, exit_day: dt.date) -> dt.date:
        """The last day on which a site may be in use so that it is empty and proven so on or before a day."""
        day = exit_day
        for _ in range(site.decommission_days):
            day = self.working_day_on_or_before((site.id,), day) - ONE_DAY
        return day

    # --- gates, preparation, rehearsals -----------------------------------------------------------------------------

    def gate_at_latest(self, gate: Gate, cutover: dt.date) -> dt.date:
        """The last day on which a gate may fall, whatever sites its wave has."""
        day = cutover - dt.timedelta(days=gate.least_days_before)
        committee = self._committee(gate)
        return last_session(committee, day) if committee else day

    def gate_date(self, gate: Gate, cutover: dt.date, sites: Iterable[str]) -> dt.date:
        """A gate's day for a wave with those source, target and service sites."""
        ids = tuple(sites)
        earliest = min(cutover, self.start) - FURTHEST * ONE_DAY

        def works(day: dt.date) -> bool:
            return self.is_working_day(ids, day)

        return gate_day(gate, cutover, works, self.sittings(gate), earliest)

    def sittings(self, gate: Gate) -> Callable[[dt.date], bool] | None:
        """Whether a gate's committee sits on a day; none for a gate that keeps to no sessions."""
        committee = self._committee(gate)
        return (lambda day: is_session(committee, day)) if committee else None

    def _committee(self, gate: Gate) -> Committee | None:
        return self._committees.get(gate.committee) if gate.at_session and gate.committee else None

    def preparation_days(self, days: int, cutover: dt.date) -> Days:
        """The preparation before a cutover; `last` lies before `first` when there is none."""
        return Days(cutover - dt.timedelta(days=days), cutover - ONE_DAY)

    def rehearsal_span(self, rehearsal: Rehearsal, cutover: dt.date) -> Days:
        """The day of a rehearsal, so many days before, and a year of days before it on which people may take part."""
        day = cutover - dt.timedelta(days=rehearsal.days_before)
        return Days(day - _A_YEAR, day)

    def rehearsal_day(self, rehearsal: Rehearsal, cutover: dt.date, team: str) -> dt.date | None:
        """The day on which a team takes part: the last of its working days up to then on which any of it is there."""
        span = self.rehearsal_span(rehearsal, cutover)
        key = (team, span.last)
        if key not in self._rehearsed:
            there = (day for day in reversed(list(span)) if self._presence(team, day))
            self._rehearsed[key] = next(there, None)
        return self._rehearsed[key]

    def knowledge_days(self, transfer: KnowledgeTransfer, cutover: dt.date) -> tuple[Days, ...]:
        """Days of each stage of a knowledge transfer before a cutover, on working days of its first team's place."""
        place = self._teams.get(transfer.lead_team or "")
        if place is None:
            return stage_days(transfer.stages, cutover)
        return stage_days(transfer.stages, cutover, place.country, place.subdivision)

    # --- people ----------------------------------------------------------------------------------------------------

    def team_working_days(self, team: str, days: Days) -> list[dt.date]:
        """The team's weekdays less its public holidays; absences do not count here."""
        place = self._teams[team]
        return places.working_days(place.country, place.subdivision, days.first, days.last)

    def effort_shares(self, team: str, days: Days) -> Mapping[dt.date, Fraction]:
        """How a team's effort falls on its working days among some: in proportion to the share of it that is there.

        The shares add up to 1; there are none when nobody is there on any of the days.
        """
        key = (team, days.first, days.last)
        if key not in self._spreads:
            there = {day: share for day in days if (share := self._presence(team, day))}
            whole = sum(there.values(), Fraction(0))
            self._spreads[key] = {day: share / whole for day, share in there.items()}
        return self._spreads[key]

    def _presence(self, team: str, day: dt.date) -> Fraction:
        """Share of a team that is at work on a day: nobody on its days off."""
        place = self._teams[team]
        if not places.is_working_day(place.country, place.subdivision, day):
            return Fraction(0)
        return Fraction(self.team_share(team, day))

    def team_share(self, team: str, day: dt.date) -> Decimal:
        """Share of the team that is there: 0 outside its availability, the lowest share of its absences on that day.

        An absence counts on every day that it touches.
        """
        key = (team, day)
        if key not in self._shares:
            self._shares[key] = self._share(self._teams[team], day)
        return self._shares[key]

    def _share(self, member: Team, day: dt.date) -> Decimal:
        available = member.available
        if available and available.first and day < available.first:
            return Decimal(0)
        if available and available.last and day > available.last:
            return Decimal(0)
        return min((each.capacity for each in member.absences if self._absent(member, each, day)), default=Decimal(1))

    def _absent(self, member: Team, absence: Absence, day: dt.date) -> bool:
        if absence.days and day.weekday() not in {weekday_number(each) for each in absence.days}:
            return False
        return self.closures(absence, (member.country, member.subdivision)).holds(day)

    def team_offer(self, team: str, monday: dt.date) -> Fraction | None:
        """Person-days the team offers in the week of a Monday: a fifth of its week per working day × share.

        None is no limit. A team without person-days still offers 0 in a week in which it is never there.
        """
        weekly = self._teams[team].person_days_per_week
        days = self.team_working_days(team, Days(monday, monday + dt.timedelta(days=6)))
        present = sum((Fraction(self.team_share(team, day)) for day in days), Fraction(0))
        if weekly is None:
            return None if present else Fraction(0)
        return Fraction(weekly) / 5 * present

    def weeks_of_months(self, mondays: Iterable[dt.date]) -> list[dt.date]:
        """Every week of the months from the first of these weeks to the last, as far as the programme lasts."""
        known = sorted(mondays)
        if not known:
            return []
        begin, end = monday_of(self.start), monday_of(self.deadline)
        return [monday for monday in weeks_of_months(known[0], known[-1]) if begin <= monday <= end]

    def team_crew(self, team: str, day: dt.date) -> int | None:
        """People the team can seat in windows on a day, rounded down; none = no limit."""
        return self._shrunk(self._teams[team].crew, team, day)

    def team_on_call(self, team: str, day: dt.date) -> int | None:
        """People the team can have in hypercare on a day, rounded down; none = no limit."""
        return self._shrunk(self._teams[team].on_call, team, day)

    def _shrunk(self, people: int | None, team: str, day: dt.date) -> int | None:
        if people is None:
            return None if self.team_share(team, day) else 0
        return int((people * self.team_share(team, day)).to_integral_value(ROUND_FLOOR))

    @staticmethod
    def monday_of(day: dt.date) -> dt.date:
        """The Monday of a day's ISO week."""
        return monday_of(day)
