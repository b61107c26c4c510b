"""Plans to start from: lots in several orders, each in the first wave that has room."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np

from waveplan.engine.first_plans.construction import urgency
from waveplan.engine.problem import PlanningProblem
from waveplan.engine.running.halting import flag_of
from waveplan.engine.running.looking import UNWATCHED, Look
from waveplan.engine.search import layout as at
from waveplan.engine.search.graph import depth_first_order, graph_of, parted_order, spectral_order
from waveplan.engine.search.ground import SearchGround
from waveplan.engine.search.limits import Meter
from waveplan.engine.search.state import assignment_of
from waveplan.engine.search.tables import Ints

_REPAIR = 20_000  # trials a lot
_HOT, _COLD = 400.0, 4.0  # in thousandths of a limit


def orders(problem: PlanningProblem, look: Look = UNWATCHED) -> Iterator[Ints]:
    """List scheduling first; then, when there are ties, orders that keep tied lots together, both ways round.

    Raises StoppedError as the look does.
    """
    need = urgency(problem)
    yield np.array(sorted(range(len(problem.lots)), key=lambda lot: (need[lot], lot)), np.int64)
    if not problem.ties:
        return
    graph = graph_of(problem)
    for ordered in (spectral_order, parted_order, depth_first_order):
        look()
        order = ordered(graph, look)
        yield order
        yield order[::-1].copy()


def constructed(ground: SearchGround, order: Ints) -> dict[int, int] | None:
    """The plan that an order gives within all limits; None when it leaves a lot out."""
    state = ground.begun({}, 0)
    if state is None or ground.fill(state, order) > 0 or not _mended(state):
        return None
    return assignment_of(state)


def repaired(
    ground: SearchGround, start: Mapping[int, int], order: Ints, seed: int, meter: Meter
) -> dict[int, int] | None:
    """A plan that keeps every rule, from one that may not: limits are exceeded at first, then mended. None: not found.

    What may never be given up (orders, gaps, dates) is kept all along: a start that breaks it is left.
    """
    state = ground.begun(start, seed)
    if state is None:
        state = ground.begun({}, seed)
        assert state is not None  # an empty plan breaks nothing
    if ground.fill(state, order) > 0:
        ground.fill(state, order, 1.0)
    if _mended(state):
        return assignment_of(state)
    halt = flag_of(meter.stop)
    piece, trials = 100_000, _REPAIR * max(20, len(order))
    for done in range(0, trials, piece):
        if meter.over:
            return None
        hot = _HOT * (_COLD / _HOT) ** (done / trials)
        ground.anneal(state, piece, hot, hot * (_COLD / _HOT) ** (piece / trials), halt, 1.0)
        meter.trials += piece
        if _mended(state):
            return assignment_of(state)
    return None


def _mended(state: Ints) -> bool:
    return int(state[at.BEST_PENALTY]) == 0
