"""Goals in order, within limits: construction, CP-SAT, bounds and proofs put together."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Sequence as Sequence_
from dataclasses import dataclass, replace
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_EVEN, Decimal
from fractions import Fraction
from math import ceil, floor

from ortools.sat.python import cp_model

from waveplan.domain.inventory import Inventory
from waveplan.domain.plan import GoalRecord, GoalStatus, InventoryFile, Plan, SolveLimit, SolveRecord, Versions
from waveplan.domain.policy import Goal, Tolerance
from waveplan.planning.bounds import finish_bound, wave_bounds
from waveplan.planning.construction import construct
from waveplan.planning.cp_sat import Run, RunLimits, run
from waveplan.planning.facts import Facts
from waveplan.planning.measures import Assignment, measure
from waveplan.planning.model.assembly import PlanModel, assemble
from waveplan.planning.options import OnProgress, Outcome, Progress, SolveOptions
from waveplan.planning.plan_builder import build_plan
from waveplan.planning.precheck import precheck
from waveplan.planning.problem_builder import Built, build_problem

_RATIO_GOALS = {"peak_load", "criticality_risk"}
_SHARES = {"coexistence": 4, "moved_lots": 3, "criticality_risk": 2}  # of the time that is left; the others take 1
_DEFAULT_DETERMINISTIC = 60.0
_REPRODUCIBLE_WORKERS = 4


@dataclass
class _Stage:
    """One goal, optimised: value and bound in exact units, and whether the value is proven best."""

    goal: Goal
    value: Fraction | None
    bound: Fraction | None
    proven: bool
    seconds: float


def solve(
    inventory: Inventory,
    *,
    options: SolveOptions | None = None,
    baseline: Plan | None = None,
    files: Sequence_[InventoryFile] = (),
    on_progress: OnProgress | None = None,
    stop: threading.Event | None = None,
) -> Outcome:
    """Plan an inventory that validates. The plan is not checked here: that is the caller's, by other code."""
    chosen = options or SolveOptions()
    engine = _Engine(chosen, on_progress or (lambda _: None), stop or threading.Event())
    return engine.solve(inventory, baseline, files)


class _Engine:
    def __init__(self, options: SolveOptions, on_progress: OnProgress, stop: threading.Event) -> None:
        self._options = options
        self._tell = on_progress
        self._stop = stop
        self._started = time.monotonic()
        self._spent = 0.0  # deterministic time
        self._seconds, self._deterministic = _limits(options)
        self._workers = _workers(options)
        self._presolve = True

    def solve(self, inventory: Inventory, baseline: Plan | None, files: Sequence_[InventoryFile]) -> Outcome:
        self._say("reading the calendar")
        built = build_problem(Facts(inventory), baseline)
        goals = self._options.goals or tuple(inventory.objective.goals)
        if not built.problem.lots:
            return self._outcome(built, {}, [], files)
        findings = precheck(built)
        if findings:
            return Outcome("infeasible", findings=findings)
        self._say("building the model")
        model = assemble(built.problem, _bounds(built))
        return self._optimise(built, model, goals, files)

    def _optimise(
        self, built: Built, model: PlanModel, goals: tuple[Goal, ...], files: Sequence_[InventoryFile]
    ) -> Outcome:
        stages: list[_Stage] = []
        assignment = self._first_plan(model, construct(built.problem), goals[0])
        for number, goal in enumerate(goals):
            if assignment is not None and (self._stop.is_set() or self._exhausted()):
                stages.append(_Stage(goal, None, None, proven=False, seconds=0.0))
                continue
            began = time.monotonic()
            expression = model.goal(goal.goal)
            model.minimise(expression)
            known = None if assignment is None else measure(built.problem, assignment, goal.goal)
            found = self._run(model.model, goals[number:], expression.scale, known)
            if assignment is None and not found.has_plan:
                found, verdict = self._second_opinion(model, found)
                if verdict is not None:
                    return verdict
            if found.has_plan:
                assignment = model.assignment(found.values)
                model.keep(found.values)
            stages.append(self._stage(built, goal, expression.scale, found, assignment, began))
            self._hold(model, goal, stages[-1])
        assert assignment is not None
        return self._outcome(built, assignment, stages, files)

    def _first_plan(self, model: PlanModel, constructed: Assignment, goal: Goal) -> Assignment | None:
        """The constructed plan, if it keeps every rule: a first answer, and a whole hint for what follows."""
        self._say("constructing a first plan")
        model.hint(constructed)
        if not model.is_whole(constructed):
            return None
        limits = replace(self._share(0.2), fix_hints=True)
        model.minimise(model.goal(goal.goal))  # so that the goal's own variables are part of the hint
        found = self._counted(run(model.model, limits, self._stop, lambda *_: None))
        if not found.has_plan:
            return None
        model.keep(found.values)
        return model.assignment(found.values)

    def _stage(
        self, built: Built, goal: Goal, scale: int, found: Run, assignment: Assignment | None, began: float
    ) -> _Stage:
        value = measure(built.problem, assignment, goal.goal) if assignment is not None else None
        bound = Fraction(max(0, found.bound), scale) if found.bound is not None else None
        proven = found.status == "optimal"
        if value is not None and (proven or (bound is not None and bound > value)):
            bound = value if proven else min(bound or value, value)
        return _Stage(goal, value, bound, proven, time.monotonic() - began)

    def _hold(self, model: PlanModel, goal: Goal, stage: _Stage) -> None:
        if stage.value is not None:
            expression = model.goal(goal.goal)
            room = allowance(goal.goal, stage.value, goal.tolerance)
            model.hold(expression, ceil(stage.value * expression.scale) + floor(room * expression.scale))

    # --- runs and their limits -------------------------------------------------------------------------------------

    def _run(self, model: cp_model.CpModel, goals: tuple[Goal, ...], scale: int, known: Fraction | None) -> Run:
        weights = [_SHARES.get(each.goal, 1) for each in goals]
        limits = self._share(weights[0] / sum(weights))

        def glance(objective: int | None, bound: int | None) -> None:
            value = _decimal(objective, scale) if objective is not None or known is None else rounded(known)
            self._say("optimising", goals[0].goal, value, _decimal(bound, scale))

        return self._counted(run(model, limits, self._stop, glance))

    def _counted(self, found: Run) -> Run:
        self._spent += found.deterministic_time
        return found

    def _share(self, share: float) -> RunLimits:
        seconds = None if self._seconds is None else (self._seconds - self._elapsed()) * share
        deterministic = None if self._deterministic is None else (self._deterministic - self._spent) * share
        return RunLimits(
            seconds, deterministic, self._workers, self._options.seed, self._options.reproducible, self._presolve
        )

    def _second_opinion(self, model: PlanModel, found: Run) -> tuple[Run, Outcome | None]:
        """No plan: unknown stays unknown; infeasible is believed only when it holds with presolve off too."""
        if found.status != "infeasible":
            return found, Outcome("unknown", interrupted=self._stop.is_set())
        self._say("confirming that no plan exists")
        limits = replace(self._share(1.0), presolve=False)
        free = model.without_objective()
        again = self._counted(run(free, limits, self._stop, lambda *_: self._say("confirming that no plan exists")))
        if again.status == "infeasible":
            return again, Outcome("infeasible", interrupted=False)
        if not again.has_plan:
            return again, Outcome("unknown", interrupted=self._stop.is_set())
        self._presolve = False  # presolve was wrong about this model: go on without it
        return again, None

    def _elapsed(self) -> float:
        return time.monotonic() - self._started

    def _exhausted(self) -> bool:
        out_of_time = self._seconds is not None and self._elapsed() >= self._seconds
        return out_of_time or (self._deterministic is not None and self._spent >= self._deterministic)

    def _say(
        self, phase: str, goal: str | None = None, value: Decimal | None = None, bound: Decimal | None = None
    ) -> None:
        gap = (value - bound) / value if value and bound is not None else None
        self._tell(Progress(phase, self._elapsed(), self._seconds, goal, value, bound, gap))

    # --- the answer ------------------------------------------------------------------------------------------------

    def _outcome(
        self, built: Built, assignment: Assignment, stages: list[_Stage], files: Sequence_[InventoryFile]
    ) -> Outcome:
        interrupted = self._stop.is_set()
        records = [self._record(built, stage, assignment) for stage in stages]
        record = SolveRecord(
            versions=_versions(),
            seed=self._options.seed,
            workers=self._workers,
            limit=self._limit_record(),
            interrupted=interrupted,
            goals=records,
        )
        self._say("writing the plan")
        plan = build_plan(built.facts, built.problem, assignment, record, files)
        return Outcome("planned", plan, (), interrupted)

    def _record(self, built: Built, stage: _Stage, assignment: Assignment) -> GoalRecord:
        value = measure(built.problem, assignment, stage.goal.goal)
        bound = stage.bound
        best = stage.proven and stage.value is not None and value <= stage.value
        best = best or (bound is not None and value <= bound)
        status: GoalStatus = "optimal" if best else "feasible" if bound is not None else "unknown"
        if best:
            bound = value
        gap = None if bound is None else (value - bound) / value if value else Fraction(0)
        return GoalRecord(
            goal=stage.goal.goal,
            value=rounded(value),
            bound=None if bound is None else rounded(bound, ROUND_FLOOR),
            gap=None if gap is None else rounded(gap, ROUND_CEILING),
            status=status,
            tolerance=str(stage.goal.tolerance),
            seconds=None if self._options.reproducible else Decimal(str(round(stage.seconds, 1))),
        )

    def _limit_record(self) -> SolveLimit:
        seconds = None if self._seconds is None else Decimal(str(self._seconds))
        deterministic = None if self._deterministic is None else Decimal(str(self._deterministic))
        return SolveLimit(seconds=seconds, deterministic=deterministic)


def allowance(goal: str, value: Fraction, tolerance: Tolerance) -> Fraction:
    """How much a goal may be given up: a share is rounded down to whole units, for ratios to the 4 places printed."""
    if not tolerance.is_share:
        return Fraction(tolerance.amount)
    room = value * Fraction(tolerance.amount)
    return Fraction(floor(room * 10_000), 10_000) if goal in _RATIO_GOALS else Fraction(floor(room))


def rounded(value: Fraction, rounding: str = ROUND_HALF_EVEN) -> Decimal:
    """A value for the plan: exact when it is a short decimal, else to 4 places; bounds are rounded to the safe side."""
    places = 6 if (value * 1_000_000).denominator == 1 and rounding == ROUND_HALF_EVEN else 4
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    return Decimal(format(exact.quantize(Decimal(1).scaleb(-places), rounding).normalize(), "f"))


def _bounds(built: Built) -> dict[str, int]:
    least = wave_bounds(built.problem)
    return {"waves": sum(least), "finish": finish_bound(built.problem, least)}


def _decimal(value: int | None, scale: int) -> Decimal | None:
    return None if value is None else Decimal(value) / scale


def _limits(options: SolveOptions) -> tuple[float | None, float | None]:
    if options.reproducible or options.deterministic_limit is not None:
        return None, options.deterministic_limit or options.time_limit or _DEFAULT_DETERMINISTIC
    return options.time_limit, None


def _workers(options: SolveOptions) -> int:
    if options.workers is not None:
        return options.workers
    return _REPRODUCIBLE_WORKERS if options.reproducible else min(8, os.cpu_count() or 1)


def _versions() -> Versions:
    from importlib.metadata import version

    return Versions(waveplan=version("waveplan"), ortools=version("ortools"))
