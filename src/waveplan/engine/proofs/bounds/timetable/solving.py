"""The programme given to CP-SAT, whose linear relaxation carries it: one worker, so that it is the same each time."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence

from ortools.sat.python import cp_model

from waveplan.engine.model.cp_sat import RunLimits, run
from waveplan.engine.problem import Assignment
from waveplan.engine.proofs.bounds.timetable import Timetable
from waveplan.engine.proofs.bounds.timetable.linear import LinearProgramme
from waveplan.engine.running.clock import Allotment

_LINEAR = 2  # all rows are in the linear relaxation


def least(
    programme: LinearProgramme,
    limits: Allotment,
    stop: threading.Event,
    tell: Callable[[int], None],
    place: Callable[[Assignment], None],
) -> Timetable:
    """What is proven of the cost in the time, and an assignment that has little of it; `place` hears of each."""
    model, variables = _model(programme)
    places = [(lot, position, variables[number].index) for (lot, position), number in programme.places.items()]
    best = 0

    def assigned(values: Sequence[int]) -> Assignment:
        return {lot: position for lot, position, index in places if values[index]}

    def look(_: int | None, bound: int | None) -> None:
        nonlocal best
        if bound is not None and bound > best:
            best = bound
            tell(best)

    within = RunLimits(limits.seconds, limits.deterministic, workers=1, seed=0, interleave=False, linearization=_LINEAR)
    found = run(model, within, stop, look, lambda values: place(assigned(values)))
    look(None, found.bound)
    if not found.has_plan:
        return Timetable(best, None)
    return Timetable(best, assigned(found.values))


def _model(programme: LinearProgramme) -> tuple[cp_model.CpModel, list[cp_model.IntVar]]:
    model = cp_model.CpModel()
    longest = programme.longest
    variables = [
        model.new_int_var(0, longest[number], "") if number in longest else model.new_bool_var("")
        for number in range(programme.count)
    ]
    for row in programme.rows:
        terms = [variables[number] for number in row.terms]
        total = cp_model.LinearExpr.weighted_sum(terms, list(row.terms.values()))
        model.add(total == row.least if row.equal else total >= row.least)
    costs = sorted((number, cost) for number, cost in programme.cost.items() if cost)
    model.minimize(
        cp_model.LinearExpr.weighted_sum([variables[number] for number, _ in costs], [cost for _, cost in costs])
    )
    return model, variables
