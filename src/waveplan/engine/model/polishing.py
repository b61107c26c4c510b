"""CP-SAT on neighbourhoods of a plan: a few dozen lots are free, all others stay where they are."""

from __future__ import annotations

import random
import threading
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import replace
from fractions import Fraction

from waveplan.engine.goals.state import GoalState
from waveplan.engine.model.modelling import Modelling, ModelOptions
from waveplan.engine.model.watched import ModelGivenUpError
from waveplan.engine.problem import PlanningProblem
from waveplan.engine.running.clock import Allotment, Clock

_FREE = 40  # lots
_PLACES = 2_500  # of free lots, at most: what CP-SAT searches well in seconds
_LEAST = 1.0  # seconds: with less, no neighbourhood is begun
_PATIENCE, _LOTS = 12, 20  # neighbourhoods in a row without success; one more for every so many lots
_PIECE = 3.0  # seconds, or deterministic units, for one neighbourhood


def polish(
    problem: PlanningProblem,
    goal: str,
    best: GoalState,
    held: Mapping[str, Fraction],
    options: ModelOptions,
    time: Allotment,
    clock: Clock,
    stop: threading.Event,
    glance: Callable[[Fraction | None], None],
) -> GoalState:
    """Better a plan, neighbourhood by neighbourhood, until time is over. Every rule and what is held are kept."""
    mark, misses = clock.mark(), 0
    for free in _neighbourhoods(problem, options.seed):
        left = clock.since(time, mark)
        late = left.seconds is not None and left.seconds < _LEAST
        weary = misses > _PATIENCE + len(problem.lots) // _LOTS
        if late or weary or left.deterministic == 0.0 or stop.is_set() or best.plan is None:
            break
        piece = Allotment(*(None if each is None else min(each, _PIECE) for each in _both(left)))
        try:
            found = within_neighbourhood(problem, goal, best, free, held, options, piece, clock, stop, build=left)
        except ModelGivenUpError:
            break
        misses += 1
        if found.value is not None and best.value is not None and found.value < best.value:
            best = GoalState(found.plan, found.value, best.bound)
            misses = 0
            glance(best.value)
    return best


def within_neighbourhood(
    problem: PlanningProblem,
    goal: str,
    best: GoalState,
    free: Collection[int],
    held: Mapping[str, Fraction],
    options: ModelOptions,
    piece: Allotment,
    clock: Clock,
    stop: threading.Event,
    *,
    build: Allotment | None = None,
) -> GoalState:
    """What CP-SAT makes of a plan when only some lots may move; its bound is not one of the whole problem.

    Raises ModelGivenUpError when building the model takes longer than `build`, or than the piece of time.
    """
    plan = best.plan
    if plan is None:
        return best
    narrowed = replace(
        problem,
        allowed=tuple(places if lot in free else (plan[lot],) for lot, places in enumerate(problem.allowed)),
    )
    model = Modelling(narrowed, {}, options, clock, stop, within=build or piece)
    for name, most in held.items():
        model.hold(name, most, Fraction(0))
    model.start_from(goal, plan, piece)
    return model.optimise(goal, piece, best.bound, lambda *_: None)


def _both(time: Allotment) -> tuple[float | None, float | None]:
    return time.seconds, time.deterministic


def _neighbourhoods(problem: PlanningProblem, seed: int) -> Iterator[frozenset[int]]:
    """Lots near each other in their ties, each time around another one; any lots where ties are few."""
    near: dict[int, list[int]] = defaultdict(list)
    for tie in problem.ties:
        near[tie.first].append(tie.second)
        near[tie.second].append(tie.first)
    chance, every = random.Random(seed), range(len(problem.lots))
    while True:
        free = [chance.choice(every)]
        for lot in free:
            free += [other for other in chance.sample(near[lot], len(near[lot])) if other not in free]
            if len(free) >= _FREE:
                break
        free += [lot for lot in chance.sample(every, min(_FREE, len(every))) if lot not in free]
        yield frozenset(_affordable(problem, free[:_FREE]))


def _affordable(problem: PlanningProblem, free: list[int]) -> Iterator[int]:
    places = 0
    for lot in free:
        places += len(problem.allowed[lot])
        if places <= _PLACES or len(problem.allowed[lot]) == places:
            yield lot
