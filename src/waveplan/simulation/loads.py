"""What waves take of teams in each place: person-days by week, crews and people on call, from the problem's budgets."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from fractions import Fraction

from waveplan.change_calendar import Days
from waveplan.change_calendar.spans import ONE_DAY
from waveplan.engine.problem import PlanningProblem
from waveplan.engine.problem.limits import Budget
from waveplan.engine.simulation.layout import WHOLE
from waveplan.engine.simulation.problem import CrewLimit, TeamWeek
from waveplan.planning.facts.facts import PlanningFacts

_WEEKS, _PEOPLE = "WP324", ("WP326", "WP327")
Cells = dict[int, list[tuple[int, int]]]  # place → row, amount


class UnitLoads:
    """Rows of weeks and of people, and what each unit brings to them in each place of its stream."""

    def __init__(self, facts: PlanningFacts, problem: PlanningProblem, units: Sequence[Sequence[int]]) -> None:
        self._facts = facts
        self._problem = problem
        self._unit_of = {lot: number for number, lots in enumerate(units) for lot in lots}
        self._teams = {team.id: number for number, team in enumerate(facts.inventory.teams)}
        self._streams = [problem.lot_stream[lots[0]] for lots in units]
        self._pools: dict[int, Mapping[int, int]] = {}
        self.weeks: list[TeamWeek] = []
        self.week_names: list[tuple[str, dt.date]] = []
        self.charges: list[Cells] = [{} for _ in units]
        self.crew_days: list[CrewLimit] = []
        self.crews: list[Cells] = [{} for _ in units]

    def add_weeks(self, home: Mapping[int, int]) -> None:
        """Weeks of all teams with person-days; knowledge transfer counts where the plan has it."""
        for budget in self._problem.budgets:
            if budget.code == _WEEKS:
                team, _, week = budget.name.removeprefix("person-days of ").rpartition(" in ")
                monday = dt.date.fromisocalendar(int(week[:4]), int(week[6:]), 1)
                base = sum(self._prelude(budget, term, home) for term in budget.terms)
                offer = _millionths(budget.offer, budget.scale)
                self.week_names.append((team, monday))
                self.weeks.append(TeamWeek(self._teams[team], self._facts.day(monday), offer, base))
                self._add(budget, self.charges, len(self.weeks) - 1)

    def add_people(self, teams: frozenset[str]) -> None:
        """Crews and people on call of some teams: those that events take people from."""
        for budget in self._problem.budgets:
            if budget.code in _PEOPLE:
                team, _, date = budget.name.partition(" of ")[2].rpartition(" on ")
                if team in teams:
                    day = self._facts.day(dt.date.fromisoformat(date))
                    self.crew_days.append(CrewLimit(self._teams[team], budget.limit, day))
                    self._add(budget, self.crews, len(self.crew_days) - 1, whole=1)

    def offers(self, days: int) -> list[list[int]]:
        """By team: millionths of a person-day offered on each day from the programme's start on."""
        found = []
        calendar, span = self._facts.calendar, Days(self._facts.start, self._facts.start + (days - 1) * ONE_DAY)
        for team in self._facts.inventory.teams:
            row = [0] * days
            if team.person_days_per_week is not None:
                whole = Fraction(team.person_days_per_week) / 5
                for day in calendar.team_working_days(team.id, span):
                    share = Fraction(calendar.team_share(team.id, day))
                    row[self._facts.day(day)] = int(whole * share * WHOLE)
            found.append(row)
        return found

    def _add(self, budget: Budget, cells: list[Cells], row: int, whole: int = WHOLE) -> None:
        brought: dict[tuple[int, int], int] = defaultdict(int)
        for pool, position, weight in budget.terms:
            stream = self._problem.positions[position].stream
            for unit, amount in self._of_pool(pool).items():
                if self._streams[unit] == stream:
                    brought[unit, position] += amount * weight
        for (unit, position), amount in brought.items():
            value = amount * whole // budget.scale
            if value:
                cells[unit].setdefault(position, []).append((row, value))

    def _of_pool(self, pool: int) -> Mapping[int, int]:
        """By unit, what its lots bring of a pool."""
        if pool not in self._pools:
            found: dict[int, int] = defaultdict(int)
            for lot, amount in self._problem.pools[pool].amounts.items():
                if lot in self._unit_of:
                    found[self._unit_of[lot]] += amount
            self._pools[pool] = dict(found)
        return self._pools[pool]

    def _prelude(self, budget: Budget, term: tuple[int, int, int], home: Mapping[int, int]) -> int:
        number, position, weight = term
        pool = self._problem.pools[number]
        if pool.prelude is None:
            return 0
        lots = self._problem.preludes[pool.prelude].lots
        day = min((self._problem.positions[home[lot]].day for lot in lots if lot in home), default=None)
        if day is None or self._problem.day_positions[day] != position:
            return 0
        return _millionths(pool.units * weight, budget.scale)


def _millionths(value: int, scale: int) -> int:
    return value * WHOLE // scale
