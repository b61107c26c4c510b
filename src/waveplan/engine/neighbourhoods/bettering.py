"""Neighbourhood after neighbourhood, larger ones where the small ones are exhausted."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from waveplan.engine.goals.state import GoalState
from waveplan.engine.model.modelling import Modelling, ModelOptions
from waveplan.engine.model.watched import ModelGivenUpError
from waveplan.engine.neighbourhoods.choosing import KINDS, Neighbourhoods, Places
from waveplan.engine.neighbourhoods.offers import Offered, wishes_of
from waveplan.engine.problem import Assignment, PlanningProblem
from waveplan.engine.running.clock import Allotment, Clock

_PLACES = 700  # of lots that move, at first: CP-SAT finds the best of so many in a second or two
_MOST_PLACES = 6_000
_LARGER = 1.5  # times as many where nothing came of _PATIENCE neighbourhoods of a kind in a row
_PATIENCE = 4
_WEARY = 60  # neighbourhoods of each kind in a row without success: then none is likely to follow
_UNITS = 1.0  # of deterministic time for so many places as at first; growing with the square of their number
_UNKNOWN = 1e9  # worth of a kind that has not been tried yet
_ANY = 0.2  # of the choices between kinds are left to chance
_LEAST = 0.7  # seconds: with less, none is begun
_BUILDING = 0.1  # units of deterministic time that a model takes to build, so that an end is always near


@dataclass
class _KindTried:
    """What neighbourhoods of one kind have been worth of late, in the goal's units a unit of time, and their size."""

    worth: float
    most: int = _PLACES
    misses: int = 0

    def won(self, gain: float, spent: float) -> None:
        """One made the plan better by so much in so many units."""
        self.worth = (self.worth + gain / spent) / 2.0
        self.misses = 0

    def missed(self) -> None:
        """Nothing came of one: after some, they grow."""
        self.worth /= 2.0
        self.misses += 1
        if self.misses % _PATIENCE == 0:
            self.most = min(int(_LARGER * self.most), _MOST_PLACES)


@dataclass
class Bettering:
    """Betters a goal's plan under what is held, until time is over, a stop is asked for or a bound is met."""

    problem: PlanningProblem
    goal: str
    held: Mapping[str, Fraction]
    options: ModelOptions
    choosing: Neighbourhoods
    clock: Clock
    stop: threading.Event
    bound: Callable[[], Fraction | None]
    glance: Callable[[Fraction | None], None]
    offered: Offered | None = None

    def run(self, best: GoalState, time: Allotment) -> GoalState:
        """The best plan that was found; its bound is the one it came with."""
        mark, tried = self.clock.mark(), set[tuple[int, frozenset[int]]]()
        kinds = [_KindTried(_UNKNOWN) for _ in range(KINDS)]
        while best.plan is not None and self._goes_on(best, self.clock.since(time, mark)):
            newer = None if self.offered is None else self.offered.newer()
            if newer is not None:
                best = self._heeded(best, newer)
                kinds, tried = [_KindTried(_UNKNOWN) for _ in range(KINDS)], set()
            assert best.plan is not None
            if all(kind.misses > _WEARY for kind in kinds):
                break
            number = self._next(kinds)
            chosen, began, better = self.choosing.some(best.plan, number, kinds[number].most), self.clock.mark(), best
            if (number, frozenset(chosen)) not in tried and _count(chosen) <= _MOST_PLACES:
                tried.add((number, frozenset(chosen)))
                better = self._within(best, chosen, self._piece(chosen, self.clock.since(time, mark)))
            if better is best or better.value is None or best.value is None:
                kinds[number].missed()
                continue
            kinds[number].won(float(best.value - better.value), self.clock.mark()[1] - began[1])
            best = better
            tried.clear()
        return best

    def _heeded(self, best: GoalState, newer: Assignment) -> GoalState:
        """The better of a plan and what is offered; lots wish to be where that has them."""
        assert self.offered is not None
        self.choosing.wishes = wishes_of(newer, len(self.problem.lots))
        better = self.offered.better(self.problem, self.goal, best, newer)
        if better is not best:
            self.glance(better.value)
        return better

    def _next(self, kinds: Sequence[_KindTried]) -> int:
        """The kind that has been worth most, now and then another one."""
        chance = self.choosing.chance
        if chance.random() < _ANY:
            return chance.randrange(KINDS)
        return max(range(KINDS), key=lambda number: (kinds[number].worth, -number))

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
