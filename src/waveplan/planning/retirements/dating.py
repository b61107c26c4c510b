"""Dates of retirements once the waves stand: each as early as the people allow, in the order in which they wait."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping
from fractions import Fraction

from waveplan.engine.problem import Position
from waveplan.planning.facts.facts import PlanningFacts
from waveplan.planning.facts.retirement_work import Dates, Job
from waveplan.planning.stating.ends import Ends, weeks_used

Placed = Mapping[str, Position]


class Waves:
    """What waves that stand take of people, and when they leave retirements free to go."""

    def __init__(self, facts: PlanningFacts, placed: Placed) -> None:
        self.facts = facts
        self.ends = Ends(facts, placed, {})
        self._placed = placed
        self.used = weeks_used(facts, placed)
        self.crew = self._crews()

    def _crews(self) -> Mapping[tuple[str, dt.date], int]:
        """People by team and day in windows, days of rest included."""
        rest = {team.id: dt.timedelta(days=team.rest_days) for team in self.facts.inventory.teams}
        found: dict[tuple[str, dt.date], int] = defaultdict(int)
        for lot in self.facts.lots:
            if lot.id in self._placed and lot.crew:
                slot = self.facts.slots[self._placed[lot.id].slot]
                days = self.facts.calendar.run_days(slot, self.facts.zone(lot))
                for team, people in lot.crew.items():
                    day = days.first
                    while team in rest and day <= days.last + rest[team]:
                        found[team, day] += people
                        day += dt.timedelta(days=1)
        return found


def first_dates(waves: Waves) -> Dates | None:
    """Each retirement on the first day that those before it leave; None when that leads nowhere."""
    facts = waves.facts
    used, crew = defaultdict(Fraction, waves.used), defaultdict(int, waves.crew)
    found: dict[str, dt.date] = {}
    for job in facts.retirement_work.jobs:
        first = facts.retirements.first_day(job.retired, waves.ends.last_day, waves.ends.left.get, found)
        fitting = (day for day in job.days if job.done or (day >= first and _fits(facts, job, day, used, crew)))
        day = next(fitting, None)
        if day is None:
            return None
        found[job.name] = day
        for team, people in job.crew.items():
            crew[team, day] += people
        for team, effort in job.effort.items():
            for monday, days in facts.retirement_work.weeks(job.retired, team, effort, day).items():
                used[team, monday] += days
    return found


def _fits(
    facts: PlanningFacts,
    job: Job,
    day: dt.date,
    used: Mapping[tuple[str, dt.date], Fraction],
    crew: Mapping[tuple[str, dt.date], int],
) -> bool:
    for team, people in job.crew.items():
        there = facts.calendar.team_crew(team, day)
        if there is not None and crew.get((team, day), 0) + people > there:
            return False
    for team, effort in job.effort.items():
        for monday, days in facts.retirement_work.weeks(job.retired, team, effort, day).items():
            offer = facts.calendar.team_offer(team, monday)
            if offer is not None and used.get((team, monday), Fraction(0)) + days > offer:
                return False
    return True
