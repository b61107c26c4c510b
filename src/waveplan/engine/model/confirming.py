"""A second proof by CP-SAT: nothing better, or no plan at all, without presolve, its learned clauses checked."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import ceil

from ortools.sat.python import cp_model

from waveplan.engine.model.assembly import ProblemModel, assemble
from waveplan.engine.model.clauses import Clauses, checked_clauses
from waveplan.engine.model.cp_sat import RunLimits, run
from waveplan.engine.model.watched import ModelGivenUpError, over_after
from waveplan.engine.problem import PlanningProblem
from waveplan.engine.running.clock import Clock

_FIRST = 0.5  # of the time, for the proof; the rest is for its clauses


@dataclass(frozen=True, slots=True)
class Confirmation:
    """Whether it was proven once more; what the checker of clauses has followed: all, or all but given reasons."""

    proven: bool
    clauses: Clauses | None = None


def confirm(
    problem: PlanningProblem,
    better: tuple[str, Fraction] | None,
    held: Mapping[str, Fraction],
    clock: Clock,
    share: float,
    seed: int,
    stop: threading.Event,
    say: Callable[[], None],
) -> Confirmation:
    """Look for a plan that is better than a value of a goal, goals before it held; without a goal, for any plan.

    With one worker and without presolve, for a share of the time that is left. It is confirmed when it is proven that
    there is none.
    """
    mark, time = clock.mark(), clock.left().part(share)
    try:
        model = assemble(problem, {}, over_after(time.seconds, stop))
        asked = _asked(model, better, held)
    except ModelGivenUpError:
        return Confirmation(proven=False)
    first = clock.since(time, mark).part(_FIRST)
    limits = RunLimits(first.seconds, first.deterministic, 1, seed, interleave=False, presolve=False)
    found = run(asked, limits, stop, lambda *_: say())
    clock.spend(found.deterministic_time)
    if found.status != "infeasible":
        return Confirmation(proven=False)
    left = clock.since(time, mark)
    if left.seconds == 0.0 or left.deterministic == 0.0 or stop.is_set():
        return Confirmation(proven=True)
    clauses = checked_clauses(asked, left, seed, stop)
    clock.spend(0.0 if left.deterministic is None else found.deterministic_time)
    return Confirmation(proven=True, clauses=clauses)


def _asked(model: ProblemModel, better: tuple[str, Fraction] | None, held: Mapping[str, Fraction]) -> cp_model.CpModel:
    for goal, most in held.items():
        model.hold(model.goal(goal), most, Fraction(0))
    if better is None:
        return model.model
    goal, value = better
    expression = model.goal(goal)
    if expression.terms:
        return model.better_than(expression, value)
    model.model.add(expression.expression <= ceil(value * expression.scale) - 1)
    return model.model
