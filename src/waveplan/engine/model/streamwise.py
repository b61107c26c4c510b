"""CP-SAT on one stream after the other: all its lots are free, those of other streams stay where they are.

The streams of a programme meet in teams and orders, but each has waves of its own: what is hard for the model of the
whole is often quick for each of its streams.
"""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction

from waveplan.engine.goals.state import GoalState
from waveplan.engine.model.modelling import ModelOptions
from waveplan.engine.model.polishing import within_neighbourhood
from waveplan.engine.model.watched import ModelGivenUpError
from waveplan.engine.problem import Assignment, PlanningProblem
from waveplan.engine.running.clock import Allotment, Clock

_PLACES = 6_000  # of the lots of one stream, at most: what CP-SAT searches well in seconds
_LEAST = 0.5  # seconds: with less, no stream is begun
_PIECE = 3.0  # seconds, or deterministic units, for one stream


def better_by_streams(
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
    """Better a plan, stream by stream, until a round changes nothing or time is over. Every rule and what is held stay.

    Without a plan, or with fewer than two streams, nothing is done.
    """
    mark, misses = clock.mark(), 0
    for free in _rounds(problem, best.plan):
        left = clock.since(time, mark)
        late = left.seconds is not None and left.seconds < _LEAST
        if late or left.deterministic == 0.0 or stop.is_set() or best.settled or misses >= _streams(problem):
            break
        piece = Allotment(*(None if each is None else min(each, _PIECE) for each in (left.seconds, left.deterministic)))
        try:
            found = within_neighbourhood(problem, goal, best, free, held, options, piece, clock, stop)
        except ModelGivenUpError:
            break
        misses += 1
        if found.value is not None and best.value is not None and found.value < best.value:
            best = best.joined(GoalState(found.plan, found.value))
            misses = 0
            glance(best.value)
    return best


def _streams(problem: PlanningProblem) -> int:
    return len(set(problem.lot_stream))


def _rounds(problem: PlanningProblem, plan: Assignment | None) -> Iterator[frozenset[int]]:
    """The lots of each stream, those of most waves first, round after round."""
    lots: dict[int, list[int]] = defaultdict(list)
    for lot, stream in enumerate(problem.lot_stream):
        lots[stream].append(lot)
    fitting = {
        stream: mine for stream, mine in lots.items() if sum(len(problem.allowed[lot]) for lot in mine) <= _PLACES
    }
    if plan is None or len(lots) < 2:
        return
    order = sorted(fitting, key=lambda stream: (-len({plan[lot] for lot in fitting[stream]}), stream))
    while order:
        yield from (frozenset(fitting[stream]) for stream in order)
