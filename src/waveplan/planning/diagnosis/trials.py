"""Trials: is a plan possible for an inventory? What is cheap is asked first, CP-SAT last and without a goal."""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from waveplan.domain.findings import Finding, has_errors
from waveplan.domain.inventory import Inventory
from waveplan.domain.parts import CRITICALITIES
from waveplan.domain.plan import Plan
from waveplan.domain.solve_record import SolveLimit, SolveRecord, Versions
from waveplan.engine.first_plans.construction import construct
from waveplan.engine.model.choosing import choose
from waveplan.engine.model.cp_sat import RunLimits
from waveplan.engine.model.modelling import Modelling, ModelOptions
from waveplan.engine.model.watched import ModelGivenUpError
from waveplan.engine.problem import Assignment
from waveplan.engine.running.clock import Allotment, Clock
from waveplan.engine.running.looking import UNWATCHED, Look, StoppedError
from waveplan.engine.running.options import workers_of
from waveplan.engine.search.searching import Searching
from waveplan.planning.building.homes import kept_to, unwished
from waveplan.planning.building.problem_builder import Built, build_problem
from waveplan.planning.diagnosis.calendars import SharedCalendars
from waveplan.planning.facts.facts import PlanningFacts
from waveplan.planning.facts.retirement_work import Dates
from waveplan.planning.foresight import has_homeless, hopeless
from waveplan.planning.foresight.narrowing import narrowed
from waveplan.planning.foresight.precheck import no_day_to_retire, precheck
from waveplan.planning.options import SolveOptions
from waveplan.planning.retirements.dating import Waves, first_dates
from waveplan.planning.retirements.joint import Joined, Joint, placed_by
from waveplan.planning.stating.plan_builder import build_plan

Verdict = Literal["possible", "impossible", "unknown"]
Wish = Mapping[str, frozenset[str]]  # by item: the slots, by id, in which its lot is wished to be
_AT_ONCE = 0.5  # of a trial's time where there is no model: for a plan without anything compiled
_MOST_IN_MODEL = 60_000  # places of lots: with more the model takes too long to build, and the search is asked
_SHARE = 0.2  # of the time that is left, for one trial
_EACH = 0.02  # deterministic units that a trial costs at least, so that any number of them comes to an end
_GLANCE = 0.004  # the same for a look without any search
_NOT_SAID = SolveRecord(versions=Versions(waveplan="-", ortools="-"), limit=SolveLimit())


@dataclass(frozen=True, slots=True)
class Judges:
    """What the planner may not import: the review of an inventory (its errors), and the check of a plan."""

    errors: Callable[[Inventory, Collection[str]], tuple[Finding, ...]]  # but for items that are left out
    findings: Callable[[Plan, Inventory], tuple[Finding, ...]]

    def accepts(self, plan: Plan, inventory: Inventory) -> bool:
        """Whether the check finds no error in a plan."""
        return not has_errors(self.findings(plan, inventory))


@dataclass(frozen=True)
class PlanTrial:
    """What came of one; `findings` say why not, where that is plain; `placing` is where lots start.

    `dates` are those of retirements, where these take people.
    """

    verdict: Verdict
    findings: tuple[Finding, ...] = ()
    built: Built | None = None
    placing: Assignment | None = None
    dates: Dates | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """Lots that can be planned together; `best` when it is proven that no plan holds more, the most critical first.

    `findings` say why some never can be; `more` is how many of those that are left out could be planned at most.
    """

    lots: frozenset[str]
    best: bool
    more: int
    findings: tuple[Finding, ...]


class PlanTrials:
    """Trials within a limit of time. When that is over, or a stop is asked for, everything else is unknown."""

    def __init__(
        self,
        judges: Judges,
        options: SolveOptions,
        clock: Clock,
        stop: threading.Event,
        calendars: SharedCalendars | None = None,
        *,
        wish: Wish | None = None,
    ) -> None:
        """With a `wish`, a plan is possible only when it keeps the lots of some items to some slots."""
        self._judges = judges
        self._wish = wish or {}
        self._calendars = calendars or SharedCalendars()
        # One thread is reproducible by itself; interleaved ones with hints and without a goal can end OR-Tools 9.15.
        workers = 1 if options.reproducible else workers_of(options)
        self._options = ModelOptions(workers, options.seed, reproducible=False)
        self._clock = clock
        self._stop = stop
        self._look = Look(lambda: self.over)

    @property
    def over(self) -> bool:
        """Whether no time is left."""
        return self._stop.is_set() or self._clock.exhausted

    @property
    def left(self) -> Allotment:
        """The time that is left."""
        return self._clock.left()

    def refuted(self, inventory: Inventory, left_out: Collection[str] = ()) -> bool:
        """Whether it is plain, without any search, that there is no plan; when no time is left, nothing is."""
        if self.over:
            return False
        self._clock.spend(_GLANCE)
        if self._judges.errors(inventory, left_out):
            return True
        facts = self._calendars.facts(inventory, left_out)
        return unwished(facts, self._wish) or (hopeless(facts) if not self._wish else self._foreseen(facts))

    def _foreseen(self, facts: PlanningFacts) -> bool:
        """Whether something is plain of a plan with what is wished."""
        try:
            built = kept_to(build_problem(facts, look=self._look), self._wish)
        except StoppedError:
            return False
        return bool(built.problem.lots) and (bool(precheck(built)) or isinstance(narrowed(built), Finding))

    def homeless(self, inventory: Inventory) -> bool:
        """Whether a lot by itself has no slot: what is told in a moment, of an inventory that may have errors too.

        When no time is left, nothing is.
        """
        if self.over:
            return False
        self._clock.spend(_GLANCE)
        if self._judges.errors(inventory, ()):
            return False
        facts = self._calendars.facts(inventory)
        return has_homeless(facts) or unwished(facts, self._wish)

    def run(self, inventory: Inventory, left_out: Collection[str] = (), share: float = _SHARE) -> PlanTrial:
        """Whether there is a plan, but for items that are left out; found out in a share of the time that is left."""
        if self.over:
            return PlanTrial("unknown")
        self._clock.spend(_EACH)
        plain = self.plain(inventory, left_out, look=self._look)
        if plain.verdict == "impossible" or plain.built is None:
            return plain
        return self._with_retirements(self._searched(plain.built, share), share)

    def confirmed(self, inventory: Inventory) -> bool:
        """Whether it is certain that there is none: proven without presolve too, in which errors have been seen."""
        if self.over:
            return False
        plain = self.plain(inventory, look=self._look)
        if plain.verdict == "impossible" or plain.built is None or self.over:
            return plain.verdict == "impossible"
        if plain.built.facts.retirement_work.is_any and self._joint(plain.built, _SHARE).status == "infeasible":
            return True
        time = self._clock.left().part(_SHARE * 2)
        model = self._model(plain.built, time) if plain.built.problem.lots else None
        again = model.second_opinion(self._clock.left().part(_SHARE * 2), lambda: None) if model else None
        return again is not None and again.status == "infeasible"

    def chosen(self, inventory: Inventory, left_out: Collection[str]) -> Choice | None:
        """The most lots that have a plan, the most critical first; None when that was not found out.

        Knowledge transfer of what is left out counts all the same: then there may be plans with more, and nothing is
        proven.
        """
        built = build_problem(self._calendars.facts(inventory, left_out))
        problem = built.problem
        if self.over or not problem.lots or self._too_large(built):
            return None
        lots = built.facts.lots
        classes = [[n for n, lot in enumerate(lots) if lot.criticality == each] for each in CRITICALITIES]
        time = self._clock.left().part(_SHARE * 2)
        limits = RunLimits(time.seconds, time.deterministic, self._options.workers, self._options.seed, False)
        chosen, found = choose(problem, [each for each in classes if each], limits, self._stop)
        self._clock.spend(found.deterministic_time)
        if chosen is None:
            return None
        homeless = sum(not positions for positions in problem.allowed)
        best = chosen.best and not problem.preludes
        more = 0 if best else len(lots) - len(chosen.places) - homeless
        kept = frozenset(str(lots[lot].id) for lot in chosen.places)
        return Choice(kept, best, max(more, 0), precheck(built))

    def checked_plan(self, inventory: Inventory, trial: PlanTrial) -> Plan | None:
        """The plan of a trial, if the independent check accepts it."""
        if trial.built is None or trial.placing is None:
            return None
        plan = _plan(trial.built, trial.placing, trial.dates)
        return plan if self._judges.accepts(plan, inventory) else None

    def broken_by(self, plan: Plan, inventory: Inventory) -> tuple[Finding, ...]:
        """What the check finds in a plan."""
        return self._judges.findings(plan, inventory)

    def _stands(self, built: Built, placing: Assignment) -> bool:
        """Whether what was constructed in a moment is a plan: then nothing needs to be searched."""
        dates = first_dates(Waves(built.facts, placed_by(built, placing))) if _takes_people(built) else {}
        return dates is not None and self._judges.accepts(_plan(built, placing, dates), built.facts.inventory)

    def plain(self, inventory: Inventory, left_out: Collection[str] = (), *, look: Look = UNWATCHED) -> PlanTrial:
        """What can be said without any search; where that is nothing, the problem that is to be searched.

        Unknown, without a problem, when a look ends it.
        """
        try:
            return self._plain(inventory, left_out, look)
        except StoppedError:
            return PlanTrial("unknown")

    def _plain(self, inventory: Inventory, left_out: Collection[str], look: Look) -> PlanTrial:
        errors = self._judges.errors(inventory, left_out)
        if errors:
            return PlanTrial("impossible", errors)
        look()
        facts = self._calendars.facts(inventory, left_out)
        look()
        if never := no_day_to_retire(facts.retirements):
            return PlanTrial("impossible", never)
        built = kept_to(build_problem(facts, look=look), self._wish)
        if not built.problem.lots:
            return PlanTrial("possible", (), built, {})
        if found := precheck(built, look):
            return PlanTrial("impossible", found)
        left = narrowed(built)
        return PlanTrial("impossible", (left,)) if isinstance(left, Finding) else PlanTrial("unknown", (), left)

    def _searched(self, built: Built, share: float) -> PlanTrial:
        if not built.problem.lots:
            return PlanTrial("possible", (), built, {})
        constructed = construct(built.problem)
        if len(constructed) == len(built.problem.lots) and self._stands(built, constructed):
            return PlanTrial("possible", (), built, constructed)
        time = self._clock.left().part(share)
        model = self._model(built, time)
        if model is None:
            searching = Searching(built.problem, self._options.workers, self._options.seed, self._clock, self._stop)
            plan = searching.at_once(time.part(_AT_ONCE), constructed)
            if plan is None and searching.wait(time.seconds):
                plan = searching.first_plan(time.part(1 - _AT_ONCE), constructed)
            return PlanTrial("unknown" if plan is None else "possible", (), built, plan)
        reached = model.any_plan(constructed, time)
        if reached.plan is not None:
            return PlanTrial("possible", (), built, reached.plan)
        return PlanTrial("impossible" if reached.status == "infeasible" else "unknown", (), built)

    def _with_retirements(self, trial: PlanTrial, share: float) -> PlanTrial:
        """What comes of it when what is retired needs its people too."""
        built = trial.built
        if built is None or trial.placing is None or not _takes_people(built):
            return trial
        dates = first_dates(Waves(built.facts, placed_by(built, trial.placing)))
        if dates is not None:
            return replace(trial, dates=dates)
        joined = self._joint(built, share)
        if joined.plan is not None:
            return PlanTrial("possible", (), built, joined.plan, joined.dates)
        return PlanTrial("impossible" if joined.status == "infeasible" else "unknown", (), built)

    def _joint(self, built: Built, share: float) -> Joined:
        if sum(len(positions) for positions in built.problem.allowed) > _MOST_IN_MODEL:
            return Joined("unknown")
        time, options = self._clock.left().part(share), self._options
        limits = RunLimits(time.seconds, time.deterministic, options.workers, options.seed, interleave=False)
        return Joint(built, limits, self._stop).any_plan()

    @staticmethod
    def _too_large(built: Built) -> bool:
        return sum(len(positions) for positions in built.problem.allowed) > _MOST_IN_MODEL

    def _model(self, built: Built, time: Allotment) -> Modelling | None:
        """The model, built within some time; None where that is not enough."""
        if self._too_large(built):
            return None
        try:
            return Modelling(built.problem, {}, self._options, self._clock, self._stop, within=time)
        except ModelGivenUpError:
            return None


def _takes_people(built: Built) -> bool:
    return built.facts.retirement_work.is_any


def _plan(built: Built, placing: Assignment, dates: Dates | None = None) -> Plan:
    return build_plan(built.facts, built.problem, placing, _NOT_SAID, (), dates)
