"""Prices: were a plan over by a day, its lots would pay more than all that is offered until then is worth."""

from __future__ import annotations

from collections import defaultdict

from waveplan.certificates.reading import CertificateError, Mapped, entry, mapping, whole
from waveplan.certificates.supposing import Supposed
from waveplan.engine.problem import PlanningProblem
from waveplan.engine.problem.limits import Budget


def budget_names(problem: PlanningProblem) -> dict[str, int]:
    """Budgets by code and name; of several, the first is #1, the second #2."""
    seen: dict[str, int] = defaultdict(int)
    found = {}
    for number, budget in enumerate(problem.budgets):
        key = f"{budget.code} {budget.name}"
        seen[key] += 1
        found[f"{key} #{seen[key]}"] = number
    return found


def verify_prices(supposed: Supposed, proof: Mapped) -> None:
    """Each lot pays at its cheapest position. Raises CertificateError unless that is more than the offer is worth."""
    problem, names = supposed.problem, budget_names(supposed.problem)
    offered, costs = 0, defaultdict[tuple[int, int], int](int)
    for name, given in mapping(entry(proof, "prices"), "'prices'").items():
        price = whole(given, f"the price of {name}")
        if name not in names:
            raise CertificateError(f"there is no budget {name}")
        budget = problem.budgets[names[name]]
        _refuse_conditional(problem, budget, name)
        offered += price * budget.limit
        for pool, place, weight in budget.terms:
            costs[pool, place] += price * weight
    pools = [(number, problem.pools[number].amounts) for number in sorted({pool for pool, _ in costs})]
    paid = 0
    for lot, positions in enumerate(supposed.allowed):
        mine = [(number, amounts[lot]) for number, amounts in pools if lot in amounts]
        if mine:
            paid += min(sum(amount * costs.get((pool, place), 0) for pool, amount in mine) for place in positions)
    if paid <= offered:
        raise CertificateError(f"lots pay {paid}, and {offered} is offered")


def _refuse_conditional(problem: PlanningProblem, budget: Budget, name: str) -> None:
    """Raise CertificateError for a budget that need not hold, or to which something may be given back."""
    if budget.when is not None:
        raise CertificateError(f"{name} holds in some weeks only")
    if any(weight < 0 or problem.pools[pool].leaving for pool, _, weight in budget.terms):
        raise CertificateError(f"{name} gets something back")
