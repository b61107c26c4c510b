"""How early the last hypercare can end, by what budgets offer until then: weeks of teams, crews, links, targets.

Were all lots in positions that are over by a day, then for any prices of what budgets offer, all lots together would
pay, each in its cheapest such position, no more than all that is offered is worth. Prices for which they pay more prove
that the day is too early. Good ones are the dual values of a linear program in which lots may be cut in pieces; they
come in floating point, are rounded, and what they prove is worked out in whole numbers: no error of rounding makes a
bound.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from waveplan.engine.problem import PlanningProblem
from waveplan.engine.problem.limits import Budget
from waveplan.engine.running.looking import UNWATCHED, Look, StoppedError

_MOST_TERMS = 60_000  # of the budgets of one family: with more the linear programs take too long
_MOST_PLACES = 200_000  # of lots that are not alike: with more even looking at them takes too long
_MOST_PROGRAMMED = 20_000  # the same for linear programs; beyond, each unit of what is offered has one price
_FINE = 2**40  # what prices are rounded to, as a share of the dearest


def workload_bound(problem: PlanningProblem, look: Look = UNWATCHED) -> int:
    """No plan's last hypercare ends before this day; 0 when budgets tell nothing, or nothing before a look is over."""
    bound = 0
    try:
        for family in look.each(_families(problem)):
            bound = max(bound, family.earliest(look))
    except StoppedError:
        return bound
    return bound


def _families(problem: PlanningProblem) -> Iterator[_Family]:
    """Budgets of one kind that the same pools are charged to, as far as they could ever be exceeded."""
    binding = [budget for budget in problem.budgets if budget.when is None and _can_bind(problem, budget)]
    parent = list(range(len(problem.pools)))

    def root(pool: int) -> int:
        while parent[pool] != pool:
            parent[pool] = parent[parent[pool]]
            pool = parent[pool]
        return pool

    for budget in binding:
        for pool, _, _ in budget.terms[1:]:
            parent[root(pool)] = root(budget.terms[0][0])
    families: dict[tuple[str, int], list[Budget]] = defaultdict(list)
    for budget in binding:
        families[budget.code, root(budget.terms[0][0])].append(budget)
    for budgets in families.values():
        if sum(len(budget.terms) for budget in budgets) <= _MOST_TERMS:
            yield _Family(problem, budgets)


def _can_bind(problem: PlanningProblem, budget: Budget) -> bool:
    dearest: dict[int, int] = defaultdict(int)
    for pool, _, weight in budget.terms:
        dearest[pool] = max(dearest[pool], weight)
    return sum(problem.pools[pool].most * weight for pool, weight in dearest.items()) > budget.limit >= 0


@dataclass(frozen=True)
class _Alike:
    """Lots that may use the same positions and are in hypercare as long: what they bring together."""

    amount: int
    ends: dict[int, int]  # by position: last day of hypercare


class _Family:
    def __init__(self, problem: PlanningProblem, budgets: Sequence[Budget]) -> None:
        self._problem = problem
        self._budgets = budgets
        self._charges: dict[int, dict[int, list[tuple[int, int]]]] = defaultdict(lambda: defaultdict(list))
        for number, budget in enumerate(budgets):
            for pool, position, weight in budget.terms:
                if weight:
                    self._charges[pool][position].append((number, weight))

    @cached_property
    def _alike(self) -> dict[int, list[_Alike]]:
        """By pool: its lots, those that are alike together."""
        problem = self._problem
        found: dict[int, list[_Alike]] = {}
        for pool in sorted(self._charges):
            amounts: dict[tuple[int, int], int] = defaultdict(int)
            ends: dict[tuple[int, int], dict[int, int]] = {}
            for lot, amount in problem.pools[pool].amounts.items():
                key = (id(problem.allowed[lot]), id(problem.hypercare[lot]))
                amounts[key] += amount
                ends[key] = {place: problem.hypercare[lot][place][1] for place in problem.allowed[lot]}
            found[pool] = [_Alike(amounts[key], ends[key]) for key in ends]
        return found

    def earliest(self, look: Look = UNWATCHED) -> int:
        """The first day that nothing proves too early; of days that are too early for all, the last.

        Raises StoppedError as a look does.
        """
        if self._places > _MOST_PLACES:
            return 0
        days = sorted({end for lots in self._alike.values() for each in lots for end in each.ends.values()})

        def possible(day: int) -> bool:
            look()
            return not self._too_early(day)

        place = bisect_left(days, True, key=possible)
        return days[min(place, len(days) - 1)] if days else 0

    def priced(self, day: int, numbers: Mapping[int, int]) -> dict[int, int]:
        """The prices that are tried for a day, by the numbers of budgets; none where there is too much to look at."""
        if self._places > _MOST_PLACES:
            return {}
        every = zip(self._budgets, self._prices(day), strict=True)
        return {numbers[id(budget)]: price for budget, price in every if price}

    @cached_property
    def _places(self) -> int:
        return sum(len(each.ends) for lots in self._alike.values() for each in lots)

    def _too_early(self, day: int) -> bool:
        if any(day < min(each.ends.values(), default=day) for lots in self._alike.values() for each in lots):
            return True
        prices = self._prices(day)
        offered = sum(price * budget.limit for price, budget in zip(prices, self._budgets, strict=True))
        return self._paid(day, prices) > offered

    def _paid(self, day: int, prices: Sequence[int]) -> int:
        """What all lots pay, each at its cheapest position that is over by a day."""
        paid = 0
        for pool, lots in self._alike.items():
            costs = {
                place: sum(prices[number] * weight for number, weight in charged)
                for place, charged in self._charges[pool].items()
            }
            for each in lots:
                paid += each.amount * min(costs.get(place, 0) for place, end in each.ends.items() if end <= day)
        return paid

    def _prices(self, day: int) -> list[int]:
        """Prices for a unit of each budget, in whole numbers."""
        values = self._dual_values(day)
        dearest = max(values, default=0.0)
        if dearest <= 0.0:
            return [0] * len(self._budgets)
        most = max(budget.limit for budget in self._budgets) or 1
        return [
            round(max(value, 0.0) / dearest * _FINE) * most // budget.limit if budget.limit else 0
            for value, budget in zip(values, self._budgets, strict=True)
        ]

    def _one_price(self, day: int) -> list[float]:
        """Of each budget that anything could be charged to by a day, what it offers."""
        open_to = {
            number
            for pool, lots in self._alike.items()
            for place in {place for each in lots for place, end in each.ends.items() if end <= day}
            for number, _ in self._charges[pool].get(place, ())
        }
        every = enumerate(self._budgets)
        return [budget.limit / budget.scale if number in open_to else 0.0 for number, budget in every]

    def _dual_values(self, day: int) -> list[float]:
        """What the linear program would give for more of each whole budget: as much of all lots as finds room."""
        if self._places > _MOST_PROGRAMMED:
            return self._one_price(day)
        from ortools.linear_solver import pywraplp

        solver = pywraplp.Solver.CreateSolver("GLOP")
        part = solver.NumVar(0.0, solver.infinity(), "part")
        rows = [solver.Constraint(-solver.infinity(), 1.0) for _ in self._budgets]
        for pool, lots in self._alike.items():
            for each in lots:
                placed = solver.Constraint(0.0, solver.infinity())
                placed.SetCoefficient(part, -1.0)
                for position, end in each.ends.items():
                    charged = self._charges[pool].get(position, ())
                    if end <= day and all(self._budgets[number].limit for number, _ in charged):
                        share = solver.NumVar(0.0, solver.infinity(), "")
                        placed.SetCoefficient(share, 1.0)
                        for number, weight in charged:
                            used = each.amount * weight / self._budgets[number].limit
                            rows[number].SetCoefficient(share, rows[number].GetCoefficient(share) + used)
        solver.Maximize(part)
        if solver.Solve() != pywraplp.Solver.OPTIMAL:  # unbounded: something may be placed for nothing
            return [0.0] * len(self._budgets)
        return [float(row.dual_value()) for row in rows]


def prices_until(problem: PlanningProblem, day: int) -> Iterator[dict[int, int]]:
    """By family: prices of its budgets, by number, that may prove that no plan's last hypercare ends by a day."""
    numbers = {id(budget): number for number, budget in enumerate(problem.budgets)}
    for family in _families(problem):
        yield family.priced(day, numbers)
