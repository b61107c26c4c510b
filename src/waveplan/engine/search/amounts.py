"""Amounts and their limits, flattened: what a wave holds, what its lots touch together, budgets."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import numpy as np

from waveplan.engine.problem import PlanningProblem
from waveplan.engine.problem.limits import Budget, UnionLimit, WaveLimit
from waveplan.engine.problem.stage_limits import stage_limits
from waveplan.engine.search import layout as at
from waveplan.engine.search.tables import Tables


def add_amounts(tables: Tables, problem: PlanningProblem, limits: Sequence[int]) -> None:
    """Write all amounts; `limits` are those of the budgets."""
    _add_resources(tables, problem)
    _add_unions(tables, problem)
    binding = [number for number in range(len(limits)) if _can_bind(problem, problem.budgets[number], limits[number])]
    _add_budgets(tables, problem, binding, limits)


def divisor(limit: int) -> int:
    """What makes thousandths of a limit."""
    return max(1, limit // 1000)


def _add_resources(tables: Tables, problem: PlanningProblem) -> None:
    groups: dict[tuple[int, str], list[WaveLimit]] = defaultdict(list)
    for limit in problem.wave_limits:
        groups[limit.stream, limit.name].append(limit)
    stages = max(len(rules.stages) for rules in problem.streams)
    amount = np.zeros((len(problem.lots), len(groups)), np.int64)
    capacity = np.full((len(problem.streams), stages, len(groups)), at.NO_LIMIT)
    divisors = []
    for number, ((stream, _), group) in enumerate(groups.items()):
        most = stage_limits(group, len(problem.streams[stream].stages))
        capacity[stream, : len(most), number] = most
        divisors.append(divisor(max(most)))
        amount[list(group[0].amounts), number] = list(group[0].amounts.values())
    tables.number(at.RESOURCES, len(groups))
    tables.table(at.AMOUNT, amount)
    tables.table(at.CAPACITY, capacity)
    tables.table(at.RESOURCE_DIVISOR, divisors)


def _add_unions(tables: Tables, problem: PlanningProblem) -> None:
    stages = max(len(rules.stages) for rules in problem.streams)
    groups: dict[tuple[int, str], list[UnionLimit]] = defaultdict(list)
    for limit in problem.union_limits:
        if sum(limit.weights) > limit.limit:
            groups[limit.stream, limit.name].append(limit)
    touched: list[list[int]] = [[] for _ in problem.lots]
    weights: list[int] = []
    union_of: list[int] = []
    most = np.full((len(groups), stages), at.NO_LIMIT)
    for number, group in enumerate(groups.values()):
        for limit in group:
            which = slice(None) if limit.stage is None else limit.stage
            most[number, which] = np.minimum(most[number, which], limit.limit)
        for lot, elements in group[0].elements.items():
            touched[lot] += [len(weights) + element for element in elements]
        weights += group[0].weights
        union_of += [number] * len(group[0].weights)
    place = [list(range(len(problem.positions))) for _ in groups]
    for union in problem.slot_unions:
        where = [at.NOWHERE] * len(problem.positions)
        for positions in union.slots:
            for position in positions:
                where[position] = positions[0]
        place.append(where)
        for lot, elements in union.elements.items():
            touched[lot] += [len(weights) + element for element in elements]
        weights += union.weights
        union_of += [len(place) - 1] * len(union.weights)
        most = np.vstack([most, np.full((1, stages), union.limit)])
    tables.number(at.UNIONS, len(place))
    tables.table(at.UNION_PLACE, place)
    tables.ragged(at.TOUCH_PTR, at.TOUCH, touched)
    tables.table(at.ELEMENT_WEIGHT, weights)
    tables.table(at.ELEMENT_UNION, union_of)
    tables.table(at.UNION_STREAM, [*(stream for stream, _ in groups), *(at.ALL for _ in problem.slot_unions)])
    tables.table(at.UNION_LIMIT, most)
    tables.table(at.UNION_DIVISOR, [divisor(int(row.min())) for row in most])


def _can_bind(problem: PlanningProblem, budget: Budget, limit: int) -> bool:
    """Whether all lots together could exceed it: each takes part once, at its dearest position."""
    dearest: dict[int, int] = defaultdict(int)
    for pool, _, weight in budget.terms:
        dearest[pool] = max(dearest[pool], weight)
    return sum(weight * problem.pools[pool].most for pool, weight in dearest.items()) > limit


def _add_budgets(tables: Tables, problem: PlanningProblem, binding: list[int], limits: Sequence[int]) -> None:
    places = len(problem.positions)
    pools: dict[int, int] = {}
    charges: dict[int, list[int]] = defaultdict(list)
    wakes: list[list[int]] = [[] for _ in problem.positions]
    for row, number in enumerate(binding):
        budget = problem.budgets[number]
        for pool, position, weight in budget.terms:
            if weight:
                charges[pools.setdefault(pool, len(pools)) * places + position] += (row, weight)
        for position in budget.when or ():
            wakes[position].append(row)
    sizes = np.zeros(len(pools) * places + 1, np.int64)
    for cell, entries in charges.items():
        sizes[cell + 1] = len(entries) // 2
    tables.table(at.CHARGE_PTR, np.cumsum(sizes))
    tables.table(at.CHARGE, [value for cell in sorted(charges) for value in charges[cell]])
    tables.table(at.LIMIT, [limits[number] for number in binding])
    tables.table(at.LIMIT_DIVISOR, [divisor(limits[number]) for number in binding])
    tables.table(at.ASLEEP, [problem.budgets[number].when is not None for number in binding])
    tables.ragged(at.WAKES_PTR, at.WAKES, wakes)
    brought: list[list[int]] = [[] for _ in (*problem.lots, *problem.preludes)]  # preludes follow the lots
    for pool, which in pools.items():
        bringing = problem.pools[pool]
        for lot, amount in bringing.amounts.items():
            brought[lot] += (which, amount)
        if bringing.prelude is not None:
            brought[len(problem.lots) + bringing.prelude] += (which, bringing.units)
    tables.ragged(at.POOL_PTR, at.POOL, brought, 2)
