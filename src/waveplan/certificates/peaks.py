"""Peak load by prices: whatever weeks are priced, lots pay no more than the peak load times what all offer is worth."""

from __future__ import annotations

from collections import defaultdict
from fractions import Fraction

from waveplan.certificates.prices import budget_names
from waveplan.certificates.reading import CertificateError, Mapped, entry, mapping, whole
from waveplan.certificates.supposing import Supposed

Costs = dict[tuple[int, int], int]  # pool and position → what a unit pays there


def verify_peak(supposed: Supposed, proof: Mapped, bound: Fraction) -> None:
    """Raise CertificateError unless the proof's prices prove that no plan's peak load is below the bound."""
    proven = peak_proven(supposed, proof)
    if proven < bound:
        raise CertificateError(f"the prices prove {proven}, not {bound}")


def peak_proven(supposed: Supposed, proof: Mapped) -> Fraction:
    """What is paid at the least, over what is offered. Raises CertificateError for prices of what has no load."""
    problem, names = supposed.problem, budget_names(supposed.problem)
    weeks, offered, costs = set(problem.peaks), 0, defaultdict[tuple[int, int], int](int)
    for name, given in mapping(entry(proof, "prices"), "'prices'").items():
        price = whole(given, f"the price of {name}")
        if name not in names or names[name] not in weeks or problem.budgets[names[name]].offer <= 0:
            raise CertificateError(f"{name} is no week with a load")
        budget = problem.budgets[names[name]]
        offered += price * budget.offer
        for pool, place, weight in budget.terms:
            if weight < 0 or problem.pools[pool].leaving:
                raise CertificateError(f"{name} gets something back")
            costs[pool, place] += price * weight
    if not offered:
        raise CertificateError("nothing that is offered has a price")
    return Fraction(_by_lots(supposed, costs) + _by_preludes(supposed, costs), offered)


def _by_lots(supposed: Supposed, costs: Costs) -> int:
    """What each lot pays where it pays least."""
    pools = [(number, supposed.problem.pools[number].amounts) for number in sorted({pool for pool, _ in costs})]
    paid = 0
    for lot, positions in enumerate(supposed.allowed):
        mine = [(number, amounts[lot]) for number, amounts in pools if lot in amounts]
        paid += min(sum(amount * costs.get((pool, place), 0) for pool, amount in mine) for place in positions)
    return paid


def _by_preludes(supposed: Supposed, costs: Costs) -> int:
    """What goes before the first of some lots is paid for on the cheapest day that this one may have."""
    problem = supposed.problem
    paid = 0
    for number in sorted({pool for pool, _ in costs}):
        pool = problem.pools[number]
        if pool.prelude is not None:
            days = problem.preludes[pool.prelude].days
            ways = [costs.get((number, place), 0) for day, place in problem.day_positions.items() if day in days]
            paid += pool.units * min(ways, default=0)
    return paid
