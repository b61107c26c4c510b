"""Where lots stand in the linear relaxation of the timetable: no proof, but where a good plan may have them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from waveplan.engine.problem import PlanningProblem
from waveplan.engine.proofs.bounds.timetable.linear import LinearProgramme
from waveplan.engine.running.clock import Allotment

_MOST_STEPS = 30_000  # of the simplex method, so that it does the same work each time
_PRESENT = 0.005  # of a lot in a position: less is nothing

Wishes = Sequence[frozenset[int]]  # by lot: positions


def wished_positions(
    problem: PlanningProblem,
    allowed: Sequence[Sequence[int]],
    most_waves: int | None,
    ties: Mapping[tuple[int, int], int],
    limits: Allotment,
) -> Wishes | None:
    """By lot, the positions between which the relaxation divides it; None where it was not solved in the time."""
    import numpy as np
    from scipy.optimize import linprog

    from waveplan.engine.proofs.bounds.timetable.costs import add_ties
    from waveplan.engine.proofs.bounds.timetable.orders import add_orders
    from waveplan.engine.proofs.bounds.timetable.rules import add_rules

    programme = LinearProgramme(allowed)
    add_rules(programme, problem, most_waves)
    add_orders(programme, problem)
    add_ties(programme, problem, ties)
    cost, most = np.zeros(programme.count), np.ones(programme.count)
    for number, each in programme.cost.items():
        cost[number] = each
    for number, longest in programme.longest.items():
        most[number] = longest
    equal, above = (_matrix(programme, equal=each) for each in (True, False))
    options: dict[str, float] = {"maxiter": _MOST_STEPS}
    if limits.seconds is not None:
        options["time_limit"] = max(0.1, limits.seconds)
    found = linprog(
        cost,
        A_ub=-above[0],
        b_ub=-above[1],
        A_eq=equal[0],
        b_eq=equal[1],
        bounds=np.stack([np.zeros(programme.count), most], axis=1),
        method="highs",
        options=options,
    )
    if found.x is None or found.status != 0:
        return None
    value, places = found.x, programme.places
    return [
        frozenset(position for position in positions if value[places[lot, position]] > _PRESENT)
        for lot, positions in enumerate(allowed)
    ]


def _matrix(programme: LinearProgramme, *, equal: bool) -> tuple[Any, Any]:
    """The rows of one kind as a sparse matrix, and what they ask for at least."""
    import numpy as np
    from scipy.sparse import csr_matrix

    rows = [row for row in programme.rows if row.equal == equal]
    ends = np.cumsum([0, *(len(row.terms) for row in rows)])
    columns = np.array([number for row in rows for number in row.terms], np.int64)
    values = np.array([value for row in rows for value in row.terms.values()], np.float64)
    shape = (len(rows), programme.count)
    return csr_matrix((values, columns, ends), shape=shape), np.array([row.least for row in rows], np.float64)
