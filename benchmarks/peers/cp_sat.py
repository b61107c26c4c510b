"""Plain CP-SAT: every rule in one time-indexed model, the goal, two workers; no search, no hints, no bounds of ours."""

from __future__ import annotations

import threading
import time
from fractions import Fraction

from peers.answers import Answer
from waveplan.engine.goals.measures import measure
from waveplan.engine.model.assembly import assemble
from waveplan.engine.model.cp_sat import RunLimits, run
from waveplan.engine.problem import PlanningProblem

WORKERS = 2


def cp_sat(problem: PlanningProblem, goal: str, seconds: float) -> Answer | None:
    """The best plan that it finds in so many seconds, building the model included."""
    began = time.perf_counter()
    model = assemble(problem, {})
    expression = model.goal(goal)
    model.minimise(expression)
    left = seconds - (time.perf_counter() - began)
    limits = RunLimits(max(left, 1.0), None, workers=WORKERS, seed=0, interleave=False)
    found = run(model.model, limits, threading.Event(), lambda *_: None)
    if not found.has_plan:
        return None
    assignment = model.assignment(found.values)
    bound = Fraction(max(0, found.bound or 0), expression.scale)
    proven = found.status == "optimal"
    return Answer(assignment, measure(problem, assignment, goal) if proven else bound, proven)
