"""When teams are there, and what they offer."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from decimal import ROUND_FLOOR, Decimal
from fractions import Fraction
from functools import cached_property
from math import lcm

from waveplan.change_calendar.closures import Closures, closures_of
from waveplan.change_calendar.presence import Presence
from waveplan.change_calendar.slots import zone_named
from waveplan.change_calendar.spans import ONE_DAY, Days, monday_of
from waveplan.change_calendar.work_days import Place, WorkDays, work_days
from waveplan.domain.inventory import Inventory
from waveplan.domain.people import Team
from waveplan.domain.periods import Period
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
        self._working: dict[tuple[str, dt.date, dt.date], Mapping[dt.date, Fraction]] = {}
        self._rehearsed: dict[tuple[str, dt.date], dt.date | None] = {}
        self._offers: dict[tuple[str, dt.date], Fraction | None] = {}
        self._shares: dict[tuple[str, int], list[Decimal]] = {}
        self._present: dict[str, Presence] = {}

    def team_working_days(self, team: str, days: Days) -> list[dt.date]:
        """The team's weekdays less its public holidays; absences do not count here."""
        return self._work_of(team).between(days.first, days.last)

    def _work_of(self, team: str) -> WorkDays:
        member = self._teams[team]
        return work_days(frozenset(((member.country, member.subdivision),)))

    def working_weeks(self, team: str, days: Days) -> Mapping[dt.date, Fraction]:
        """By Monday, the share of the team's working days among some that a week has; absences do not count here."""
        key = (team, days.first, days.last)
        if key not in self._working:
            working = self.team_working_days(team, days)
            numbers = Counter(map(monday_of, working))
            self._working[key] = {monday: Fraction(number, len(working)) for monday, number in numbers.items()}
        return self._working[key]

    def effort_shares(self, team: str, days: Days) -> Mapping[dt.date, Fraction]:
        """How a team's effort falls on its working days among some: in proportion to the share of it that is there.

        The shares add up to 1; there are none when nobody is there on any of the days.
        """
        key = (team, days.first, days.last)
        if key not in self._spreads:
            there = {day: share for day in self.team_working_days(team, days) if (share := self.team_share(team, day))}
            whole = Fraction(sum(there.values(), Decimal(0)))
            parts = {share: Fraction(share) / whole for share in {*there.values()}}  # few: fractions are slow to make
            self._spreads[key] = {day: parts[share] for day, share in there.items()}
        return self._spreads[key]

    def effort_weeks(self, team: str, days: Days) -> Mapping[dt.date, Fraction]:
        """The same by week, told by its Monday."""
        key = (team, days.first, days.last)
        if key not in self._by_week:
            self._by_week[key] = dict(self._presence(team).by_week(days))
        return self._by_week[key]

    def _presence(self, team: str) -> Presence:
        if team not in self._present:
            unit = lcm(1, *(each.capacity.as_integer_ratio()[1] for each in self._teams[team].absences))
            self._present[team] = Presence(unit, lambda year: self._units_of_year(team, year, unit))
        return self._present[team]

    def _units_of_year(self, team: str, year: int, unit: int) -> list[int]:
        """Day by day the share of a team that is at work, in so many parts of a whole one: none on its days off."""
        begin = dt.date(year, 1, 1)
        found = [0] * len(shares := self._shares_of(team, year))
        whole = {share: int(share * unit) for share in {*shares}}
        for day in self._work_of(team).between(begin, dt.date(year, 12, 31)):
            number = (day - begin).days
            found[number] = whole[shares[number]]
        return found

    def team_share(self, team: str, day: dt.date) -> Decimal:
        """Share of the team that is there: 0 outside its availability, the lowest share of its absences on that day.

        An absence counts on every day that it touches.
        """
        return self._shares_of(team, day.year)[day.toordinal() - dt.date(day.year, 1, 1).toordinal()]

    def _shares_of(self, team: str, year: int) -> list[Decimal]:
        key = (team, year)
        if key not in self._shares:
            self._shares[key] = self._shares_of_year(self._teams[team], year)
        return self._shares[key]

    def _shares_of_year(self, member: Team, year: int) -> list[Decimal]:
        year_days = Days(dt.date(year, 1, 1), dt.date(year, 12, 31))
        shares = [Decimal(1)] * year_days.number
        for absence in member.absences:
            weekdays = {weekday_number(each) for each in absence.days}
            closures = self.closures(absence, (member.country, member.subdivision))
            for closure in closures.between(year_days.first, year_days.last):
                for number, day in year_days.within(closure.days):
                    if not weekdays or day.weekday() in weekdays:
                        shares[number] = min(shares[number], absence.capacity)
        there = member.available
        if there is not None:
            for number, day in enumerate(year_days):
                if (there.first and day < there.first) or (there.last and day > there.last):
                    shares[number] = Decimal(0)
        return shares

    def team_offer(self, team: str, monday: dt.date) -> Fraction | None:
        """Person-days the team offers in the week of a Monday: a fifth of its week per working day × share.

        None is no limit. A team without person-days still offers 0 in a week in which it is never there.
        """
        key = (team, monday)
        if key not in self._offers:
            self._offers[key] = self._offer(team, monday)
        return self._offers[key]

    def _offer(self, team: str, monday: dt.date) -> Fraction | None:
        weekly = self._teams[team].person_days_per_week
        present = self._presence(team).on(Days(monday, monday + dt.timedelta(days=6)))
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
        there = (day for day in reversed(self.team_working_days(team, span)) if self.team_share(team, day))
        return next(there, None)
