"""Neighbourhood after neighbourhood, larger ones where the small ones are exhausted."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from waveplan.engine.clock import Allotment, Clock
from waveplan.engine.goal_state import GoalState
from waveplan.engine.model.modelling import Modelling, ModelOptions
from waveplan.engine.model.watched import ModelGivenUpError
from waveplan.engine.neighbourhoods.choosing import KINDS, Choosing, Places
from waveplan.engine.problem import PlanningProblem

_PLACES = 700  # of lots that move, at first: CP-SAT finds the best of so many in a second or two
_MOST_PLACES = 6_000
_LARGER = 1.5  # times as many where nothing came of _PATIENCE neighbourhoods of a kind in a row
_PATIENCE = 4
_WEARY = 60  # neighbourhoods of each kind in a row without success: then none is likely to follow
_UNITS = 2.0  # of deterministic time for so many places as at first; growing with the square of their number
_AT_WISHES = 0.3  # of the time, at most, for the first one, of all lots
_LEAST = 0.7  # seconds: with less, none is begun
_BUILDING = 0.1  # units of deterministic time that a model takes to build, so that an end is always near


@dataclass
class _Size:
    """How large neighbourhoods of one kind are by now."""

    most: int = _PLACES
    misses: int = 0

    def missed(self) -> bool:
        """Nothing came of one; whether they are as large as they get."""
        self.misses += 1
        if self.misses % _PATIENCE == 0:
            self.most = min(int(_LARGER * self.most), _MOST_PLACES)
        return self.most == _MOST_PLACES


@dataclass
class Bettering:
    """Betters a goal's plan under what is held, until time is over, a stop is asked for or a bound is met."""

    problem: PlanningProblem
    goal: str
    held: Mapping[str, Fraction]
    options: ModelOptions
    choosing: Choosing
    clock: Clock
    stop: threading.Event
    bound: Callable[[], Fraction | None]
    glance: Callable[[Fraction | None], None]

    def run(self, best: GoalState, time: Allotment) -> GoalState:
        """The best plan that was found; its bound is the one it came with."""
        mark, number = self.clock.mark(), 0
        sizes = [_Size() for _ in range(KINDS)]
        tried: set[tuple[int, frozenset[int]]] = set()
        at_wishes = None if best.plan is None else self.choosing.at_wishes(best.plan)
        if at_wishes is not None and _count(at_wishes) <= _MOST_PLACES:
            best = self._within(best, at_wishes, time.part(_AT_WISHES))
        while best.plan is not None and self._goes_on(best, self.clock.since(time, mark)):
            kind = number % KINDS
            number += 1
            chosen = self.choosing.some(best.plan, kind, sizes[kind].most)
            if (kind, frozenset(chosen)) in tried:
                better = best
            else:
                tried.add((kind, frozenset(chosen)))
                better = self._within(best, chosen, self._piece(chosen, self.clock.since(time, mark)))
            if better is not best:
                best = better
                tried.clear()
                sizes[kind].misses = 0
            elif sizes[kind].missed() and all(size.misses > _WEARY for size in sizes):
                break
        return best

    def _piece(self, chosen: Places, left: Allotment) -> Allotment:
        units = _UNITS * max(1.0, _count(chosen) / _PLACES) ** 2
        return replace(left, deterministic=min(units, left.deterministic or units))

    def _goes_on(self, best: GoalState, left: Allotment) -> bool:
        late = (left.seconds is not None and left.seconds < _LEAST) or left.deterministic == 0.0
        bound = self.bound()
        met = best.value is not None and bound is not None and best.value <= bound
        return not (late or met or self.stop.is_set() or best.settled)

    def _within(self, best: GoalState, places: Places, time: Allotment) -> GoalState:
        """A better plan, if there is one in the neighbourhood; else the same one."""
        assert best.plan is not None
        plan = best.plan
        allowed = tuple(places.get(lot, (plan[lot],)) for lot in range(len(self.problem.lots)))
        try:
            model = Modelling(
                replace(self.problem, allowed=allowed), {}, self.options, self.clock, self.stop, within=time
            )
            for name, most in self.held.items():
                model.hold(name, most, Fraction(0))
            model.start_from(self.goal, plan, time)
            found = model.optimise(self.goal, time, best.bound, lambda *_: None)
        except ModelGivenUpError:
            return best
        finally:
            self.clock.spend(_BUILDING)
        if found.value is None or best.value is None or found.value >= best.value:
            return best
        self.glance(found.value)
        return GoalState(found.plan, found.value, best.bound)


def _count(places: Places) -> int:
    return sum(map(len, places.values()))
