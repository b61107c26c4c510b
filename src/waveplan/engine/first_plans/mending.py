"""A first plan near another one: that one itself, a repair of it, or what CP-SAT finds around lots that must move.

Where a plan is to be kept but for a few lots, nearly all of it is settled beforehand. Free are the lots that may not
stand where they stood, to go to waves near by; and the lots of these waves, to stay, or to go where there is room.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace

from waveplan.engine.first_plans.repairing import RepairRoom, homeless_in, must_move, repaired_near
from waveplan.engine.goals.measures import measure
from waveplan.engine.goals.state import GoalState
from waveplan.engine.model.modelling import Modelling, ModelOptions
from waveplan.engine.model.watched import ModelGivenUpError
from waveplan.engine.problem import Assignment, PlanningProblem
from waveplan.engine.running.clock import Allotment, Clock

_GOAL = "moved_lots"
_PLACES = 8_000  # of free lots, at most: what CP-SAT searches well in seconds
_JUDGED = 20.0  # seconds, or deterministic units, at least for the judgement of a plan: it takes a moment
_PIECE = 0.4  # of the time that is left, for one neighbourhood
_WIDTHS = ((0, False), (1, False), (2, False), (4, False), (2, True), (8, False), (4, True), (8, True))

Allowed = tuple[tuple[int, ...], ...]


class Mender:
    """Plans near the homes of lots. Pieces of work end with the time that they are given."""

    def __init__(self, problem: PlanningProblem, options: ModelOptions, clock: Clock, stop: threading.Event) -> None:
        self._problem = problem
        self._options = options
        self._clock = clock
        self._stop = stop

    def mended(self, homes: Assignment, time: Allotment) -> Assignment | None:
        """A plan with as many lots at home as the time allows to find; None when none was found."""
        mark, least = self._clock.mark(), must_move(self._problem)
        best = GoalState(bound=None)
        repaired = repaired_near(self._problem, homes)
        if repaired is not None and self.is_valid(repaired, time):
            best = GoalState(repaired, measure(self._problem, repaired, _GOAL))
        for allowed in _ever_wider(self._problem, homes):
            left = self._clock.since(time, mark)
            enough = best.value is not None and best.value <= least
            if enough or left.seconds == 0.0 or left.deterministic == 0.0 or self._stop.is_set():
                break
            narrowed = replace(self._problem, allowed=allowed)
            try:
                model = Modelling(narrowed, {}, self._options, self._clock, self._stop, within=left)
            except ModelGivenUpError:
                break
            best = best.joined(model.optimise(_GOAL, left.part(_PIECE), None, lambda *_: None))
        return best.plan

    def is_valid(self, plan: Assignment, time: Allotment) -> bool:
        """Whether a plan keeps every rule, in the word of a model that is small: every lot has one place in it."""
        allowed = tuple((plan[lot],) for lot in range(len(self._problem.lots)))
        if any(place not in places for (place,), places in zip(allowed, self._problem.allowed, strict=True)):
            return False
        model = Modelling(replace(self._problem, allowed=allowed), {}, self._options, self._clock, self._stop)
        return model.any_plan(plan, _at_least(time, _JUDGED)).plan is not None


def _at_least(time: Allotment, least: float) -> Allotment:
    """More time than there is, if need be: what has been made must not be lost for want of a judgement."""
    return Allotment(*(None if each is None else max(each, least) for each in (time.seconds, time.deterministic)))


def _ever_wider(problem: PlanningProblem, homes: Assignment) -> Iterator[Allowed]:
    """Places of all lots, nearly all of them settled, each time fewer, as long as those that are free stay few."""
    homeless = homeless_in(problem, homes)
    room = RepairRoom(problem, {lot: place for lot, place in homes.items() if lot not in homeless})
    wanted = {homes[lot] for lot in homeless if lot in homes}
    wanted |= {place for lot in homeless if lot not in homes for place in problem.allowed[lot] if place in room.waves}
    seen: set[Allowed] = set()
    for width, swapping in _WIDTHS if homeless else ():
        near = room.beside(wanted, width)
        wide = room.beside(wanted, max(2, 2 * width))
        allowed = tuple(
            _places(problem, room, lot, homes, (wide if lot in homeless else near if swapping else frozenset()), near)
            for lot in range(len(problem.lots))
        )
        free = sum(len(places) for places in allowed if len(places) > 1)
        if all(allowed) and free <= _PLACES and allowed not in seen:
            seen.add(allowed)
            yield allowed


def _places(
    problem: PlanningProblem,
    room: RepairRoom,
    lot: int,
    homes: Assignment,
    others: frozenset[int],
    near: frozenset[int],
) -> tuple[int, ...]:
    """Where a lot may stand: at home if its wave is not near; else in some others too, and where there is room."""
    home, allowed = homes.get(lot), problem.allowed[lot]
    if home in allowed and home not in near:
        return (home,)
    return tuple(place for place in allowed if place == home or place in others or room.is_free(lot, place))
