"""Goals in order, within limits: construction, search, CP-SAT, bounds and proofs put together."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from collections.abc import Sequence as Sequence_
from decimal import Decimal
from fractions import Fraction

from waveplan.domain.inventory import Inventory
from waveplan.domain.plan import InventoryFile, Plan, SolveLimit, SolveRecord, Versions
from waveplan.domain.policy import Goal
from waveplan.planning.bounds import finish_bound, wave_bounds
from waveplan.planning.clock import Allotment, Clock
from waveplan.planning.construction import construct
from waveplan.planning.facts import Facts
from waveplan.planning.measures import measure
from waveplan.planning.modelling import Modelling, ModelOptions
from waveplan.planning.options import OnProgress, Outcome, Progress, SolveOptions
from waveplan.planning.plan_builder import build_plan
from waveplan.planning.polishing import polish
from waveplan.planning.precheck import precheck
from waveplan.planning.problem_builder import Built, build_problem
from waveplan.planning.proving import MOST_EXACT, CoexistenceProof, pack_waves
from waveplan.planning.reached import Plan as Placing
from waveplan.planning.reached import Reached
from waveplan.planning.records import Stage, allowance, record_of, rounded
from waveplan.planning.search import CARRIED
from waveplan.planning.searching import Searching

_SHARES = {"coexistence": 4, "moved_lots": 3, "criticality_risk": 2}  # of the time that is left; the others take 1
_AT_ONCE = 0.3  # seconds, or deterministic units, in which tiny problems are proven
_QUICK = 0.1  # of a searched goal's time: a run that may prove it at once
_FEW_TIES = 80  # so few that CP-SAT has a fair chance to prove coexistence by itself
_PACKED = 0.6  # of the time for waves
_POLISHED = 0.05  # of the time, where the model of the whole is too large
_SEARCHED = 0.85  # of what is left then
_MOST_MODELLED = 20_000  # places of lots: with more the search alone betters coexistence
_MOST_IN_MODEL = 60_000  # places of lots: with more the model takes too long to build, and too much memory
_MOST_FOR_A_PLAN = 400_000  # the same where no plan is known without it
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
        self._model_options = ModelOptions(self._workers, options.seed, options.reproducible)
        self._model: Modelling | None = None
        self._held: dict[str, Fraction] = {}
        self._kept: dict[str, tuple[Fraction, Fraction]] = {}  # by goal: what was reached, and the room given

    def solve(self, baseline: Plan | None, files: Sequence_[InventoryFile]) -> Outcome:
        self._say("reading the calendar")
        built = build_problem(self._facts, baseline)
        goals = self._options.goals or tuple(self._facts.inventory.objective.goals)
        if not built.problem.lots:
            return self._outcome(built, {}, [], files)
        findings = precheck(built)
        if findings:
            return Outcome("infeasible", findings=findings)
        self._bounds = _bounds(built)
        self._search = Searching(built.problem, self._workers, self._options.seed, self._clock, self._stop)
        self._size = sum(len(positions) for positions in built.problem.allowed)
        if self._size > _MOST_MODELLED or any(goal.goal in CARRIED for goal in goals):
            self._say("compiling the search")
            self._search.start()
        return self._optimise(built, goals, files)

    def _optimise(self, built: Built, goals: tuple[Goal, ...], files: Sequence_[InventoryFile]) -> Outcome:
        stages: list[Stage] = []
        plan = self._first_plan(built, goals[0])
        for number, goal in enumerate(goals):
            if plan is not None and (self._stop.is_set() or self._clock.exhausted):
                stages.append(Stage(goal, None, None, proven=False, seconds=0.0))
                continue
            began = self._clock.elapsed()
            found = self._pursue(built, goals[number:], plan)
            if found.plan is None and plan is None:
                found = self._second_opinion(built, goal, found)
                if found.plan is None:
                    known = found.status == "infeasible"
                    return Outcome("infeasible" if known else "unknown", interrupted=not known and self._stop.is_set())
            plan = found.plan if found.plan is not None else plan
            assert plan is not None
            stages.append(self._stage(built, goal, found, plan, began))
            self._hold(stages[-1])
        assert plan is not None
        return self._outcome(built, plan, stages, files)

    # --- a first plan ----------------------------------------------------------------------------------------------

    def _first_plan(self, built: Built, goal: Goal) -> Placing | None:
        """A plan that keeps every rule: a first answer, and a whole hint for what follows."""
        self._say("constructing a first plan")
        if self._size > _MOST_MODELLED:
            self._say("compiling the search")
            if self._search.wait(self._clock.left().part(0.5).seconds):
                self._say("constructing a first plan")
                return self._search.first_plan(self._clock.left().part(0.3))
            return None
        model = self._modelled(built, _MOST_MODELLED)
        assert model is not None
        return model.completed(goal.goal, construct(built.problem), self._clock.left().part(0.2))

    def _modelled(self, built: Built, most: int) -> Modelling | None:
        """The whole model, built when it is first asked for; None when the problem is too large for it."""
        if self._model is None and self._size <= most:
            self._say("building the model")
            self._model = Modelling(built.problem, self._bounds, self._model_options, self._clock, self._stop)
            for goal, (value, room) in self._kept.items():
                self._model.hold(goal, value, room)
        return self._model if self._size <= most else None

    def _second_opinion(self, built: Built, goal: Goal, found: Reached) -> Reached:
        """No plan: unknown stays unknown; infeasible is believed only when it holds with presolve off too."""
        if found.status != "infeasible" or self._model is None:
            return found
        again = self._model.second_opinion(self._clock.left(), lambda: self._say("confirming that no plan exists"))
        return again if again.plan is None else Reached(again.plan, measure(built.problem, again.plan, goal.goal))

    # --- one goal --------------------------------------------------------------------------------------------------

    def _pursue(self, built: Built, goals: tuple[Goal, ...], start: Placing | None) -> Reached:
        """Optimise the first of some goals: by the model, and by the search where that gets further."""
        goal, mark = goals[0].goal, self._clock.mark()
        weights = [_SHARES.get(each.goal, 1) for each in goals]
        time = self._clock.left().part(weights[0] / sum(weights) if start is not None else 1.0)
        best = self._known(built, goal, start)
        if goal == "waves":
            best = self._packed(built, time.part(_PACKED), best)
            if best.settled:
                return best
            time, mark = self._clock.since(time, mark), self._clock.mark()
        searched = goal in CARRIED and (goal != "coexistence" or bool(built.problem.ties))
        if start is None or not searched or self._size <= _MOST_MODELLED:
            most = _MOST_FOR_A_PLAN if start is None else _MOST_IN_MODEL
            given = self._quick(built, time) if searched else time
            best = best.joined(self._by_model(built, goal, given, best, most))
        if best.settled or best.plan is None or self._stop.is_set():
            return best
        if searched or self._size > _MOST_IN_MODEL:
            best = self._by_search(built, goal, time, mark, best)
        if self._size <= _MOST_MODELLED and searched and not best.settled and not self._stop.is_set():
            best = best.joined(self._by_model(built, goal, self._clock.since(time, mark), best, _MOST_MODELLED))
        if self._size > _MOST_MODELLED and not best.settled and best.plan is not None:
            best = self._polished(built, goal, self._clock.since(time, mark), best)
        return best

    def _polished(self, built: Built, goal: str, time: Allotment, best: Reached) -> Reached:
        """CP-SAT on neighbourhoods of the plan, where the whole is too large for it."""
        limits = time if goal in CARRIED else time.part(_POLISHED)
        self._say("optimising", goal, best.value, best.bound)

        def glance(value: Fraction | None) -> None:
            self._say("optimising", goal, value, best.bound)

        return polish(
            built.problem, goal, best, self._held, self._model_options, limits, self._clock, self._stop, glance
        )

    def _quick(self, built: Built, time: Allotment) -> Allotment:
        """Time for a first run of the model; little where the exact method proves more."""
        quick = time.part(_QUICK)
        if len(built.problem.lots) > MOST_EXACT:
            return quick
        return Allotment(
            *(None if each is None else min(each, _AT_ONCE) for each in (quick.seconds, quick.deterministic))
        )

    def _known(self, built: Built, goal: str, start: Placing | None) -> Reached:
        bound = Fraction(self._bounds[goal]) if goal in self._bounds else None
        if start is None:
            return Reached(bound=bound)
        return Reached(bound=bound).joined(Reached(start, measure(built.problem, start, goal)))

    def _packed(self, built: Built, time: Allotment, best: Reached) -> Reached:
        """Waves by packing: a bound, and a plan if what is packed keeps every rule on the calendar."""

        def glance(value: Fraction | None, bound: Fraction) -> None:
            self._say("packing lots into waves", "waves", best.value, bound)

        self._say("packing lots into waves", "waves", best.value, best.bound)
        packed = pack_waves(built.problem, self._held, time, self._stop, glance)
        self._clock.spend(time.deterministic or 0.0)
        better = packed.value is not None and (best.value is None or packed.value < best.value)
        if packed.plan is None or not better or not self._judged(built, packed.plan):
            return best.joined(Reached(bound=packed.bound))
        return best.joined(packed)

    def _judged(self, built: Built, plan: Placing) -> bool:
        """Whether a plan keeps every rule, in the model's word, or the search's where there is no model."""
        model = self._modelled(built, _MOST_MODELLED)
        if model is None:
            return self._search.wait(self._clock.left().part(0.5).seconds) and self._search.accepts(plan)
        return model.completed("waves", plan, self._clock.left().part(0.2)) is not None

    def _by_model(self, built: Built, goal: str, time: Allotment, best: Reached, most: int) -> Reached:
        model = self._modelled(built, most)
        if model is None:
            return Reached()
        if best.plan is not None:
            model.start_from(goal, best.plan, time.part(0.2))

        def glance(value: Fraction | None, bound: Fraction | None) -> None:
            known = [each for each in (bound, best.bound) if each is not None]
            self._say("optimising", goal, best.value if value is None else value, max(known, default=None))

        compiling = self._search.compiling and not self._options.reproducible
        return model.optimise(goal, time, best.bound, glance, beside=int(compiling))

    def _by_search(self, built: Built, goal: str, time: Allotment, mark: tuple[float, float], best: Reached) -> Reached:
        """The search, for coexistence beside a proof; while it is compiled, the model may settle few ties by itself."""
        while self._search.compiling and len(built.problem.ties) <= _FEW_TIES and not self._stop.is_set():
            left = self._clock.since(time.part(0.6), mark)
            if left.seconds == 0.0:
                break
            best = best.joined(self._by_model(built, goal, time.part(_QUICK), best, _MOST_MODELLED))
            if best.settled:
                return best
        self._say("compiling the search", goal)
        if best.plan is None or not self._search.wait(self._clock.since(time.part(0.85), mark).seconds):
            return best
        time = self._clock.since(time, mark)
        time = time.part(_SEARCHED if self._size <= _MOST_MODELLED else 1.0 - _POLISHED)
        if goal == "coexistence":
            return self._beside_a_proof(built, time, best)
        return best.joined(self._searched(goal, time, best, 0, lambda: best.bound))

    def _beside_a_proof(self, built: Built, time: Allotment, best: Reached) -> Reached:
        assert best.plan is not None
        proof = CoexistenceProof(built.problem, self._held, best.plan, self._search.accepts)
        proof.begin(time)
        bound = (
            (lambda: best.bound)
            if self._options.reproducible
            else (lambda: max(best.bound or Fraction(0), proof.bound))
        )
        found = best.joined(self._searched("coexistence", time, best, 1, bound))
        proven = proof.end(now=not self._options.reproducible)
        return proven.joined(found) if proven.settled else found.joined(proven)

    def _searched(
        self, goal: str, time: Allotment, best: Reached, beside: int, bound: Callable[[], Fraction | None]
    ) -> Reached:
        assert best.plan is not None
        self._say("searching", goal, best.value, bound())
        return self._search.improve(
            goal, best.plan, time, beside, bound, lambda value: self._say("searching", goal, value, bound())
        )

    def _stage(self, built: Built, goal: Goal, found: Reached, plan: Placing, began: float) -> Stage:
        value = measure(built.problem, plan, goal.goal)
        proven = found.status == "optimal"
        bound = value if proven else found.bound
        bound = None if bound is None else min(bound, value)
        return Stage(goal, value, bound, proven, self._clock.elapsed() - began)

    def _hold(self, stage: Stage) -> None:
        if stage.value is None:
            return
        goal, room = stage.goal.goal, allowance(stage.goal.goal, stage.value, stage.goal.tolerance)
        self._kept[goal] = (stage.value, room)
        self._held[goal] = stage.value + room
        self._search.hold(goal, stage.value + room)
        if self._model is not None:
            self._model.hold(goal, stage.value, room)

    def _say(
        self, phase: str, goal: str | None = None, value: Fraction | None = None, bound: Fraction | None = None
    ) -> None:
        gap = rounded((value - bound) / value) if value and bound is not None else None
        worth, least = (None if each is None else rounded(each) for each in (value, bound))
        self._tell(Progress(phase, self._clock.elapsed(), self._clock.seconds, goal, worth, least, gap))

    # --- the answer ------------------------------------------------------------------------------------------------

    def _outcome(
        self, built: Built, assignment: Placing, stages: list[Stage], files: Sequence_[InventoryFile]
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


def _word(limit: float | None) -> Decimal | None:
    return None if limit is None else Decimal(str(limit))


def _workers(options: SolveOptions) -> int:
    if options.workers is not None:
        return options.workers
    return _REPRODUCIBLE_WORKERS if options.reproducible else min(8, os.cpu_count() or 1)


def _versions() -> Versions:
    from importlib.metadata import version

    return Versions(waveplan=version("waveplan"), ortools=version("ortools"))
