"""The model of a whole problem: built when it is first asked for, given up where it is too large, judge of plans."""

from __future__ import annotations

import threading
from collections.abc import Callable
from fractions import Fraction

from waveplan.engine.goals.measures import measure
from waveplan.engine.goals.state import GoalState
from waveplan.engine.model.modelling import IN_TURNS, Modelling, ModelOptions
from waveplan.engine.model.watched import ModelGivenUpError
from waveplan.engine.problem import Assignment, PlanningProblem
from waveplan.engine.running.clock import Allotment, Clock
from waveplan.engine.running.machine import has_room_for
from waveplan.engine.running.telling import Say

MOST_MODELLED = 20_000  # places of lots: with more the search alone betters coexistence
MOST_IN_MODEL = 60_000  # places of lots: with more the model takes too long to build, and too much memory
MOST_FOR_A_PLAN = 400_000  # the same where no plan is known without it
_BUILT = 0.5  # of the time that is left, at most, for building the model: what takes longer would be asked in vain
_HINTED = 0.2  # of a run's time, at most, for completing the plan that it starts from


class WholeModel:
    """The model of one problem, and what is held of goals reached."""

    def __init__(
        self,
        problem: PlanningProblem,
        bounds: dict[str, int],
        options: ModelOptions,
        clock: Clock,
        stop: threading.Event,
        say: Say,
    ) -> None:
        self._problem = problem
        self._bounds = bounds
        self._options = options
        self._clock = clock
        self._stop = stop
        self._say = say
        self._model: Modelling | None = None
        self._given_up = False  # building the model took too long: the problem is as good as too large for it
        self._kept: dict[str, tuple[Fraction, Fraction]] = {}  # by goal: what was reached, and the room given
        self.size = sum(len(positions) for positions in problem.allowed)

    def hold(self, goal: str, value: Fraction, room: Fraction) -> None:
        """Keep a goal within some room of a value from now on."""
        self._kept[goal] = (value, room)
        if self._model is not None:
            try:
                self._model.hold(goal, value, room)
            except ModelGivenUpError:  # time was over before it held that: what it says from now on is of no use
                self._model, self._given_up = None, True

    def is_too_large(self, most: int) -> bool:
        """Whether the model is not to be had: by the number of places, or as it was tried in vain."""
        return self.size > most or self._given_up

    def better(self, goal: str, time: Allotment, best: GoalState, most: int, is_busy: Callable[[], bool]) -> GoalState:
        """What the model makes of a goal, if there are at most so many places; while busy it leaves a core free."""
        model = self._modelled(most)
        if model is None:
            return GoalState()
        if best.plan is not None:
            model.start_from(goal, best.plan, time.part(_HINTED))

        def glance(value: Fraction | None, bound: Fraction | None) -> None:
            known = [each for each in (bound, best.bound) if each is not None]
            self._say("optimising", goal, best.value if value is None else value, max(known, default=None))

        return model.optimise(goal, time, best.bound, glance, beside=int(is_busy()))

    def judged(self, goal: str, plan: Assignment) -> bool | None:
        """Whether a plan keeps every rule and all that is held; None where there is no model for it."""
        model = None if self._model is None else self._modelled(MOST_MODELLED)
        if model is None:
            return None
        return model.completed(goal, plan, self._clock.left().part(_HINTED)) is not None

    def second_opinion(self, goal: str, found: GoalState) -> GoalState:
        """No plan: unknown stays unknown; infeasible is believed only when it holds with presolve off too."""
        if found.status != "infeasible" or self._model is None:
            return found
        again = self._model.second_opinion(self._clock.left(), lambda: self._say("confirming that no plan exists"))
        return again if again.plan is None else GoalState(again.plan, measure(self._problem, again.plan, goal))

    def _modelled(self, most: int) -> Modelling | None:
        """The whole model, built when it is first asked for; None when the problem is too large for it."""
        if self._model is None and not self.is_too_large(most):
            self._say("building the model")
            within = self._clock.left().part(_BUILT)
            in_turns = self.size <= MOST_MODELLED and has_room_for(IN_TURNS)
            try:
                model = Modelling(
                    self._problem,
                    self._bounds,
                    self._options,
                    self._clock,
                    self._stop,
                    within=within,
                    in_turns=in_turns,
                )
                for goal, (value, room) in self._kept.items():
                    model.hold(goal, value, room)
            except ModelGivenUpError:
                self._given_up = True
                return None
            self._model = model
        return self._model if self.size <= most else None
