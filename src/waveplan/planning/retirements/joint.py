"""Waves and retirements together, where retirements find no people beside the waves that were found without them."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Literal

from waveplan.engine.goals.measures import measure
from waveplan.engine.goals.state import Aim, GoalResult
from waveplan.engine.model.assembly import assemble
from waveplan.engine.model.cp_sat import Run, RunLimits, run
from waveplan.engine.model.retirements import RetirementModel, RetirementProblem
from waveplan.engine.model.watched import ModelGivenUpError, over_after
from waveplan.engine.problem import Assignment, PlanningProblem, Position
from waveplan.planning.building.problem_builder import Built
from waveplan.planning.facts.retirement_work import Dates, peak_of
from waveplan.planning.retirements.dating import Waves, first_dates
from waveplan.planning.retirements.problem import retirement_problem


@dataclass(frozen=True, slots=True)
class Joined:
    """Where lots start, when retirements are done, and how each goal came out; or that there is no such plan."""

    status: Literal["planned", "infeasible", "unknown"]
    plan: Assignment | None = None
    dates: Dates | None = None
    stages: tuple[GoalResult, ...] = ()


def placed_by(built: Built, plan: Assignment) -> dict[str, Position]:
    """Where lots start, by id."""
    return {built.facts.lots[lot].id: built.facts.positions[position] for lot, position in plan.items()}


def value_of(built: Built, plan: Assignment, dates: Dates, goal: str) -> Fraction:
    """The value of a goal, in which the work of retirements counts."""
    if goal != "peak_load":
        return measure(built.problem, plan, goal)
    waves = Waves(built.facts, placed_by(built, plan))
    return peak_of(built.facts, waves.used, built.facts.retirement_work.loads(dates))


_MOST_PLACES = 60_000  # of lots
_MOST_TERMS = 3_000_000  # where retirements wait for lots: with more the model takes minutes, and gigabytes


def _terms(problem: PlanningProblem, retirements: RetirementProblem) -> int:
    """How many places of lots retirements wait for, each as often as one waits for it, and days that they may have."""
    places = [len(positions) for positions in problem.allowed]
    waiting = ((*each.lots_before, *each.lots_beside) for each in retirements.retirements)
    days = sum(len(each.days) for each in retirements.retirements)
    return days + sum(places[lot] for lots in waiting for lot in lots)


class Joint:
    """One model of waves and retirements, and runs on it within some time.

    Where it is too large, or building it takes longer than there is, nothing is found out: it is unknown then.
    """

    def __init__(self, built: Built, limits: RunLimits, stop: threading.Event) -> None:
        self._built = built
        self._limits = limits
        self._stop = stop

    def pursue(self, aims: Sequence[Aim]) -> Joined:
        """Optimise the goals in order; at last each retirement as early as the people allow."""
        try:
            self._build()
        except ModelGivenUpError:
            return Joined("unknown")
        return self._pursued(aims)

    def _build(self) -> None:
        if sum(len(positions) for positions in self._built.problem.allowed) > _MOST_PLACES:
            raise ModelGivenUpError
        over, building = over_after(self._limits.seconds, self._stop), True
        self._model = assemble(self._built.problem, {}, lambda: building and over())
        retirements = retirement_problem(self._built.facts, self._built.problem)
        if _terms(self._built.problem, retirements) > _MOST_TERMS:
            raise ModelGivenUpError
        self._retirements = RetirementModel(retirements, self._model.variables)
        self._possible = self._retirements.add()
        building = False  # what goals add later is little

    def _pursued(self, aims: Sequence[Aim]) -> Joined:
        plan, dates, stages = None, None, list[GoalResult]()
        for aim in aims if self._possible and self._built.problem.lots else ():
            expression = self._model.goal(aim.goal)
            if aim.goal == "peak_load":
                self._retirements.add_peaks(expression.expression)
            self._model.minimise(expression)
            found = self._run(1 / (len(aims) + 1))
            if not found.has_plan:
                if plan is None:
                    return self._without(found)
                stages.append(GoalResult(aim, None, None, proven=False, seconds=0.0))
                continue
            plan, dates = self._model.assignment(found.values), self._dates(found.values)
            self._model.keep(found.values)
            value = value_of(self._built, plan, dates, aim.goal)
            proven = found.status == "optimal"
            bound = None if found.bound is None else Fraction(max(0, found.bound), expression.scale)
            stages.append(GoalResult(aim, value, value if proven else bound and min(bound, value), proven, 0.0))
            self._model.hold(expression, value, aim.room(value))
        if plan is None and self._possible:
            found = self._run(1.0)
            if not found.has_plan:
                return self._without(found)
            plan, dates = self._model.assignment(found.values), self._dates(found.values)
        if plan is None or dates is None:
            return Joined("infeasible")
        return Joined("planned", plan, self._earliest(plan, dates, stages), tuple(stages))

    def any_plan(self) -> Joined:
        """A plan without any goal, or the proof that there is none."""
        return self.pursue(())

    def _without(self, found: Run) -> Joined:
        """Infeasible is believed only when it holds with presolve off too."""
        if found.status != "infeasible":
            return Joined("unknown")
        again = run(self._model.without_objective(), replace(self._limits, presolve=False), self._stop, lambda *_: None)
        if again.has_plan:
            return Joined("planned", self._model.assignment(again.values), self._dates(again.values))
        return Joined("infeasible" if again.status == "infeasible" else "unknown")

    def _earliest(self, plan: Assignment, dates: Dates, stages: Sequence[GoalResult]) -> Dates:
        """Dates as early as they can be beside these waves, the goals kept."""
        first = first_dates(Waves(self._built.facts, placed_by(self._built, plan)))
        peaks = [stage.value for stage in stages if stage.aim.goal == "peak_load" and stage.value is not None]
        if first is not None and all(value_of(self._built, plan, first, "peak_load") <= peak for peak in peaks):
            return first
        for lot, position in plan.items():
            self._model.fix(lot, position)
        self._model.model.clear_objective()  # type: ignore[no-untyped-call]
        self._model.model.minimize(self._retirements.total)
        found = self._run(1.0)
        return self._dates(found.values) if found.has_plan else dates

    def _dates(self, values: tuple[int, ...]) -> Dates:
        days = self._retirements.days(values)
        return {name: self._built.facts.date(day) for name, day in days.items()}

    def _run(self, share: float) -> Run:
        seconds, units = self._limits.seconds, self._limits.deterministic
        limits = replace(
            self._limits,
            seconds=None if seconds is None else seconds * share,
            deterministic=None if units is None else units * share,
        )
        return run(self._model.model, limits, self._stop, lambda *_: None)
