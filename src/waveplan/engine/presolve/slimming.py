"""A problem without what can never come into play: charges of lots to positions where none of them may stand.

Budgets are built for all positions of a stream, since what lots may use is known only later. Where windows are many and
each lot has few of them, nearly all charges are of that kind, and everything that works on a problem reads them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from waveplan.engine.problem import PlanningProblem
from waveplan.engine.problem.limits import Budget


def slimmed(problem: PlanningProblem) -> PlanningProblem:
    """The same problem: budgets keep their numbers and limits, and every plan charges them as before."""
    where = _places_by_pool(problem)
    return replace(problem, budgets=tuple(_slimmed(budget, where) for budget in problem.budgets))


def _places_by_pool(problem: PlanningProblem) -> list[frozenset[int] | None]:
    """Where lots that bring to a pool may stand; None for what is brought by others too."""
    known: dict[frozenset[int], frozenset[int]] = {}
    found: list[frozenset[int] | None] = []
    for pool in problem.pools:
        if pool.prelude is not None or pool.units:
            found.append(None)
            continue
        distinct = {id(problem.allowed[lot]): problem.allowed[lot] for lot in pool.amounts}
        key = frozenset(distinct)
        if key not in known:
            known[key] = frozenset[int]().union(*distinct.values())
        found.append(known[key])
    return found


def _slimmed(budget: Budget, where: Sequence[frozenset[int] | None]) -> Budget:
    terms = tuple(term for term in budget.terms if (places := where[term[0]]) is None or term[1] in places)
    return budget if len(terms) == len(budget.terms) else replace(budget, terms=terms)
