"""Budgets over positions: team weeks, crews, on-call, target capacity."""

from __future__ import annotations

from collections import defaultdict

from waveplan.engine.model.sums import add_loads
from waveplan.engine.model.variables import Linear, Variables
from waveplan.engine.problem.limits import Budget


def add_budgets(variables: Variables) -> None:
    """WP324, WP326, WP327, WP330, WP349, WP352: Σ coefficient × load ≤ limit."""
    for budget in variables.problem.budgets:
        if _can_bind(variables, budget):
            if budget.when is None:
                add_loads(variables, budget.terms, budget.limit)
            else:
                for position in budget.when:
                    if position in variables.used:
                        add_loads(variables, budget.terms, budget.limit, [variables.used[position]])


def budget_use(variables: Variables, budget: Budget) -> Linear:
    """What the plan takes of a budget."""
    loads = ((variables.load(pool, position), weight) for pool, position, weight in budget.terms)
    return sum(weight * load for load, weight in loads if load is not None)


def _can_bind(variables: Variables, budget: Budget) -> bool:
    """Whether all lots together could exceed it: each takes part once, at its dearest position."""
    dearest: dict[int, int] = defaultdict(int)
    for pool, _, weight in budget.terms:
        dearest[pool] = max(dearest[pool], weight)
    pools = variables.problem.pools
    return sum(pools[pool].most * weight for pool, weight in dearest.items()) > budget.limit
