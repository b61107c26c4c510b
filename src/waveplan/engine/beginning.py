"""A first plan: near another one, by a simple list, by ejection, by the model, by the compiled search."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence

from waveplan.engine import whole_model as whole
from waveplan.engine.first_plans.construction import construct
from waveplan.engine.first_plans.mending import Mender
from waveplan.engine.first_plans.repairing import must_move
from waveplan.engine.goals.measures import measure
from waveplan.engine.goals.state import GoalState
from waveplan.engine.model.modelling import ModelOptions
from waveplan.engine.problem import Assignment, PlanningProblem
from waveplan.engine.running.clock import Allotment, Clock
from waveplan.engine.running.telling import Say
from waveplan.engine.search.searching import Searching

_QUICK = 0.1  # of the time, for the model at first; twice as much each time after that
_MENDED = 0.3  # of the time, for a first plan near another one
_LOOKED = 0.4  # of the time, for a first plan by the search
_AT_FIRST = 0.6  # of the time, at most, for a first plan by ejection before the model may prove that there is none
_EJECTED = 0.5  # of the time for a first plan by the search, for ejection
_TRIES = (500, 40)  # changes, and changes a lot, that are tried at first

ByModel = Callable[[Allotment, GoalState], GoalState]


class Beginning:
    """Looks for first plans of one problem; where the model is asked, whoever asks says how."""

    def __init__(
        self,
        problem: PlanningProblem,
        options: ModelOptions,
        search: Searching,
        clock: Clock,
        stop: threading.Event,
        say: Say,
    ) -> None:
        self._problem = problem
        self._options = options
        self._search = search
        self._clock = clock
        self._stop = stop
        self._say = say
        self.offered: Assignment | None = None  # what it was given to begin with, where that keeps every rule

    def first_plan(
        self, homes: Assignment, *, large: bool, start: Assignment | None = None, goals: Sequence[str] = ()
    ) -> Assignment | None:
        """A plan that keeps every rule: a first answer, and a whole hint for what follows; no worse than a start."""
        self._say("constructing a first plan")
        if start is not None and len(start) == len(self._problem.lots) and self._keeps_every_rule(start):
            self.offered = start
            if measure(self._problem, start, "moved_lots") <= must_move(self._problem):
                return start
        if homes:
            mending = Mender(self._problem, self._options, self._clock, self._stop)
            plan = mending.mended(homes, self._clock.left().part(_MENDED))
            known = [each for each in (self.offered, plan) if each is not None]
            if known:
                return min(known, key=lambda each: [measure(self._problem, each, goal) for goal in goals])
        if self.offered is not None:
            return self.offered
        if large:
            constructed = construct(self._problem)
            if len(constructed) == len(self._problem.lots) and self._keeps_every_rule(constructed):
                return constructed
        few, each = _TRIES
        tries = None if large else few + each * len(self._problem.lots)
        return self._search.at_once(self._clock.left().part(_AT_FIRST), homes, tries)

    def _keeps_every_rule(self, plan: Assignment) -> bool:
        mending = Mender(self._problem, self._options, self._clock, self._stop)
        return mending.is_valid(plan, self._clock.left())

    def after_all(
        self, goal: str, time: Allotment, best: GoalState, model: whole.WholeModel, by_model: ByModel, quick: Allotment
    ) -> GoalState:
        """A plan where none was found at first: the model for a moment, which may prove that none is, then the search.

        Each may find at once what the other looks for in vain, so the model is given ever more time after that.
        """
        most, share, mark = whole.MOST_FOR_A_PLAN, _QUICK, self._clock.mark()
        if model.size <= most:
            best = best.joined(by_model(quick, best))
        if best.plan is None and not best.settled and self._goes_on:
            left = self._clock.since(time, mark)
            best = best.joined(self._searched_plan(goal, left if model.is_too_large(most) else left.part(_LOOKED)))
        while best.plan is None and not best.settled and share < 1.0 and not model.is_too_large(most) and self._goes_on:
            share *= 2
            best = best.joined(by_model(self._clock.since(time, mark).part(min(1.0, share)), best))
        return best

    @property
    def _goes_on(self) -> bool:
        return not self._stop.is_set() and not self._clock.exhausted

    def _searched_plan(self, goal: str, time: Allotment) -> GoalState:
        """A first plan by the search alone: as it is until it is compiled, then at its full speed."""
        self._say("constructing a first plan")
        mark, plan = self._clock.mark(), self._search.at_once(time.part(_EJECTED))
        if plan is None:
            left = self._clock.since(time, mark)
            plan = self._search.first_plan(left) if self._search.wait(left.seconds) else None
        return GoalState() if plan is None else GoalState(plan, measure(self._problem, plan, goal))
