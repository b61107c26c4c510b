"""One goal after another on one problem: the model, the search and proofs put together, by size and by time."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from fractions import Fraction
from typing import Protocol

from waveplan.engine.beside_a_proof import beside_a_proof
from waveplan.engine.clock import Allotment, Clock
from waveplan.engine.first_plans.construction import construct
from waveplan.engine.first_plans.mending import Mender
from waveplan.engine.goal_state import GoalState
from waveplan.engine.measures import measure
from waveplan.engine.model.modelling import Modelling, ModelOptions
from waveplan.engine.model.polishing import polish
from waveplan.engine.model.streamwise import better_by_streams
from waveplan.engine.model.watched import ModelGivenUpError
from waveplan.engine.problem import Assignment, PlanningProblem
from waveplan.engine.proofs.proving import MOST_EXACT, least_peak, pack_finish, pack_waves
from waveplan.engine.search import CARRIED
from waveplan.engine.search.searching import Searching

_SHARES = {
    "finish": 2,
    "waves": 3,
    "coexistence": 4,
    "moved_lots": 3,
    "criticality_risk": 2,
}  # of the time that is left; the others take 1
_AT_ONCE = 0.3  # seconds, or deterministic units, in which tiny problems are proven
_QUICK = 0.1  # of a searched goal's time: a run that may prove it at once
_FIRST_RUN = {"even": _QUICK, "model": 0.6, "search": 0.02}  # the same, by what is leant to
_FEW_TIES = 80  # so few that CP-SAT has a fair chance to prove coexistence by itself
_MENDED = 0.3  # of the time, for a first plan near another one
_LOOKED = 0.4  # of the time, for a first plan by the search
_AT_FIRST = 0.6  # of the time, at most, for a first plan by ejection before the model may prove that there is none
_EJECTED = 0.5  # of the time for a first plan by the search, for ejection
_TRIES = (500, 40)  # changes, and changes a lot, that are tried at first
_PACKED = 0.85  # of the time for waves or the finish
_STREAMWISE = 0.85  # of what is left then, one stream after the other
_POLISHED = 0.05  # of the time, where the model of the whole is too large
_SEARCHED = 0.93  # of what is left then
_BUILT = 0.5  # of the time that is left, at most, for building the model: what takes longer would be asked in vain
_MOST_MODELLED = 20_000  # places of lots: with more the search alone betters coexistence
_MOST_IN_MODEL = 60_000  # places of lots: with more the model takes too long to build, and too much memory
_MOST_FOR_A_PLAN = 400_000  # the same where no plan is known without it


class Say(Protocol):
    """Tells what is being done, at which goal, with its value and bound."""

    def __call__(
        self, phase: str, goal: str | None = None, value: Fraction | None = None, bound: Fraction | None = None
    ) -> None:
        """Tell it."""


class Strategy:
    """A problem, and what is held of goals reached."""

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
        self._size = sum(len(positions) for positions in problem.allowed)
        self._search = Searching(problem, options.workers, options.seed, clock, stop)
        self._model: Modelling | None = None
        self._given_up = False  # building the model took too long: the problem is as good as too large for it
        self._held: dict[str, Fraction] = {}
        self._kept: dict[str, tuple[Fraction, Fraction]] = {}  # by goal: what was reached, and the room given

    def begin(self, goals: Iterable[str], homes: Assignment) -> Assignment | None:
        """Begin to compile what these goals need, and look for a first plan; near `homes`, if given.

        Compiling takes a core for itself for many seconds: where there is only one, a plan comes first.
        """
        if self._options.workers > 1:
            self._prepare(goals)
        plan = self._first_plan(homes)
        if self._options.workers == 1:
            self._prepare(goals)
        return plan

    def _prepare(self, goals: Iterable[str]) -> None:
        if self._size > _MOST_MODELLED or not set(CARRIED).isdisjoint(goals):
            self._say("compiling the search")
            self._search.start()

    def hold(self, goal: str, value: Fraction, room: Fraction) -> None:
        """Keep a goal within some room of a value from now on."""
        self._kept[goal] = (value, room)
        self._held[goal] = value + room
        self._search.hold(goal, value + room)
        if self._model is not None:
            self._model.hold(goal, value, room)

    # --- a first plan ----------------------------------------------------------------------------------------------

    def _first_plan(self, homes: Assignment) -> Assignment | None:
        """A plan that keeps every rule: a first answer, and a whole hint for what follows."""
        self._say("constructing a first plan")
        if homes:
            mending = Mender(self._problem, self._options, self._clock, self._stop)
            plan = mending.mended(homes, self._clock.left().part(_MENDED))
            if plan is not None:
                return plan
        large = self._size > _MOST_MODELLED
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

    def _modelled(self, most: int) -> Modelling | None:
        """The whole model, built when it is first asked for; None when the problem is too large for it."""
        if self._model is None and not self._too_large(most):
            self._say("building the model")
            within = self._clock.left().part(_BUILT)
            try:
                self._model = Modelling(
                    self._problem, self._bounds, self._options, self._clock, self._stop, within=within
                )
            except ModelGivenUpError:
                self._given_up = True
                return None
            for goal, (value, room) in self._kept.items():
                self._model.hold(goal, value, room)
        return self._model if self._size <= most else None

    def _too_large(self, most: int) -> bool:
        """Whether the model is not to be had: by the number of places, or as it was tried in vain."""
        return self._size > most or self._given_up

    def second_opinion(self, goal: str, found: GoalState) -> GoalState:
        """No plan: unknown stays unknown; infeasible is believed only when it holds with presolve off too."""
        if found.status != "infeasible" or self._model is None:
            return found
        again = self._model.second_opinion(self._clock.left(), lambda: self._say("confirming that no plan exists"))
        return again if again.plan is None else GoalState(again.plan, measure(self._problem, again.plan, goal))

    # --- one goal --------------------------------------------------------------------------------------------------

    def pursue(self, goals: tuple[str, ...], start: Assignment | None) -> GoalState:
        """Optimise the first of some goals: by the model, and by the search where that gets further."""
        goal, mark = goals[0], self._clock.mark()
        weights = [_SHARES.get(each, 1) for each in goals]
        time = self._clock.left().part(weights[0] / sum(weights) if start is not None else 1.0)
        best = self.known(goal, start)
        if best.settled:
            return best
        if goal in ("finish", "waves"):
            packed = self._packed if goal == "waves" else self._packed_finish
            best = packed(time.part(_PACKED), best)
            if best.settled:
                return best
            best = self._by_streams(goal, self._clock.since(time, mark).part(_STREAMWISE), best)
            if best.settled:
                return best
            time, mark = self._clock.since(time, mark), self._clock.mark()
        if goal == "peak_load":
            best = best.joined(GoalState(bound=least_peak(self._problem, self._held)))
            if best.settled:
                return best
        searched = goal in CARRIED and (goal != "coexistence" or bool(self._problem.ties))
        if best.plan is None:
            best = self._first_of_all(goal, time, mark, best)
            if best.settled or best.plan is None:
                return best
            time, mark = self._clock.left().part(weights[0] / sum(weights)), self._clock.mark()
        if not searched or self._size <= _MOST_MODELLED:
            best = best.joined(self._by_model(goal, self._quick(time) if searched else time, best, _MOST_IN_MODEL))
        if best.settled or best.plan is None or self._stop.is_set():
            return best
        if searched or self._too_large(_MOST_IN_MODEL):
            best = self._by_search(goal, time, mark, best)
        if not self._too_large(_MOST_MODELLED) and searched and not best.settled and not self._stop.is_set():
            best = best.joined(self._by_model(goal, self._clock.since(time, mark), best, _MOST_MODELLED))
        if self._too_large(_MOST_MODELLED) and not best.settled and best.plan is not None:
            best = self._polished(goal, self._clock.since(time, mark), best)
        return best

    @property
    def _goes_on(self) -> bool:
        return not self._stop.is_set() and not self._clock.exhausted

    def _first_of_all(self, goal: str, time: Allotment, mark: tuple[float, float], best: GoalState) -> GoalState:
        """A plan where none is known: the model for a moment, which may prove that there is none, then the search.

        Each may find at once what the other looks for in vain, so the model is given ever more time after that.
        """
        most, share = _MOST_FOR_A_PLAN, _QUICK
        if self._size <= most:
            best = best.joined(self._by_model(goal, self._quick(time), best, most))
        if best.plan is None and not best.settled and self._goes_on:
            left = self._clock.since(time, mark)
            best = best.joined(self._searched_plan(goal, left if self._too_large(most) else left.part(_LOOKED)))
        while best.plan is None and not best.settled and share < 1.0 and not self._too_large(most) and self._goes_on:
            share *= 2
            best = best.joined(self._by_model(goal, self._clock.since(time, mark).part(min(1.0, share)), best, most))
        return best

    def _searched_plan(self, goal: str, time: Allotment) -> GoalState:
        """A first plan by the search alone: as it is until it is compiled, then at its full speed."""
        self._say("constructing a first plan")
        mark, plan = self._clock.mark(), self._search.at_once(time.part(_EJECTED))
        if plan is None:
            left = self._clock.since(time, mark)
            plan = self._search.first_plan(left) if self._search.wait(left.seconds) else None
        return GoalState() if plan is None else GoalState(plan, measure(self._problem, plan, goal))

    def _polished(self, goal: str, time: Allotment, best: GoalState) -> GoalState:
        """CP-SAT on neighbourhoods of the plan, where the whole is too large for it."""
        limits = time if goal in CARRIED else time.part(_POLISHED)
        self._say("optimising", goal, best.value, best.bound)

        def glance(value: Fraction | None) -> None:
            self._say("optimising", goal, value, best.bound)

        return polish(self._problem, goal, best, self._held, self._options, limits, self._clock, self._stop, glance)

    def _quick(self, time: Allotment) -> Allotment:
        """Time for a first run of the model; little where the exact method proves more."""
        quick = time.part(_FIRST_RUN[self._options.leaning])
        if len(self._problem.lots) > MOST_EXACT:
            return quick
        return Allotment(
            *(None if each is None else min(each, _AT_ONCE) for each in (quick.seconds, quick.deterministic))
        )

    def known(self, goal: str, start: Assignment | None) -> GoalState:
        """What is known of a goal before anything is done about it."""
        bound = Fraction(self._bounds[goal]) if goal in self._bounds else None
        if start is None:
            return GoalState(bound=bound)
        return GoalState(bound=bound).joined(GoalState(start, measure(self._problem, start, goal)))

    def _packed(self, time: Allotment, best: GoalState) -> GoalState:
        """Waves by packing: a bound, and a plan if what is packed keeps every rule on the calendar."""

        def glance(value: Fraction | None, bound: Fraction) -> None:
            self._say("packing lots into waves", "waves", best.value, bound)

        self._say("packing lots into waves", "waves", best.value, best.bound)
        packed = pack_waves(self._problem, self._held, time, self._stop, glance)
        self._clock.spend(time.deterministic or 0.0)
        better = packed.value is not None and (best.value is None or packed.value < best.value)
        if packed.plan is None or not better or not self._judged("waves", packed.plan):
            return best.joined(GoalState(bound=packed.bound))
        return best.joined(packed)

    def _packed_finish(self, time: Allotment, best: GoalState) -> GoalState:
        """The finish by packing: a bound, and a plan if what is packed keeps every rule on the calendar."""

        def glance(value: Fraction | None, bound: Fraction) -> None:
            known = [each for each in (value, best.value) if each is not None]
            self._say("packing lots into waves", "finish", min(known, default=None), bound)

        self._say("packing lots into waves", "finish", best.value, best.bound)
        packed = pack_finish(
            self._problem, self._held, best, time, self._stop, lambda plan: self._judged("finish", plan), glance
        )
        self._clock.spend(time.deterministic or 0.0)
        return best.joined(packed)

    def _by_streams(self, goal: str, time: Allotment, best: GoalState) -> GoalState:
        """A better plan, one stream after the other, where there are several."""
        if best.plan is None or len(set(self._problem.lot_stream)) < 2:
            return best
        self._say("optimising", goal, best.value, best.bound)

        def glance(value: Fraction | None) -> None:
            self._say("optimising", goal, value, best.bound)

        return better_by_streams(
            self._problem, goal, best, self._held, self._options, time, self._clock, self._stop, glance
        )

    def _judged(self, goal: str, plan: Assignment) -> bool:
        """Whether a plan keeps every rule, in the model's word, or the search's where there is no model."""
        model = None if self._model is None else self._modelled(_MOST_MODELLED)
        if model is None:
            return self._search.accepts(plan)
        return model.completed(goal, plan, self._clock.left().part(0.2)) is not None

    def _by_model(self, goal: str, time: Allotment, best: GoalState, most: int) -> GoalState:
        model = self._modelled(most)
        if model is None:
            return GoalState()
        if best.plan is not None:
            model.start_from(goal, best.plan, time.part(0.2))

        def glance(value: Fraction | None, bound: Fraction | None) -> None:
            known = [each for each in (bound, best.bound) if each is not None]
            self._say("optimising", goal, best.value if value is None else value, max(known, default=None))

        compiling = self._search.compiling and not self._options.reproducible
        return model.optimise(goal, time, best.bound, glance, beside=int(compiling))

    def _by_search(self, goal: str, time: Allotment, mark: tuple[float, float], best: GoalState) -> GoalState:
        """The search, for coexistence beside a proof; while it is compiled, the model may settle few ties by itself."""
        few = len(self._problem.ties) <= _FEW_TIES
        while few and self._search.compiling and not self._too_large(_MOST_MODELLED) and not self._stop.is_set():
            left = self._clock.since(time.part(0.6), mark)
            if left.seconds == 0.0:
                break
            best = best.joined(self._by_model(goal, time.part(_QUICK), best, _MOST_MODELLED))
            if best.settled:
                return best
        self._say("compiling the search", goal)
        if best.plan is None or not self._search.wait(self._clock.since(time.part(0.85), mark).seconds):
            return best
        time = self._clock.since(time, mark)
        time = time.part(_SEARCHED if self._size <= _MOST_MODELLED else 1.0 - _POLISHED)
        if goal == "coexistence":
            return self._beside_a_proof(time, best)
        return best.joined(self._searched(goal, time, best, 0, lambda: best.bound))

    def _beside_a_proof(self, time: Allotment, best: GoalState) -> GoalState:
        return beside_a_proof(
            self._problem,
            self._held,
            self._search.accepts,
            self._searched,
            time,
            best,
            alike=self._options.reproducible,
        )

    def _searched(
        self,
        goal: str,
        time: Allotment,
        best: GoalState,
        beside: int,
        bound: Callable[[], Fraction | None],
        hear: Callable[[Fraction], None] | None = None,
    ) -> GoalState:
        assert best.plan is not None
        self._say("searching", goal, best.value, bound())

        def glance(value: Fraction | None) -> None:
            self._say("searching", goal, value, bound())
            if value is not None and hear is not None:
                hear(value)

        return self._search.improve(goal, best.plan, time, beside, bound, glance)
