"""When teams are there, and what they offer."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping
from decimal import ROUND_FLOOR, Decimal
from fractions import Fraction
from functools import cached_property

from waveplan.change_calendar import working_days as places
from waveplan.change_calendar.closures import Closures, Place, closures_of
from waveplan.change_calendar.slots import zone_named
from waveplan.change_calendar.spans import ONE_DAY, Days, monday_of
from waveplan.domain.inventory import Inventory
from waveplan.domain.people import Team
from waveplan.domain.periods import Absence, Period
from waveplan.domain.policy import Rehearsal
from waveplan.domain.scalars import weekday_number

A_YEAR = dt.timedelta(days=366)


class ProgrammeDays:
    """The programme's first and last day and its zone, and the occurrences of periods in it."""

    def __init__(self, inventory: Inventory) -> None:
        self._inventory = inventory
        self.zone = zone_named(inventory.programme.timezone)
        self.start = inventory.programme.start
        self.deadline = inventory.programme.deadline
        self._closures: dict[tuple[int, Place], tuple[Period, Closures]] = {}  # by identity: periods are kept with them

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
        longest = max((window.hours or Decimal(0) for window in self._inventory.calendar.windows), default=Decimal(0))
        return Days(self.start - 60 * ONE_DAY, self.deadline + (60 + int(longest // 24)) * ONE_DAY)


class TeamDays(ProgrammeDays):
    """Each team's working days, presence and offers."""

    def __init__(self, inventory: Inventory) -> None:
        super().__init__(inventory)
        self._teams = {team.id: team for team in inventory.teams}
        self._spreads: dict[tuple[str, dt.date, dt.date], Mapping[dt.date, Fraction]] = {}
        self._by_week: dict[tuple[str, dt.date, dt.date], Mapping[dt.date, Fraction]] = {}
        self._rehearsed: dict[tuple[str, dt.date], dt.date | None] = {}
        self._shares: dict[tuple[str, dt.date], Decimal] = {}
        self._present: dict[tuple[str, dt.date], Decimal] = {}

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
            whole = Fraction(sum(there.values(), Decimal(0)))
            parts = {share: Fraction(share) / whole for share in {*there.values()}}  # few: fractions are slow to make
            self._spreads[key] = {day: parts[share] for day, share in there.items()}
        return self._spreads[key]

    def effort_weeks(self, team: str, days: Days) -> Mapping[dt.date, Fraction]:
        """The same by week, told by its Monday."""
        key = (team, days.first, days.last)
        if key not in self._by_week:
            found: dict[dt.date, Fraction] = defaultdict(Fraction)
            for day, share in self.effort_shares(team, days).items():
                found[monday_of(day)] += share
            self._by_week[key] = dict(found)
        return self._by_week[key]

    def _presence(self, team: str, day: dt.date) -> Decimal:
        """Share of a team that is at work on a day: nobody on its days off."""
        key = (team, day)
        if key not in self._present:
            place = self._teams[team]
            working = places.is_working_day(place.country, place.subdivision, day)
            self._present[key] = self.team_share(team, day) if working else Decimal(0)
        return self._present[key]

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

    def rehearsal_span(self, rehearsal: Rehearsal, cutover: dt.date) -> Days:
        """The day of a rehearsal, so many days before, and a year of days before it on which people may take part."""
        day = cutover - dt.timedelta(days=rehearsal.days_before)
        return Days(day - A_YEAR, day)

    def rehearsal_day(self, rehearsal: Rehearsal, cutover: dt.date, team: str) -> dt.date | None:
        """The day on which a team takes part: the last of its working days up to then on which any of it is there."""
        span = self.rehearsal_span(rehearsal, cutover)
        key = (team, span.last)
        if key not in self._rehearsed:
            self._rehearsed[key] = self.last_present_day(team, span)
        return self._rehearsed[key]

    def last_present_day(self, team: str, span: Days) -> dt.date | None:
        """The last of some days on which any of a team is at work."""
        day = span.last
        while day >= span.first:
            if self._presence(team, day):
                return day
            day -= ONE_DAY
        return None
