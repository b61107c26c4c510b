"""Retirements beside the waves in one model: their days, their people, and the waves that they wait for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import lcm

from ortools.sat.python import cp_model

from waveplan.engine.model.goals import RATIO_SCALE
from waveplan.engine.model.sums import Term, add_at_most
from waveplan.engine.model.variables import Linear, Literal, Variables
from waveplan.engine.problem.limits import Budget

TeamWeek = tuple[str, int]  # a team, and the day of a Monday; days count from the programme's start
TeamDay = tuple[str, int]  # a team and a day
Days = Mapping[str, int]  # retirement → its day


@dataclass(frozen=True, slots=True)
class Retirement:
    """Something that goes on one of its days, and what it takes of people if it goes then."""

    name: str
    days: tuple[int, ...]
    loads: Mapping[int, Mapping[TeamWeek, Fraction]]  # day → person-days
    crew: Mapping[str, int]  # people on the day by team
    takes_people: bool
    done: bool  # it is gone: its one day is a fact
    after: tuple[str, ...]  # retirements that it comes at least a day after
    lots_before: tuple[int, ...]  # lots whose hypercare ends before its day
    lots_beside: tuple[int, ...]  # lots whose hypercare ends on its day or before


@dataclass(frozen=True, slots=True)
class CrewDay:
    """People of a team on a day: how many there are, and who is needed by lots in windows (people, lot, position)."""

    limit: int
    in_windows: tuple[tuple[int, int, int], ...]


@dataclass(frozen=True, slots=True)
class RetirementProblem:
    """All retirements, and the people that they share with the waves; what is not limited is left out."""

    retirements: tuple[Retirement, ...]
    offers: Mapping[TeamWeek, Fraction]  # person-days
    budgets: Mapping[TeamWeek, Budget]  # what lots take of a week
    crews: Mapping[TeamDay, CrewDay]

    @property
    def codes(self) -> frozenset[str]:
        """Codes of the findings that the check gives when what is stated here is not kept."""
        days = {"WP325", "WP338"} if self.retirements else set()
        return frozenset(days | ({"WP324"} if self.offers else set()) | ({"WP326"} if self.crews else set()))


class RetirementModel:
    """Adds to a model of the waves a day for each retirement, and what ties both together (WP324, WP326, WP338)."""

    def __init__(self, problem: RetirementProblem, variables: Variables) -> None:
        self._problem = problem
        self._variables = variables
        self._model = variables.model
        self._days: dict[str, Linear] = {}
        self._on: dict[tuple[str, int], Literal] = {}
        self._loads: dict[TeamWeek, list[tuple[Fraction, Literal]]] = defaultdict(list)

    def add(self) -> bool:
        """Add it all; False when some retirement has no day at all."""
        every = self._problem.retirements
        if not all(each.days for each in every):
            return False
        for each in every:
            self._add_days(each)
        for each in every:
            if not each.done:
                self._add_waiting(each)
        self._add_crews()
        for week, loads in sorted(self._loads.items(), key=lambda each: each[0]):
            offer = self._problem.offers.get(week)
            if offer is not None:
                unit, terms = self._terms(week, loads, offer)
                add_at_most(self._model, terms, max(int(offer * unit), self._taken(week, unit)))
        return True

    def _add_days(self, each: Retirement) -> None:
        if not each.takes_people:
            domain = cp_model.Domain.from_values(each.days)
            self._days[each.name] = self._model.new_int_var_from_domain(domain, f"day of {each.name}")
            return
        literals = [self._model.new_bool_var(f"{each.name} on {day}") for day in each.days]
        self._model.add_exactly_one(literals)
        self._days[each.name] = cp_model.LinearExpr.weighted_sum(literals, each.days)
        for day, literal in zip(each.days, literals, strict=True):
            self._on[each.name, day] = literal
            for week, used in each.loads[day].items():
                self._loads[week].append((used, literal))

    def _add_waiting(self, each: Retirement) -> None:
        mine = self._days[each.name]
        for name in each.after:
            self._model.add(mine >= self._days[name] + 1)
        for lots, gap in ((each.lots_before, 1), (each.lots_beside, 0)):
            for lot in lots:
                self._model.add(mine >= self._last_day(lot) + gap)

    def _last_day(self, lot: int) -> Linear:
        positions = self._variables.problem.allowed[lot]
        lasts = [self._variables.problem.hypercare[lot][position][1] for position in positions]
        return cp_model.LinearExpr.weighted_sum([self._variables.starts_in[lot, p] for p in positions], lasts)

    def _taken(self, week: TeamWeek, unit: int) -> int:
        """What is done has taken of a week, where that is more than there is by now; nothing more fits then."""
        budget = self._problem.budgets.get(week)
        lots = 0 if budget is None else budget.limit * (unit // budget.scale)
        gone = (each.loads[each.days[0]] for each in self._problem.retirements if each.done and each.takes_people)
        return max(lots, int(sum((loads.get(week, Fraction(0)) for loads in gone), Fraction(0)) * unit))

    def _add_crews(self) -> None:
        needed: dict[TeamDay, list[tuple[int, Literal]]] = defaultdict(list)
        with_crew = [each for each in self._problem.retirements if each.crew]
        fixed = {self._on[each.name, each.days[0]].index for each in with_crew if each.done}
        for each in with_crew:
            for day in each.days:
                for team, people in each.crew.items():
                    needed[team, day].append((people, self._on[each.name, day]))
        for key, retirements in sorted(needed.items(), key=lambda each: each[0]):
            crew = self._problem.crews.get(key)
            if crew is not None:
                starts = self._variables.starts_in
                terms: list[Term] = [(people, literal, 1) for people, literal in retirements]
                terms += [(people, starts[lot, position], 1) for people, lot, position in crew.in_windows]
                for _, literal in [each for each in retirements if each[1].index not in fixed]:
                    add_at_most(self._model, terms, crew.limit, [literal])

    def _terms(self, week: TeamWeek, loads: list[tuple[Fraction, Literal]], offer: Fraction) -> tuple[int, list[Term]]:
        """What lots and retirements take of a week, in a unit that makes every amount and the offer whole."""
        budget = self._problem.budgets.get(week)
        scale = budget.scale if budget is not None else 1
        unit = lcm(scale, offer.denominator, *(used.denominator for used, _ in loads))
        terms: list[Term] = [(int(used * unit), literal, 1) for used, literal in loads]
        for pool, position, weight in budget.terms if budget is not None else ():
            for amount, literal in self._variables.brought(pool, position):
                terms.append((weight * amount * (unit // scale), literal, 1))
        return unit, terms

    def add_peaks(self, peak: Linear) -> None:
        """Weeks with work of retirements in the peak load; rounded down, so that no plan is lost."""
        for week, loads in self._loads.items():
            offer = self._problem.offers.get(week)
            if offer:
                unit, terms = self._terms(week, loads, offer)
                whole = offer * unit
                shares = [(int(amount * RATIO_SCALE / whole), literal) for amount, literal, _ in terms]
                self._model.add(sum(share * literal for share, literal in shares) <= peak)

    def fix(self, name: str, day: int) -> None:
        """Put a retirement on a day for good."""
        self._model.add(self._days[name] == day)

    @property
    def total(self) -> Linear:
        """Sum of all days: the less, the earlier."""
        return sum(self._days.values())

    def days(self, value: Mapping[int, int] | tuple[int, ...]) -> Days:
        """The day of each in a solution."""
        found: dict[str, int] = {}
        for each in self._problem.retirements:
            if each.takes_people:
                found[each.name] = next(day for day in each.days if value[self._on[each.name, day].index])
            else:
                found[each.name] = value[self._days[each.name].index]
        return found
