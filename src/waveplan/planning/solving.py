"""Goals in order, within limits: construction, search, CP-SAT, bounds and proofs put together."""

from __future__ import annotations

from collections.abc import Collection
from collections.abc import Sequence as Sequence_
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from waveplan.domain.findings import Finding
from waveplan.domain.inventory import Inventory
from waveplan.domain.objective import Goal
from waveplan.domain.plan import Plan
from waveplan.domain.solve_record import InventoryFile, SolveLimit, SolveRecord, Versions, gap_of
from waveplan.domain.standing import NOTHING_DONE, Standing
from waveplan.engine.goals.measures import measure
from waveplan.engine.goals.state import GoalResult
from waveplan.engine.model.cp_sat import RunLimits
from waveplan.engine.model.modelling import ModelOptions
from waveplan.engine.optimising import Optimised, Optimiser
from waveplan.engine.problem import Assignment
from waveplan.engine.running.clock import Allotment, Clock
from waveplan.engine.running.looking import Look, StoppedError
from waveplan.engine.running.options import workers_of
from waveplan.planning.afterwards import seconds_afterwards
from waveplan.planning.building.homes import homes_in, pinned
from waveplan.planning.building.past import clings
from waveplan.planning.building.problem_builder import Built, build_problem
from waveplan.planning.facts.facts import PlanningFacts
from waveplan.planning.facts.retirement_work import Dates
from waveplan.planning.foresight.narrowing import narrowed
from waveplan.planning.foresight.precheck import no_day_to_retire, precheck
from waveplan.planning.options import Outcome, Progress, SolveOptions, Watching
from waveplan.planning.ready import PROMPT, Judge, Ready
from waveplan.planning.retirements.dating import Waves, first_dates
from waveplan.planning.retirements.joint import Joint, placed_by, value_of
from waveplan.planning.stating.plan_builder import build_plan
from waveplan.planning.stating.records import aim_of, record_of, rounded


def solve(
    inventory: Inventory,
    *,
    options: SolveOptions | None = None,
    baseline: Plan | None = None,
    standing: Standing | None = None,
    files: Sequence_[InventoryFile] = (),
    watching: Watching | None = None,
    left_out: Collection[str] = (),
    start: Plan | None = None,
    judge: Judge | None = None,
) -> Outcome:
    """Plan an inventory that validates, but for items that are left out; with a standing, only what is free may move.

    What comes out is no worse by the goals than `start`, where that keeps every rule.
    The plan is not checked here: that is the caller's, by other code. Who gives a `judge` has plans stated and judged
    while the search goes on, so that after a stop the outcome may be one that has been `checked`.
    """
    watching, options = watching or Watching(), options or SolveOptions()
    whole = Clock(options, watching.began)
    look = Look(lambda: watching.stop.is_set() or whole.exhausted)
    began = whole.elapsed()
    watching.tell(Progress("forming the lots", whole.elapsed(), whole.seconds))
    try:
        facts = PlanningFacts(inventory, left_out, done=standing.done if standing is not None else NOTHING_DONE)
        look()
        engine = _Engine(facts, options, watching, whole, look, (began, whole.elapsed()), start, judge)
        return engine.solve(baseline, standing, files)
    except StoppedError:
        return Outcome("unknown", interrupted=watching.stop.is_set())


_WORTHWHILE = 2.0  # times as long as it takes to get a plan ready: with less time left, the end is as near
_JOINT = 0.3  # of the time, kept for waves and retirements together where retirements take people


class _Engine:
    def __init__(
        self,
        facts: PlanningFacts,
        options: SolveOptions,
        watching: Watching,
        whole: Clock,
        look: Look,
        moments: tuple[float, float],
        start: Plan | None,
        judge: Judge | None,
    ) -> None:
        """`moments` are those at which planning began and at which the lots were formed."""
        self._facts = facts
        self._options = options
        self._tell, self._stop = watching.tell, watching.stop
        self._whole, self._look = whole, look
        self._clock = Clock(_shortened(options), watching.began) if facts.retirement_work.is_any else whole
        self._began, self._formed = moments
        self._start = start
        self._judge = judge
        self._workers = workers_of(options)

    def solve(self, baseline: Plan | None, standing: Standing | None, files: Sequence_[InventoryFile]) -> Outcome:
        self._say("reading the calendar")
        never = no_day_to_retire(self._facts.retirements)
        if never:
            return Outcome("infeasible", findings=never)
        self._look()
        self._say("forming the problem")
        built = pinned(build_problem(self._facts, baseline, standing, look=self._look), self._options.pins)
        found = self._planned(built, baseline, files)
        if found.status == "infeasible" and clings(built.problem):
            # what is done is no reason why there should be no plan: what should come soon after it comes later then
            looser = build_problem(self._facts, baseline, standing, near=False, look=self._look)
            built = pinned(looser, self._options.pins)
            found = self._planned(built, baseline, files)
        return found

    def _planned(self, built: Built, baseline: Plan | None, files: Sequence_[InventoryFile]) -> Outcome:
        goals = self._options.goals or tuple(self._facts.inventory.objective.goals)
        if not built.problem.lots:
            return self._dated(built, goals, {}, [], files)
        findings = precheck(built, self._look)
        if findings:
            return Outcome("infeasible", findings=findings)
        self._look()
        left = narrowed(built)
        if isinstance(left, Finding):
            return Outcome("infeasible", findings=(left,))
        self._keep_time()
        return self._optimised(left, goals, baseline, files)

    def _keep_time(self) -> None:
        """For what follows the search: it grows with the same inventory on the same machine as what went before."""
        seconds = seconds_afterwards(self._began, self._formed, self._whole.elapsed())
        self._whole.reserve(seconds)
        self._clock.reserve(seconds)
        self._afterwards = seconds

    def _optimised(
        self, built: Built, goals: tuple[Goal, ...], baseline: Plan | None, files: Sequence_[InventoryFile]
    ) -> Outcome:
        options = ModelOptions(self._workers, self._options.seed, self._options.reproducible, self._options.leaning)
        near = homes_in(built, baseline) if baseline is not None else None
        start = homes_in(built, self._start) if self._start is not None else None
        optimiser = Optimiser(built.problem, options, self._clock, self._stop, self._say, near=near, start=start)
        ready = self._getting_ready(optimiser, built, files)
        if ready is not None:
            ready.begin()
        try:
            found = optimiser.optimise([aim_of(goal) for goal in goals])
        finally:
            outcome = None if ready is None else ready.end(stopped=self._stop.is_set())
        if outcome is not None:
            return outcome
        if found.assignment is not None:
            return self._dated(built, goals, found.assignment, list(found.goals), files)
        if found.status == "infeasible":
            return Outcome("infeasible")
        return Outcome("unknown", interrupted=self._stop.is_set())

    def _getting_ready(self, optimiser: Optimiser, built: Built, files: Sequence_[InventoryFile]) -> Ready | None:
        """What states and judges plans while they are bettered, where either takes long."""
        judge = self._judge
        if judge is None or self._afterwards < PROMPT:
            return None

        def state(found: Optimised) -> Outcome | None:
            assert found.assignment is not None
            plan, stages = found.assignment, list(found.goals)
            if not built.facts.retirement_work.is_any:
                return self._stated(built, plan, stages, files, self._facts.gone or None, interrupted=True)
            dates = first_dates(Waves(built.facts, placed_by(built, plan)))
            if dates is None:
                return None
            if self._peak_suffers(built, plan, dates, stages):
                stages = _unsure_of_peaks(stages)
            return self._stated(built, plan, stages, files, dates, interrupted=True)

        def found() -> Optimised | None:
            left = self._clock.left().seconds
            return optimiser.now() if left is None or left > _WORTHWHILE * self._afterwards else None

        return Ready(found, state, judge)

    def _dated(
        self,
        built: Built,
        goals: tuple[Goal, ...],
        plan: Assignment,
        stages: list[GoalResult],
        files: Sequence_[InventoryFile],
    ) -> Outcome:
        """The plan with its retirements; where their people are lacking, both are planned together."""
        if not built.facts.retirement_work.is_any:
            return self._outcome(built, plan, stages, files, self._facts.gone or None)
        self._say("dating what is retired")
        dates = first_dates(Waves(built.facts, placed_by(built, plan)))
        if dates is not None and not self._peak_suffers(built, plan, dates, stages):
            return self._outcome(built, plan, stages, files, dates)
        joined = Joint(built, self._joint_limits(), self._stop).pursue([aim_of(goal) for goal in goals])
        if joined.plan is not None:
            return self._outcome(built, joined.plan, list(joined.stages), files, joined.dates)
        if joined.status == "infeasible":
            return Outcome("infeasible")
        if dates is None:
            return Outcome("unknown", interrupted=self._stop.is_set())
        return self._outcome(built, plan, _unsure_of_peaks(stages), files, dates)

    def _peak_suffers(self, built: Built, plan: Assignment, dates: Dates, stages: list[GoalResult]) -> bool:
        """Whether the work of retirements makes a goal worse that was optimised without it."""
        asked = any(stage.aim.goal == "peak_load" and stage.value is not None for stage in stages)
        return asked and value_of(built, plan, dates, "peak_load") > measure(built.problem, plan, "peak_load")

    def _joint_limits(self) -> RunLimits:
        options, left = self._options, self._whole.left().part(1.0)
        least = Allotment(self._whole.seconds, self._whole.deterministic).part(_JOINT)
        return RunLimits(
            None if left.seconds is None else max(left.seconds, least.seconds or 0.0),
            least.deterministic,
            self._workers,
            options.seed,
            interleave=options.reproducible,
        )

    def _say(
        self, phase: str, goal: str | None = None, value: Fraction | None = None, bound: Fraction | None = None
    ) -> None:
        gap = gap_of(value, bound) if value and bound is not None else None
        worth, least = (None if each is None else rounded(each) for each in (value, bound))
        self._tell(Progress(phase, self._clock.elapsed(), self._clock.seconds, goal, worth, least, gap))

    def _value(self, built: Built, plan: Assignment, dates: Dates | None, goal: str) -> Fraction:
        counts = dates is not None and built.facts.retirement_work.is_any
        return measure(built.problem, plan, goal) if dates is None or not counts else value_of(built, plan, dates, goal)

    # --- the answer ------------------------------------------------------------------------------------------------

    def _outcome(
        self,
        built: Built,
        assignment: Assignment,
        stages: list[GoalResult],
        files: Sequence_[InventoryFile],
        dates: Dates | None,
    ) -> Outcome:
        self._say("writing the plan")
        outcome = self._stated(built, assignment, stages, files, dates, interrupted=self._stop.is_set())
        self._say("checking the plan")  # which is the caller's
        return outcome

    def _stated(
        self,
        built: Built,
        assignment: Assignment,
        stages: list[GoalResult],
        files: Sequence_[InventoryFile],
        dates: Dates | None,
        *,
        interrupted: bool,
    ) -> Outcome:
        with_seconds = not self._options.reproducible
        values = [self._value(built, assignment, dates, stage.aim.goal) for stage in stages]
        asked = self._options.goals or self._facts.inventory.objective.goals
        record = SolveRecord(
            versions=_versions(),
            seed=self._options.seed,
            workers=self._workers,
            limit=SolveLimit(seconds=_word(self._whole.seconds), deterministic=_word(self._whole.deterministic)),
            interrupted=interrupted,
            goals=[
                record_of(stage, goal.tolerance, value, with_seconds)
                for stage, goal, value in zip(stages, asked, values, strict=False)
            ],
        )
        plan = build_plan(built.facts, built.problem, assignment, record, files, dates)
        return Outcome("planned", plan, (), interrupted)


def _unsure_of_peaks(stages: list[GoalResult]) -> list[GoalResult]:
    """The same where the work of retirements, which no proof knew of, raises the peak."""
    return [replace(each, proven=False) if each.aim.goal == "peak_load" else each for each in stages]


def _shortened(options: SolveOptions) -> SolveOptions:
    """Less time for waves alone, so that some is left for waves and retirements together."""
    deterministic = options.deterministic_limit
    return replace(
        options,
        time_limit=None if options.time_limit is None else options.time_limit * (1 - _JOINT),
        deterministic_limit=None if deterministic is None else deterministic * (1 - _JOINT),
    )


def _word(limit: float | None) -> Decimal | None:
    """A limit as plan files hold numbers: with six decimals at most."""
    return None if limit is None else round(Decimal(str(limit)), 6)


def _versions() -> Versions:
    from importlib.metadata import version

    return Versions(waveplan=version("waveplan"), ortools=version("ortools"))
