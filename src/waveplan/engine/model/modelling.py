"""CP-SAT at work on the whole model: first plans, goals, proofs."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from fractions import Fraction

from waveplan.engine.goals.measures import measure
from waveplan.engine.goals.state import GoalState
from waveplan.engine.model.assembly import ProblemModel, assemble
from waveplan.engine.model.cp_sat import Run, RunLimits, run
from waveplan.engine.model.watched import ModelGivenUpError, Over, over_after
from waveplan.engine.presolve.directions import mostly_directed
from waveplan.engine.problem import Assignment, PlanningProblem
from waveplan.engine.running.clock import Allotment, Clock
from waveplan.engine.running.options import Leaning

IN_TURNS = 4  # searches of CP-SAT on a single core: with one alone it has one way to look at a problem, and one bound
Glance = Callable[[Fraction | None, Fraction | None], None]  # value and bound so far


@dataclass(frozen=True, slots=True)
class ModelOptions:
    """How CP-SAT runs."""

    workers: int
    seed: int
    reproducible: bool
    leaning: Leaning = "even"


class Modelling:
    """The model of a problem, and runs on it. What is found becomes the hint for what follows.

    Building it ends `within` some time or when a stop is asked for: it is given up then (ModelGivenUpError). Without
    that it is built whatever it takes. Where there is one worker, several searches share its core if they are to work
    `in_turns`.
    """

    def __init__(
        self,
        problem: PlanningProblem,
        bounds: dict[str, int],
        options: ModelOptions,
        clock: Clock,
        stop: threading.Event,
        *,
        within: Allotment | None = None,
        in_turns: bool = False,
    ) -> None:
        self._in_turns = in_turns and options.workers == 1 and not options.reproducible
        self._problem = problem
        self._options = options
        self._clock = clock
        self._stop = stop
        self._presolve = True
        self._hinted: Assignment = {}  # what the hint stands for
        self._over: Over | None = None if within is None else over_after(within.seconds, stop)
        self._model: ProblemModel = assemble(problem, bounds, self._is_over)
        if within is not None:
            self._over = lambda: clock.exhausted  # goals are added later; a stop does not keep a plan from being judged

    def _is_over(self) -> bool:
        return self._over is not None and self._over()

    def completed(self, goal: str, plan: Assignment, time: Allotment) -> Assignment | None:
        """A plan completed and judged by every rule, and remembered; even when a stop has been asked for."""
        try:
            self._model.minimise(self._model.goal(goal))  # so that the goal's own variables are part of the hint
        except ModelGivenUpError:
            return None
        self._model.hint(plan)
        if not self._model.is_whole(plan):
            return None
        limits = replace(self._limits(time), fix_hints=True)
        found = self._counted(run(self._model.model, limits, threading.Event(), lambda *_: None))
        return self._kept(found) if found.has_plan else None

    def optimise(
        self, goal: str, time: Allotment, bound: Fraction | None, glance: Glance, beside: int = 0
    ) -> GoalState:
        """Make a goal smaller for a time; `bound` is what is proven already, `beside` how many cores do other work."""
        try:
            expression = self._model.goal(goal)
            self._model.minimise(expression)
            if bound is not None:
                self._model.raise_to(expression, bound)
        except ModelGivenUpError:
            return GoalState()

        def look(value: int | None, proven: int | None) -> None:
            glance(_fraction(value, expression.scale), _fraction(proven, expression.scale))

        limits = replace(self._limits(time), workers=self._threads(beside))
        if goal == "coexistence" and mostly_directed(self._problem):  # then what it costs is linear: it carries far
            limits = replace(limits, linearization=2)
        found = self._counted(run(self._model.model, limits, self._stop, look))
        if not found.has_plan:
            return GoalState(status="infeasible" if found.status == "infeasible" else "open")
        plan = self._kept(found)
        value = measure(self._problem, plan, goal)
        bound = _fraction(None if found.bound is None else max(0, found.bound), expression.scale)
        if found.status == "optimal" and expression.terms:
            return self._to_the_last_digit(goal, GoalState(plan, value, bound), time)
        return GoalState(plan, value, bound, "optimal" if found.status == "optimal" else "open")

    def _threads(self, beside: int) -> int:
        """CP-SAT's searches while so many cores do other work."""
        return IN_TURNS if self._in_turns else max(1, self._options.workers - beside)

    def _to_the_last_digit(self, goal: str, best: GoalState, time: Allotment) -> GoalState:
        """Where the objective was rounded, ask for plans that are better, however little, until there is none."""
        mark = self._clock.mark()
        while not self._stop.is_set():
            assert best.plan is not None and best.value is not None
            left = self._clock.since(time, mark)
            if left.seconds == 0.0 or left.deterministic == 0.0:
                break
            model = self._model.better_than(self._model.goal(goal), best.value)
            found = self._counted(run(model, self._limits(left), self._stop, lambda *_: None))
            if not found.has_plan:
                return replace(best, status="optimal") if found.status == "infeasible" else best
            plan = self._model.assignment(found.values)
            best = GoalState(plan, measure(self._problem, plan, goal), best.bound)
        return best

    def hold(self, goal: str, value: Fraction, room: Fraction) -> None:
        """Keep a goal from getting worse than a value, and some room.

        Raises ModelGivenUpError when time is over before the model holds it.
        """
        expression = self._model.goal(goal)
        self._model.hold(expression, value, room)

    def start_from(self, goal: str, plan: Assignment, time: Allotment) -> None:
        """Hint a plan, completed where it is not already the hint."""
        if plan != self._hinted:
            self.completed(goal, plan, time)

    def any_plan(self, constructed: Assignment, time: Allotment) -> GoalState:
        """A plan, or the proof that there is none, without any goal; what is constructed is taken if it will do."""
        self._model.hint(constructed)
        model = self._model.without_objective(hinted=True)
        found = self._counted(run(model, self._limits(time), self._stop, lambda *_: None))
        if found.has_plan:
            return GoalState(self._model.assignment(found.values))
        return GoalState(status="infeasible" if found.status == "infeasible" else "open")

    def second_opinion(self, time: Allotment, say: Callable[[], None]) -> GoalState:
        """Infeasible is believed only when it holds with presolve off too."""
        limits = replace(self._limits(time), presolve=False)
        again = self._counted(run(self._model.without_objective(), limits, self._stop, lambda *_: say()))
        if again.has_plan:
            self._presolve = False  # presolve was wrong about this model: go on without it
            return GoalState(self._kept(again))
        return GoalState(status="infeasible" if again.status == "infeasible" else "open")

    def _kept(self, found: Run) -> Assignment:
        self._model.keep(found.values)
        self._hinted = self._model.assignment(found.values)
        return self._hinted

    def _counted(self, found: Run) -> Run:
        self._clock.spend(found.deterministic_time)
        return found

    def _limits(self, time: Allotment) -> RunLimits:
        return RunLimits(
            time.seconds,
            time.deterministic,
            self._options.workers,
            self._options.seed,
            interleave=self._options.reproducible,
            presolve=self._presolve,
        )


def _fraction(value: int | None, scale: int) -> Fraction | None:
    return None if value is None else Fraction(value, scale)
