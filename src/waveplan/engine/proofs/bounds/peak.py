"""How low the peak load can be: what all work comes to at the least, against what is offered where it may be done.

For any prices of what weeks use, all lots together pay no less than each in its cheapest position. Nor do they pay more
than the peak load times what all weeks offer, at those prices. So what they pay, over what is offered, is a bound. Good
prices are the dual values of a linear program in which lots may be cut in pieces; where that is too large, one price
for every week in which the team's work may fall will do. What prices prove is worked out in whole numbers.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from waveplan.engine.problem import PlanningProblem

_MOST_PROGRAMMED = 8_000  # places of work that is alike, for a linear program
_FINE = 2**40  # what prices are rounded to, as a share of the dearest

Allowed = Sequence[Sequence[int]]
Charges = dict[int, dict[int, list[tuple[int, int]]]]  # by pool and position: weeks and weights


@dataclass(frozen=True)
class _Work:
    """What lots that may use the same positions bring of one pool."""

    pool: int
    amount: int
    positions: tuple[int, ...]


def peak_bound(problem: PlanningProblem, allowed: Allowed) -> Fraction:
    """No plan has a lower peak load; `allowed` narrows each lot's positions to what earlier goals leave."""
    bound = Fraction(0)
    for team in _each_team(problem, allowed):
        for prices in team.prices():
            bound = max(bound, team.proven(prices))
    return bound


def peak_prices(problem: PlanningProblem, allowed: Allowed) -> Iterator[dict[int, int]]:
    """Whole prices that prove such bounds, by budget; some of each team."""
    for team in _each_team(problem, allowed):
        for prices in team.prices():
            yield {number: price for number, price in zip(team.weeks, prices, strict=True) if price}


def _each_team(problem: PlanningProblem, allowed: Allowed) -> Iterator[_Team]:
    work = _work(problem, allowed)
    for weeks in _teams(problem, [number for number in problem.peaks if problem.budgets[number].offer > 0]):
        yield _Team(problem, weeks, work)


def _work(problem: PlanningProblem, allowed: Allowed) -> dict[int, list[_Work]]:
    """By pool: its work, what is alike together. What goes before the first lots may be on any of its days."""
    found: dict[int, list[_Work]] = {}
    for pool, bringing in enumerate(problem.pools):
        amounts: dict[int, int] = defaultdict(int)
        positions: dict[int, Sequence[int]] = {}
        for lot, amount in bringing.amounts.items():
            amounts[id(allowed[lot])] += amount
            positions[id(allowed[lot])] = allowed[lot]
        found[pool] = [_Work(pool, amounts[key], tuple(positions[key])) for key in positions]
        if bringing.prelude is not None:
            days = problem.preludes[bringing.prelude].days
            stands_for = tuple(position for day, position in problem.day_positions.items() if day in days)
            found[pool].append(_Work(pool, bringing.units, stands_for))
    return found


def _teams(problem: PlanningProblem, weeks: Sequence[int]) -> Iterator[list[int]]:
    """Weeks that the same pools are charged to."""
    of_pools: dict[frozenset[int], list[int]] = defaultdict(list)
    for number in weeks:
        of_pools[frozenset(pool for pool, _, weight in problem.budgets[number].terms if weight > 0)].append(number)
    pools: list[set[int]] = []
    held: list[list[int]] = []
    for key, numbers in of_pools.items():
        near = [index for index, known in enumerate(pools) if not known.isdisjoint(key)]
        merged, together = set(key), list(numbers)
        for index in reversed(near):
            merged |= pools.pop(index)
            together += held.pop(index)
        pools.append(merged)
        held.append(together)
    yield from (sorted(numbers) for numbers in held)


class _Team:
    """Some weeks, and all work that is charged to them."""

    def __init__(self, problem: PlanningProblem, weeks: Sequence[int], work: Mapping[int, list[_Work]]) -> None:
        self.weeks = weeks
        self._offers = [problem.budgets[number].offer for number in weeks]
        self._charges: Charges = defaultdict(lambda: defaultdict(list))
        for index, number in enumerate(weeks):
            for pool, position, weight in problem.budgets[number].terms:
                if weight > 0:
                    self._charges[pool][position].append((index, weight))
        self._work = [each for pool in sorted(self._charges) for each in work[pool] if each.amount and each.positions]

    def prices(self) -> Iterator[list[int]]:
        """Prices for a unit of each week's use, in whole numbers."""
        usable = {
            index
            for each in self._work
            for position in each.positions
            for index, _ in self._charges[each.pool].get(position, ())
        }
        yield [int(index in usable) for index in range(len(self.weeks))]
        if sum(len(each.positions) for each in self._work) <= _MOST_PROGRAMMED:
            yield self._dual_prices()

    def proven(self, prices: Sequence[int]) -> Fraction:
        """What such prices prove."""
        offered = sum(price * offer for price, offer in zip(prices, self._offers, strict=True))
        return Fraction(self._paid(prices), offered) if offered > 0 else Fraction(0)

    def _paid(self, prices: Sequence[int]) -> int:
        costs = {
            pool: {place: sum(prices[index] * weight for index, weight in charged) for place, charged in places.items()}
            for pool, places in self._charges.items()
        }
        return sum(each.amount * min(costs[each.pool].get(place, 0) for place in each.positions) for each in self._work)

    def _dual_prices(self) -> list[int]:
        from ortools.linear_solver import pywraplp

        solver = pywraplp.Solver.CreateSolver("GLOP")
        peak = solver.NumVar(0.0, solver.infinity(), "peak")
        rows = [solver.Constraint(-solver.infinity(), 0.0) for _ in self.weeks]
        for row in rows:
            row.SetCoefficient(peak, -1.0)
        for each in self._work:
            placed = solver.Constraint(1.0, solver.infinity())
            for position in each.positions:
                share = solver.NumVar(0.0, solver.infinity(), "")
                placed.SetCoefficient(share, 1.0)
                for index, weight in self._charges[each.pool].get(position, ()):
                    used = each.amount * weight / self._offers[index]
                    rows[index].SetCoefficient(share, rows[index].GetCoefficient(share) + used)
        solver.Minimize(peak)
        if solver.Solve() != pywraplp.Solver.OPTIMAL:
            return [0] * len(self.weeks)
        values = [abs(row.dual_value()) for row in rows]
        dearest, most = max(values, default=0.0), max(self._offers, default=1)
        if dearest <= 0.0:
            return [0] * len(self.weeks)
        return [
            round(value / dearest * _FINE) * most // offer for value, offer in zip(values, self._offers, strict=True)
        ]
