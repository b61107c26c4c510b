"""Less coexistence by neighbourhoods, guided by where the timetable's linear relaxation would have each lot."""

from __future__ import annotations

import random
import threading
from collections.abc import Callable, Mapping
from fractions import Fraction

from waveplan.engine.goals.state import GoalState
from waveplan.engine.model.modelling import ModelOptions
from waveplan.engine.neighbourhoods.bettering import Bettering
from waveplan.engine.neighbourhoods.choosing import Neighbourhoods
from waveplan.engine.neighbourhoods.offers import Offered
from waveplan.engine.presolve.rounded_problem import looser
from waveplan.engine.problem import PlanningProblem
from waveplan.engine.proofs.bounds.spreading.parts import merged_ties
from waveplan.engine.proofs.bounds.timetable.relaxed import wished_positions
from waveplan.engine.running.clock import Allotment, Clock
from waveplan.engine.running.leaving import unless_stopped
from waveplan.engine.running.looking import StoppedError
from waveplan.engine.search.held import HeldGoals, allowed_under

_WISHED = 0.3  # of the time, at most, for the relaxation
_UNITS = 1.5  # of deterministic time that it is taken to need


def nearer_together(
    problem: PlanningProblem,
    held: Mapping[str, Fraction],
    options: ModelOptions,
    best: GoalState,
    time: Allotment,
    clock: Clock,
    stop: threading.Event,
    bound: Callable[[], Fraction | None],
    glance: Callable[[Fraction | None], None],
    offered: Offered | None = None,
) -> GoalState:
    """A plan with less coexistence under what is held; whatever seconds, or units of deterministic time, allow.

    What is offered already tells where lots wish to be; else the relaxation is solved for it.
    """
    mark = clock.mark()
    allowed = allowed_under(problem, HeldGoals(dict(held)))
    counted, most_waves = looser(problem), int(held["waves"]) if "waves" in held else None
    ties = merged_ties(counted)
    if not ties or not all(allowed):
        return best
    wishes = None
    if offered is None or offered.latest() is None:
        limits = time.part(_WISHED)
        try:
            wishes = unless_stopped(lambda: wished_positions(counted, allowed, most_waves, ties, limits), stop)
        except StoppedError:
            return best
        clock.spend(_UNITS)
    choosing = Neighbourhoods(problem, allowed, ties, wishes, random.Random(options.seed))
    bettering = Bettering(problem, "coexistence", held, options, choosing, clock, stop, bound, glance, offered)
    return bettering.run(best, clock.since(time, mark))
