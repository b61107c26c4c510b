"""The work of retirements: on which days each may go, and what it takes of people when it goes on one of them."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cached_property

from waveplan.planning.facts.inventory_facts import InventoryFacts
from waveplan.planning.facts.retirements import ONE_DAY, Retired, Retirements

_A_YEAR_AND_MORE = dt.timedelta(days=400)  # days on from which nothing about people changes but public holidays
_NEVER = dt.date(9000, 1, 1)

Dates = Mapping[str, dt.date]  # by name of what is retired
_Effort = tuple[str, Decimal, int, dt.date]  # team, person-days, days of preparation, and the day they lead to


@dataclass(frozen=True, eq=False)
class Job:
    """One retirement, and the days on which it may be done: working days on which its people are there."""

    retired: Retired
    effort: Mapping[str, Decimal]  # person-days by team
    crew: Mapping[str, int]  # people on the day by team
    days: tuple[dt.date, ...]
    done: bool = False  # it is gone: its one day is a fact

    @property
    def name(self) -> str:
        """What is retired."""
        return self.retired.name


class RetirementWork:
    """Everything that is retired as jobs, in an inventory in which some of them need people that are limited."""

    def __init__(self, facts: InventoryFacts, retirements: Retirements) -> None:
        self._facts = facts
        self.retirements = retirements
        self._teams = {team.id: team for team in facts.inventory.teams}
        self._weeks: dict[_Effort, Mapping[dt.date, Fraction]] = {}
        self._offered: dict[_Effort, bool] = {}

    @cached_property
    def is_any(self) -> bool:
        """Whether some retirement takes anything of a team: else each goes on its first day."""
        return any(self.effort(each) or self.crew(each) for each in self.retirements.all.values())

    def effort(self, retired: Retired) -> Mapping[str, Decimal]:
        """Person-days of known teams."""
        found = {} if retired.item is None else retired.item.effort
        return {team: days for team, days in found.items() if days and team in self._teams}

    def crew(self, retired: Retired) -> Mapping[str, int]:
        """People of known teams on the day itself."""
        found = {} if retired.item is None else retired.item.entry.crew
        return {team: people for team, people in found.items() if people and team in self._teams}

    @cached_property
    def jobs(self) -> tuple[Job, ...]:
        """Every retirement, consumers before what they consume."""
        return tuple(self._job(self.retirements.all[name]) for name in self.retirements.order)

    def _job(self, retired: Retired) -> Job:
        effort, crew = self.effort(retired), self.crew(retired)
        if retired.name in self._facts.gone:
            return Job(retired, effort, crew, (self._facts.gone[retired.name],), done=True)
        limit = self.retirements.latest.get(retired.name)
        last = min(self.horizon, limit.day) if limit is not None else self.horizon
        day = max(retired.floor, self._facts.start + ONE_DAY)
        if self._facts.as_of is not None:
            day = max(day, self._facts.as_of + ONE_DAY)
        days: list[dt.date] = []
        while day <= last:
            if self._facts.calendar.is_working_day(retired.sites, day) and self._can(retired, effort, crew, day):
                days.append(day)
            day += ONE_DAY
        return Job(retired, effort, crew, tuple(days))

    def _can(self, retired: Retired, effort: Mapping[str, Decimal], crew: Mapping[str, int], day: dt.date) -> bool:
        """Whether the people would do if there were nothing else for them to do."""
        for team, people in crew.items():
            there = self._facts.calendar.team_crew(team, day)
            if there is not None and people > there:
                return False
        return all(self._is_offered(retired, team, days, day) for team, days in effort.items())

    def _is_offered(self, retired: Retired, team: str, effort: Decimal, day: dt.date) -> bool:
        """Whether a team alone could give that effort before a day."""
        key = (team, effort, self._preparation(retired), day)
        if key not in self._offered:
            weeks = self.weeks(retired, team, effort, day)
            offers = ((self._facts.calendar.team_offer(team, monday), used) for monday, used in weeks.items())
            nobody = not weeks and self._teams[team].person_days_per_week is not None
            self._offered[key] = not nobody and all(offer is None or used <= offer for offer, used in offers)
        return self._offered[key]

    def _preparation(self, retired: Retired) -> int:
        assert retired.item is not None
        return self._facts.items.policy_of(retired.item).preparation_days

    def weeks(self, retired: Retired, team: str, effort: Decimal, day: dt.date) -> Mapping[dt.date, Fraction]:
        """Person-days of a team by Monday, when a retirement is on a day."""
        length = self._preparation(retired)
        key = (team, effort, length, day)  # many are alike
        if key not in self._weeks:
            shares = self._facts.calendar.effort_weeks(team, self._facts.calendar.preparation_days(length, day))
            self._weeks[key] = {monday: Fraction(effort) * share for monday, share in shares.items()}
        return self._weeks[key]

    @cached_property
    def horizon(self) -> dt.date:
        """A day by which every retirement can be over if it can be at all.

        A year and more after the last day on which anything else happens, or anything about people changes.
        """
        days = [self._facts.inventory.programme.deadline, *(each.floor for each in self.retirements.all.values())]
        for team in self._teams.values():
            ends = (absence.last for absence in team.absences)
            days += [end.date() if isinstance(end, dt.datetime) else end for end in ends if isinstance(end, dt.date)]
            if team.available is not None:
                days += [each for each in (team.available.first, team.available.last) if each is not None]
        longest = max(policy.preparation_days for policy in self._facts.items.policies.values())
        care = max((item.hypercare_hours for item in self._facts.items.planned), default=Decimal(0))
        known = (min(day, _NEVER) for day in days)
        rest = dt.timedelta(days=longest + int(care) // 24 + 2 * len(self.retirements.all))
        return max(known) + rest + _A_YEAR_AND_MORE

    def loads(self, dates: Dates) -> Mapping[tuple[str, dt.date], Fraction]:
        """Person-days by team and Monday of retirements on these days."""
        found: dict[tuple[str, dt.date], Fraction] = defaultdict(Fraction)
        for retired in self.retirements.all.values():
            for team, effort in self.effort(retired).items():
                for monday, used in self.weeks(retired, team, effort, dates[retired.name]).items():
                    found[team, monday] += used
        return found


Weeks = Mapping[tuple[str, dt.date], Fraction]  # person-days by team and Monday


def peak_of(facts: InventoryFacts, used: Weeks, beside: Weeks) -> Fraction:
    """The highest ratio of person-days used to offered."""
    peak = Fraction(0)
    for team, monday in {*used, *beside}:
        offer = facts.calendar.team_offer(team, monday)
        if offer:
            peak = max(peak, (used.get((team, monday), Fraction(0)) + beside.get((team, monday), Fraction(0))) / offer)
    return peak
