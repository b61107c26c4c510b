"""Which lots to plan when not all can be: as many as possible of the most critical, then of the next, and so on."""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from ortools.sat.python import cp_model

from waveplan.engine.model.assembly import add_rules
from waveplan.engine.model.cp_sat import Run, RunLimits, run
from waveplan.engine.model.variables import Variables
from waveplan.engine.model.watched import ModelGivenUpError, over_after
from waveplan.engine.problem import PlanningProblem


@dataclass(frozen=True, slots=True)
class Chosen:
    """Lots that have a plan together, where each starts; `best` when no plan holds more of them.

    `more` is how many further lots, of all criticalities, could at most be planned.
    """

    places: dict[int, int]
    best: bool
    more: int


def choose(
    problem: PlanningProblem, classes: Sequence[Sequence[int]], limits: RunLimits, stop: threading.Event
) -> tuple[Chosen | None, Run]:
    """Lots of `classes`, the most critical first, each of which counts more than all that follow together."""
    began = time.monotonic()
    variables = Variables(problem, optional=True, over=over_after(limits.seconds, stop))
    try:
        add_rules(variables)
    except ModelGivenUpError:
        return None, Run("unknown", (), None, None, 0.0)
    if limits.seconds is not None:
        limits = replace(limits, seconds=limits.seconds - (time.monotonic() - began))
    weights = _weights(classes)
    lots = [(lot, weight) for each, weight in zip(classes, weights, strict=True) for lot in each]
    literals = [variables.present[lot] for lot, _ in lots]
    variables.model.maximize(cp_model.LinearExpr.weighted_sum(literals, [weight for _, weight in lots]))
    found = run(variables.model, limits, stop, lambda *_: None)
    if not found.has_plan:
        return None, found
    places = {lot: p for (lot, p), literal in variables.starts_in.items() if found.values[literal.index]}
    best = found.status == "optimal"
    return Chosen(places, best, 0 if best else len(lots) - len(places)), found


def _weights(classes: Sequence[Sequence[int]]) -> list[int]:
    sizes = [len(each) + 1 for each in reversed(classes)]
    return [*accumulate([1, *sizes[:-1]], lambda so_far, size: so_far * size)][::-1]
