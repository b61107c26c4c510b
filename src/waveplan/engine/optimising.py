"""Goals in order, within limits: each is made as small as it can be, then held with some room while the next is.

What comes out is an assignment, and of each goal its value and a proven bound; or that no assignment keeps every rule.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Literal

from waveplan.engine.first_plans.repairing import finish_of_the_rest, must_move
from waveplan.engine.goals.measures import measure
from waveplan.engine.goals.state import Aim, GoalResult, GoalState
from waveplan.engine.model.modelling import ModelOptions
from waveplan.engine.presolve.parting import parted
from waveplan.engine.presolve.slimming import slimmed
from waveplan.engine.problem import Assignment, PlanningProblem
from waveplan.engine.proofs.bounds import finish_bound, wave_bounds
from waveplan.engine.proofs.bounds.workload import workload_bound
from waveplan.engine.running.clock import Clock
from waveplan.engine.running.looking import Look
from waveplan.engine.running.telling import Say
from waveplan.engine.strategy import Strategy


@dataclass(frozen=True, slots=True)
class Optimised:
    """An assignment with what came of each goal; or that there is none, or that none was found."""

    status: Literal["assigned", "infeasible", "unknown"]
    assignment: Assignment | None = None
    goals: tuple[GoalResult, ...] = ()


class Optimiser:
    """One problem, and all that works on it within one allotment of time."""

    def __init__(
        self,
        problem: PlanningProblem,
        options: ModelOptions,
        clock: Clock,
        stop: threading.Event,
        say: Say,
        *,
        near: Assignment | None = None,
        start: Assignment | None = None,
    ) -> None:
        """`near` is where another assignment has some lots: what is found first stays near it.

        A `start` has all of them; where it keeps every rule, nothing worse than it by the goals comes out.
        """
        self._problem = problem = parted(slimmed(problem))
        self._clock = clock
        self._stop = stop
        self._homes = near or {}
        self._moves_count = near is not None
        self._start = start
        self._bounds: dict[str, int] = {}  # worked out once there is a plan, which must not wait for them
        self._aims: tuple[Aim, ...] = ()
        self._done: tuple[GoalResult, ...] = ()
        self._best: Assignment | None = None
        self._said: dict[str, Fraction] = {}  # bounds of goals that are being worked on
        self._tell = say
        self._pursuit = Strategy(problem, self._bounds, options, clock, stop, self._say, self._offered)

    def optimise(self, aims: Sequence[Aim]) -> Optimised:
        """Optimise goals in order; at least one."""
        pursuit, results = self._pursuit, list[GoalResult]()
        self._aims = tuple(aims)
        plan = self._best = pursuit.begin([aim.goal for aim in aims], self._homes, self._start)
        if not self._stop.is_set() and not self._clock.exhausted:
            self._bounds.update(self._first_bounds())
        for number, aim in enumerate(aims):
            over = self._stop.is_set() or self._clock.exhausted
            if over and plan is None:
                return Optimised("unknown")
            if over and plan is not None:
                results.append(self._result(aim, pursuit.known(aim.goal, plan), plan, self._clock.elapsed()))
                continue
            began = self._clock.elapsed()
            found = pursuit.pursue(tuple(each.goal for each in aims[number:]), plan)
            if plan is None:
                found = pursuit.second_opinion(aim.goal, found)
                if found.plan is None:
                    return Optimised("infeasible" if found.status == "infeasible" else "unknown")
            plan = found.plan if found.plan is not None else plan
            assert plan is not None
            results.append(self._result(aim, found, plan, began))
            self._done, self._best = tuple(results), plan
            value = measure(self._problem, plan, aim.goal)
            pursuit.hold(aim.goal, value, aim.room(value))
            if (
                aim.goal == "moved_lots"
                and self._moves_count
                and value + aim.room(value) < must_move(self._problem) + 1
            ):
                self._bounds["finish"] = max(self._bounds.get("finish", 0), finish_of_the_rest(self._problem))
        assert plan is not None
        return self._no_worse(Optimised("assigned", plan, tuple(results)))

    def now(self) -> Optimised | None:
        """What would come out if it had to end here; None where there is no plan yet. Any thread may ask."""
        done, plan = self._done, self._best
        if plan is None or not all(self._keeps(plan, each) for each in done):
            return None
        left = tuple(self._so_far(aim, plan) for aim in self._aims[len(done) :])
        return self._no_worse(Optimised("assigned", plan, (*done, *left)))

    def _keeps(self, plan: Assignment, done: GoalResult) -> bool:
        """Whether a plan is no worse by a goal that is done than may be."""
        value = measure(self._problem, plan, done.aim.goal)
        return done.value is None or value <= done.value + done.aim.room(done.value)

    def _so_far(self, aim: Aim, plan: Assignment) -> GoalResult:
        known = self._pursuit.known(aim.goal, plan).joined(GoalState(bound=self._said.get(aim.goal)))
        return self._result(aim, known, plan, self._clock.elapsed())

    def _offered(self, plan: Assignment) -> None:
        self._best = plan

    def _say(
        self, phase: str, goal: str | None = None, value: Fraction | None = None, bound: Fraction | None = None
    ) -> None:
        if goal is not None and bound is not None:
            self._said[goal] = bound
        self._tell(phase, goal, value, bound)

    def _no_worse(self, found: Optimised) -> Optimised:
        """What was found; what it began with, where that is better by the first goal in which they differ."""
        start = self._pursuit.offered
        if start is None:
            return found
        for result in found.goals:
            value = measure(self._problem, start, result.aim.goal)
            if result.value is not None and value < result.value - result.aim.room(result.value):
                return Optimised("assigned", start, tuple(self._of(start, each) for each in found.goals))
            if result.value is not None and value > result.value:
                break
        return found

    def _of(self, plan: Assignment, result: GoalResult) -> GoalResult:
        value = measure(self._problem, plan, result.aim.goal)
        bound = None if result.bound is None else min(result.bound, value)
        return replace(result, value=value, bound=bound, proven=bound == value)

    def _result(self, aim: Aim, found: GoalState, plan: Assignment, began: float) -> GoalResult:
        value = measure(self._problem, plan, aim.goal)
        proven = found.status == "optimal"
        bound = value if proven else found.bound
        bound = None if bound is None else min(bound, value)
        return GoalResult(aim, value, bound, proven, self._clock.elapsed() - began)

    def _first_bounds(self) -> dict[str, int]:
        """What is known of goals without any search, as far as there is time to find it out."""
        problem = self._problem
        look = Look(lambda: self._stop.is_set() or self._clock.exhausted)
        least = wave_bounds(problem)
        moved = {"moved_lots": must_move(problem)} if self._moves_count else {}
        finish = max(finish_bound(problem, least), workload_bound(problem, look))
        return {"waves": sum(least), "finish": finish, **moved}
