"""Goals in order, within limits: construction, search, CP-SAT, bounds and proofs put together."""

from __future__ import annotations

import os
import threading
from collections.abc import Sequence as Sequence_
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor

from waveplan.domain.inventory import Inventory
from waveplan.domain.plan import InventoryFile, Plan, SolveLimit, SolveRecord, Versions
from waveplan.domain.policy import Goal
from waveplan.planning.bounds import finish_bound, wave_bounds
from waveplan.planning.clock import Allotment, Clock
from waveplan.planning.construction import construct
from waveplan.planning.cp_sat import Run, RunLimits, best_of, run
from waveplan.planning.facts import Facts
from waveplan.planning.measures import Assignment, measure
from waveplan.planning.model.assembly import PlanModel, assemble
from waveplan.planning.options import OnProgress, Outcome, Progress, SolveOptions
from waveplan.planning.plan_builder import build_plan
from waveplan.planning.precheck import precheck
from waveplan.planning.problem_builder import Built, build_problem
from waveplan.planning.records import Stage, allowance, record_of, rounded
from waveplan.planning.search import Held, SearchLimits, improve, warm_up

_SHARES = {"coexistence": 4, "moved_lots": 3, "criticality_risk": 2}  # of the time that is left; the others take 1
_FEW_TIES = 80  # so few that CP-SAT has a fair chance to prove coexistence by itself
_QUICK, _QUICK_FOR_FEW = 0.1, 0.5  # of coexistence's time: a run that may prove it at once
_SEARCHED = 0.7  # of what is left then: the search
_REPRODUCIBLE_WORKERS = 2


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
    facts = Facts(inventory)
    engine = _Engine(facts, chosen, on_progress or (lambda _: None), stop or threading.Event())
    return engine.solve(baseline, files)


class _Engine:
    def __init__(self, facts: Facts, options: SolveOptions, on_progress: OnProgress, stop: threading.Event) -> None:
        self._facts = facts
        self._options = options
        self._tell = on_progress
        self._stop = stop
        self._clock = Clock(options)
        self._workers = _workers(options)
        self._presolve = True
        self._held = Held()
        self._warming = threading.Thread(target=warm_up, daemon=True)

    def solve(self, baseline: Plan | None, files: Sequence_[InventoryFile]) -> Outcome:
        self._say("reading the calendar")
        built = build_problem(self._facts, baseline)
        goals = self._options.goals or tuple(self._facts.inventory.objective.goals)
        if not built.problem.lots:
            return self._outcome(built, {}, [], files)
        findings = precheck(built)
        if findings:
            return Outcome("infeasible", findings=findings)
        if any(goal.goal == "coexistence" for goal in goals) and built.problem.ties:
            self._warming.start()
        self._say("building the model")
        model = assemble(built.problem, _bounds(built))
        return self._optimise(built, model, goals, files)

    def _optimise(
        self, built: Built, model: PlanModel, goals: tuple[Goal, ...], files: Sequence_[InventoryFile]
    ) -> Outcome:
        stages: list[Stage] = []
        assignment = self._first_plan(model, construct(built.problem), goals[0])
        for number, goal in enumerate(goals):
            if assignment is not None and (self._stop.is_set() or self._clock.exhausted):
                stages.append(Stage(goal, None, None, proven=False, seconds=0.0))
                continue
            began = self._clock.elapsed()
            model.minimise(model.goal(goal.goal))
            found = self._pursue(built, model, goals[number:], assignment)
            if assignment is None and not found.has_plan:
                found, verdict = self._second_opinion(model, found)
                if verdict is not None:
                    return verdict
            if found.has_plan:
                assignment = model.assignment(found.values)
                model.keep(found.values)
            stages.append(self._stage(built, model, goal, found, assignment, began))
            self._hold(model, stages[-1])
        assert assignment is not None
        return self._outcome(built, assignment, stages, files)

    def _first_plan(self, model: PlanModel, constructed: Assignment, goal: Goal) -> Assignment | None:
        """The constructed plan, if it keeps every rule: a first answer, and a whole hint for what follows."""
        self._say("constructing a first plan")
        model.minimise(model.goal(goal.goal))  # so that the goal's own variables are part of the hint
        model.hint(constructed)
        if not model.is_whole(constructed):
            return None
        found = self._completed(model, self._clock.left().part(0.2))
        if not found.has_plan:
            return None
        model.keep(found.values)
        return model.assignment(found.values)

    def _stage(
        self, built: Built, model: PlanModel, goal: Goal, found: Run, assignment: Assignment | None, began: float
    ) -> Stage:
        value = measure(built.problem, assignment, goal.goal) if assignment is not None else None
        scale = model.goal(goal.goal).scale
        bound = Fraction(max(0, found.bound), scale) if found.bound is not None else None
        proven = found.status == "optimal"
        if value is not None and bound is not None:
            bound = value if proven else min(bound, value)
        return Stage(goal, value, bound, proven, self._clock.elapsed() - began)

    def _hold(self, model: PlanModel, stage: Stage) -> None:
        if stage.value is not None:
            expression = model.goal(stage.goal.goal)
            room = allowance(stage.goal.goal, stage.value, stage.goal.tolerance)
            model.hold(expression, ceil(stage.value * expression.scale) + floor(room * expression.scale))
            self._held.most[stage.goal.goal] = stage.value + room

    # --- one goal --------------------------------------------------------------------------------------------------

    def _pursue(self, built: Built, model: PlanModel, goals: tuple[Goal, ...], start: Assignment | None) -> Run:
        """Optimise the first of some goals; for coexistence with a search between a short and a longer run."""
        goal, mark = goals[0], self._clock.mark()
        weights = [_SHARES.get(each.goal, 1) for each in goals]
        time = self._clock.left().part(weights[0] / sum(weights))
        if goal.goal != "coexistence" or not built.problem.ties:
            return self._run(built, model, goal, time, start)
        quick = self._until_compiled(built, model, goal, time, start)
        found = model.assignment(quick.values) if quick.has_plan else start
        if quick.status in {"optimal", "infeasible"} or found is None or self._stop.is_set():
            return quick
        searched = self._search(built, model, found, self._clock.since(time, mark))
        if searched is not None:
            found = model.assignment(searched.values)
        rest = self._run(built, model, goal, self._clock.since(time, mark), found)
        return best_of([quick, *([searched] if searched is not None else []), rest])

    def _until_compiled(
        self, built: Built, model: PlanModel, goal: Goal, time: Allotment, start: Assignment | None
    ) -> Run:
        """Short runs, one at least; more while the search is still being compiled, for half of the time at most."""
        mark, runs, found = self._clock.mark(), [], start
        share = _QUICK_FOR_FEW if len(built.problem.ties) <= _FEW_TIES else _QUICK
        while True:
            runs.append(self._run(built, model, goal, time.part(share), found))
            if runs[-1].has_plan:
                model.keep(runs[-1].values)
                found = model.assignment(runs[-1].values)
            left = self._clock.since(time.part(0.5), mark)
            waiting = self._warming.is_alive() and not self._options.reproducible and left.seconds != 0.0
            if not waiting or runs[-1].status in {"optimal", "infeasible"} or self._stop.is_set():
                return best_of(runs)

    def _search(self, built: Built, model: PlanModel, start: Assignment, time: Allotment) -> Run | None:
        """The search's best plan, once the model with every rule accepts it; it becomes the hint.

        None when it finds none, or is still being compiled when half of the time is gone.
        """
        mark = self._clock.mark()
        if self._warming.is_alive():
            self._say("compiling the search", "coexistence")
            self._warming.join(None if time.seconds is None else time.seconds / 2)
            if self._warming.is_alive():
                return None
        time = self._clock.since(time, mark).part(_SEARCHED)
        threads = 1 if self._options.reproducible else self._workers
        limits = SearchLimits(time.seconds, time.deterministic, threads, self._options.seed)

        def glance(value: int) -> None:
            self._say("searching", "coexistence", _decimal(value, built.problem.weight_scale))

        better = improve(built.problem, start, self._held, limits, self._stop, glance)
        self._clock.spend(time.deterministic or 0.0)
        if better is None:
            return None
        model.hint(better)
        accepted = self._completed(model, time)
        if not accepted.has_plan:
            model.hint(start)
            return None
        model.keep(accepted.values)
        return replace(accepted, bound=None)

    # --- runs ------------------------------------------------------------------------------------------------------

    def _run(self, built: Built, model: PlanModel, goal: Goal, time: Allotment, start: Assignment | None) -> Run:
        known = None if start is None else rounded(measure(built.problem, start, goal.goal))
        scale = model.goal(goal.goal).scale

        def glance(objective: int | None, bound: int | None) -> None:
            value = known if objective is None else _decimal(objective, scale)
            self._say("optimising", goal.goal, value, _decimal(bound, scale))

        return self._counted(run(model.model, self._limits(time), self._stop, glance))

    def _completed(self, model: PlanModel, time: Allotment) -> Run:
        """What is hinted, completed and judged by every rule; even when a stop has been asked for."""
        limits = replace(self._limits(time), fix_hints=True)
        return self._counted(run(model.model, limits, threading.Event(), lambda *_: None))

    def _counted(self, found: Run) -> Run:
        self._clock.spend(found.deterministic_time)
        return found

    def _limits(self, time: Allotment) -> RunLimits:
        return RunLimits(
            time.seconds,
            time.deterministic,
            self._workers,
            self._options.seed,
            interleave=self._options.reproducible,
            presolve=self._presolve,
        )

    def _second_opinion(self, model: PlanModel, found: Run) -> tuple[Run, Outcome | None]:
        """No plan: unknown stays unknown; infeasible is believed only when it holds with presolve off too."""
        if found.status != "infeasible":
            return found, Outcome("unknown", interrupted=self._stop.is_set())
        limits = replace(self._limits(self._clock.left()), presolve=False)
        free = model.without_objective()
        again = run(free, limits, self._stop, lambda *_: self._say("confirming that no plan exists"))
        self._counted(again)
        if again.status == "infeasible":
            return again, Outcome("infeasible", interrupted=False)
        if not again.has_plan:
            return again, Outcome("unknown", interrupted=self._stop.is_set())
        self._presolve = False  # presolve was wrong about this model: go on without it
        return again, None

    def _say(
        self, phase: str, goal: str | None = None, value: Decimal | None = None, bound: Decimal | None = None
    ) -> None:
        gap = (value - bound) / value if value and bound is not None else None
        self._tell(Progress(phase, self._clock.elapsed(), self._clock.seconds, goal, value, bound, gap))

    # --- the answer ------------------------------------------------------------------------------------------------

    def _outcome(
        self, built: Built, assignment: Assignment, stages: list[Stage], files: Sequence_[InventoryFile]
    ) -> Outcome:
        interrupted = self._stop.is_set()
        with_seconds = not self._options.reproducible
        values = [measure(built.problem, assignment, stage.goal.goal) for stage in stages]
        record = SolveRecord(
            versions=_versions(),
            seed=self._options.seed,
            workers=self._workers,
            limit=SolveLimit(seconds=_word(self._clock.seconds), deterministic=_word(self._clock.deterministic)),
            interrupted=interrupted,
            goals=[record_of(stage, value, with_seconds) for stage, value in zip(stages, values, strict=True)],
        )
        self._say("writing the plan")
        plan = build_plan(built.facts, built.problem, assignment, record, files)
        return Outcome("planned", plan, (), interrupted)


def _bounds(built: Built) -> dict[str, int]:
    least = wave_bounds(built.problem)
    return {"waves": sum(least), "finish": finish_bound(built.problem, least)}


def _decimal(value: int | None, scale: int) -> Decimal | None:
    return None if value is None else Decimal(value) / scale


def _word(limit: float | None) -> Decimal | None:
    return None if limit is None else Decimal(str(limit))


def _workers(options: SolveOptions) -> int:
    if options.workers is not None:
        return options.workers
    return _REPRODUCIBLE_WORKERS if options.reproducible else min(8, os.cpu_count() or 1)


def _versions() -> Versions:
    from importlib.metadata import version

    return Versions(waveplan=version("waveplan"), ortools=version("ortools"))
