"""Retirements beside the waves in one model: their days, their people, and the waves that they wait for."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping
from fractions import Fraction
from math import lcm

from ortools.sat.python import cp_model

from waveplan.change_calendar import iso_week
from waveplan.domain.problem import Budget, PlanningProblem
from waveplan.planning.building.people import week_name
from waveplan.planning.facts import Facts
from waveplan.planning.model.goals import RATIO_SCALE
from waveplan.planning.model.sums import Term, add_at_most
from waveplan.planning.model.variables import Linear, Literal, Variables
from waveplan.planning.retiring import Dates, Job


class RetirementModel:
    """Adds to a model of the waves a day for each retirement, and what ties both together (WP324, WP326, WP338)."""

    def __init__(self, facts: Facts, problem: PlanningProblem, variables: Variables) -> None:
        self._facts = facts
        self._variables = variables
        self._model = variables.model
        self._budgets: Mapping[str, Budget] = {budget.name: budget for budget in problem.budgets}
        self._lot_of = {item.id: index for index, lot in enumerate(facts.lots) for item in lot.items}
        self._days: dict[str, Linear] = {}
        self._on: dict[tuple[str, dt.date], Literal] = {}
        self._loads: dict[tuple[str, dt.date], list[tuple[Fraction, Literal]]] = defaultdict(list)
        self._jobs = facts.retirement_work.jobs

    def add(self) -> bool:
        """Add it all; False when some retirement has no day at all."""
        if not all(job.days for job in self._jobs):
            return False
        for job in self._jobs:
            self._add_job(job)
        for job in self._jobs:
            if not job.done:
                self._add_waiting(job)
        self._add_crews()
        for (team, monday), loads in sorted(self._loads.items(), key=lambda each: each[0]):
            offer = self._facts.calendar.team_offer(team, monday)
            if offer is not None:
                unit, terms = self._terms(team, monday, loads, offer)
                add_at_most(self._model, terms, max(int(offer * unit), self._taken(team, monday, unit)))
        return True

    def _add_job(self, job: Job) -> None:
        numbers = [self._facts.day(day) for day in job.days]
        if not (job.effort or job.crew):
            domain = cp_model.Domain.from_values(numbers)
            self._days[job.name] = self._model.new_int_var_from_domain(domain, f"day of {job.name}")
            return
        literals = [self._model.new_bool_var(f"{job.name} on {day}") for day in job.days]
        self._model.add_exactly_one(literals)
        self._on.update({(job.name, day): literal for day, literal in zip(job.days, literals, strict=True)})
        self._days[job.name] = cp_model.LinearExpr.weighted_sum(literals, numbers)
        for day, literal in zip(job.days, literals, strict=True):
            for team, effort in job.effort.items():
                for monday, used in self._facts.retirement_work.weeks(job.retired, team, effort, day).items():
                    self._loads[team, monday].append((used, literal))

    def _add_waiting(self, job: Job) -> None:
        retirements, mine = self._facts.retirements, self._days[job.name]
        later = {self._lot_of[each.id] for each in retirements.awaited_too(job.name) if each.id in self._lot_of}
        before = {self._lot_of[each.id] for each in retirements.awaited(job.name) if each.id in self._lot_of}
        sites = set(retirements.awaited_sites(job.name))
        before |= {index for index, lot in enumerate(self._facts.lots) if sites.intersection(lot.source_sites)}
        for each in retirements.awaited(job.name):
            if each.id in self._days:
                self._model.add(mine >= self._days[str(each.id)] + 1)
        for lots, gap in ((before, 1), (later, 0)):
            for lot in sorted(lots):
                self._model.add(mine >= self._last_day(lot) + gap)

    def _last_day(self, lot: int) -> Linear:
        positions = self._variables.problem.allowed[lot]
        lasts = [self._variables.problem.hypercare[lot][position][1] for position in positions]
        return cp_model.LinearExpr.weighted_sum([self._variables.starts_in[lot, p] for p in positions], lasts)

    def _taken(self, team: str, monday: dt.date, unit: int) -> int:
        """What is done has taken of a week, where that is more than there is by now; nothing more fits then."""
        budget = self._budgets.get(week_name(team, iso_week(monday)))
        lots = 0 if budget is None else budget.limit * (unit // budget.scale)
        gone = (job for job in self._jobs if job.done and team in job.effort)
        weeks = (
            self._facts.retirement_work.weeks(job.retired, team, job.effort[team], job.days[0]).get(monday, Fraction(0))
            for job in gone
        )
        return max(lots, int(sum(weeks, Fraction(0)) * unit))

    def _add_crews(self) -> None:
        needed: dict[tuple[str, dt.date], list[tuple[int, Literal]]] = defaultdict(list)
        for job in self._jobs:
            for day in job.days if job.crew else ():
                for team, people in job.crew.items():
                    needed[team, day].append((people, self._on[job.name, day]))
        for (team, day), jobs in sorted(needed.items(), key=lambda each: each[0]):
            limit = self._facts.calendar.team_crew(team, day)
            if limit is not None:
                terms: list[Term] = [(people, literal, 1) for people, literal in [*jobs, *self._in_windows(team, day)]]
                fixed = {self._on[job.name, job.days[0]].index for job in self._jobs if job.done and job.crew}
                for _, literal in [each for each in jobs if each[1].index not in fixed]:
                    add_at_most(self._model, terms, limit, [literal])

    def _in_windows(self, team: str, day: dt.date) -> Iterator[tuple[int, Literal]]:
        """People of lots whose window, or whose rest after it, holds a day."""
        rest = next(each.rest_days for each in self._facts.inventory.teams if each.id == team)
        for index, lot in enumerate(self._facts.lots):
            for position in self._variables.problem.allowed[index] if lot.crew.get(team) else ():
                slot = self._facts.slots[self._facts.positions[position].slot]
                days = self._facts.calendar.run_days(slot, self._facts.zone(lot))
                if days.first <= day <= days.last + dt.timedelta(days=rest):
                    yield lot.crew[team], self._variables.starts_in[index, position]

    def _terms(
        self, team: str, monday: dt.date, loads: list[tuple[Fraction, Literal]], offer: Fraction
    ) -> tuple[int, list[Term]]:
        """What lots and retirements take of a week, in a unit that makes every amount and the offer whole."""
        budget = self._budgets.get(week_name(team, iso_week(monday)))
        scale = budget.scale if budget is not None else 1
        unit = lcm(scale, offer.denominator, *(used.denominator for used, _ in loads))
        terms: list[Term] = [(int(used * unit), literal, 1) for used, literal in loads]
        for pool, position, weight in budget.terms if budget is not None else ():
            for amount, literal in self._variables.brought(pool, position):
                terms.append((weight * amount * (unit // scale), literal, 1))
        return unit, terms

    def add_peaks(self, peak: Linear) -> None:
        """Weeks with work of retirements in the peak load; rounded down, so that no plan is lost."""
        for (team, monday), loads in self._loads.items():
            offer = self._facts.calendar.team_offer(team, monday)
            if offer:
                unit, terms = self._terms(team, monday, loads, offer)
                whole = offer * unit
                shares = [(int(amount * RATIO_SCALE / whole), literal) for amount, literal, _ in terms]
                self._model.add(sum(share * literal for share, literal in shares) <= peak)

    def fix(self, name: str, day: dt.date) -> None:
        """Put a retirement on a day for good."""
        self._model.add(self._days[name] == self._facts.day(day))

    @property
    def total(self) -> Linear:
        """Sum of all days: the less, the earlier."""
        return sum(self._days.values())

    def dates(self, value: Mapping[int, int] | tuple[int, ...]) -> Dates:
        """The day of each in a solution."""
        found: dict[str, dt.date] = {}
        for job in self._jobs:
            if job.effort or job.crew:
                found[job.name] = next(day for day in job.days if value[self._on[job.name, day].index])
            else:
                found[job.name] = self._facts.date(value[self._days[job.name].index])
        return found
