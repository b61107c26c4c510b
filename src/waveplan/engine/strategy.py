"""One goal after another on one problem: the model, the search and proofs put together, by size and by time."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import replace
from fractions import Fraction
from functools import cached_property

from waveplan.engine import whole_model as whole
from waveplan.engine.beginning import Beginning
from waveplan.engine.beside_a_proof import Beside, beside_a_proof
from waveplan.engine.goals.measures import measure
from waveplan.engine.goals.state import GoalState
from waveplan.engine.model.modelling import ModelOptions
from waveplan.engine.model.polishing import polish
from waveplan.engine.model.streamwise import better_by_streams
from waveplan.engine.neighbourhoods.coexisting import nearer_together
from waveplan.engine.neighbourhoods.offers import Offered
from waveplan.engine.packed import Packed
from waveplan.engine.presolve.directions import mostly_directed
from waveplan.engine.problem import Assignment, PlanningProblem
from waveplan.engine.proofs.proving import MOST_EXACT, least_peak, warm_proof
from waveplan.engine.running.clock import Allotment, Clock
from waveplan.engine.running.telling import Say
from waveplan.engine.search import CARRIED
from waveplan.engine.search.searching import Searching

_SHARES = {
    "finish": 2,
    "waves": 3,
    "coexistence": 7,
    "moved_lots": 3,
    "criticality_risk": 2,
}  # of the time that is left; the others take 1
_AT_ONCE = 0.3  # seconds, or deterministic units, in which tiny problems are proven
_QUICK = 0.1  # of a searched goal's time: a run that may prove it at once
_FIRST_RUN = {"even": _QUICK, "model": 0.6, "search": 0.02}  # the same, by what is leant to
_FEW_TIES = 80  # so few that CP-SAT has a fair chance to prove coexistence by itself
_PACKED = 0.85  # of the time for waves or the finish
_STREAMWISE = 0.85  # of what is left then, one stream after the other
_POLISHED = 0.05  # of the time, where the model of the whole is too large
_SEARCHED = 0.93  # of what is left then
_MODELLED, _COMPILED = 0.6, 0.85  # of the search's time: by then the model, and waiting for what is compiled, ends
_NEARLY = Fraction(1, 20)  # of the value: a bound so near leaves little to gain …
_LAST = 0.3  # … so that the model of the whole has only so much of the time for the finish or waves
_WHOLE = 100  # lots, up to which the model of the whole betters coexistence, and often proves it
_PROVEN = 0.65  # of the time, for the proof where it shares one core with neighbourhoods, which go on after it
_ONE_BY_ONE = 2  # workers, with which proofs are compiled before the search, for which plain Python stands in
_ANNEALED = 0.05  # of the search's time where neighbourhoods have what is left
_AWAITED = 0.4  # of it, at most, until a proof on the same core has assigned lots to waves: that is what they go by


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
        offer: Callable[[Assignment], None],
    ) -> None:
        """`offer` is handed what the search has, now and then, while it still works."""
        self._problem = problem
        self._bounds = bounds
        self._options = options
        self._clock = clock
        self._stop = stop
        self._say = say
        self._search = Searching(problem, options.workers, options.seed, clock, stop, offer)
        self._model = whole.WholeModel(problem, bounds, options, clock, stop, say)
        self._beginning = Beginning(problem, options, self._search, clock, stop, say)
        self._packed = Packed(problem, clock, stop, say, self._judged)
        self._held: dict[str, Fraction] = {}

    def begin(self, goals: Sequence[str], homes: Assignment, start: Assignment | None = None) -> Assignment | None:
        """Begin to compile what these goals need, and look for a first plan; near `homes`, from `start`, if given.

        Compiling takes a core for itself for many seconds: where there is only one, a plan comes first, and so do the
        goals that need nothing compiled.
        """
        if self._options.workers > 1:
            self._prepare(goals)
        plan = self._beginning.first_plan(homes, large=self._is_large, start=start, goals=goals)
        self.offered = self._beginning.offered
        if self._options.workers == 1 and self._is_large:
            self._prepare(goals)
        return plan

    @property
    def _is_large(self) -> bool:
        return self._model.size > whole.MOST_MODELLED

    def _prepare(self, goals: Sequence[str]) -> None:
        if self._is_large or not set(CARRIED).isdisjoint(goals):
            proven = warm_proof(self._problem) if "coexistence" in goals and self._problem.ties else []
            self._say("compiling the search")
            self._search.start(proven if self._options.workers <= _ONE_BY_ONE else ())

    def hold(self, goal: str, value: Fraction, room: Fraction) -> None:
        """Keep a goal within some room of a value from now on."""
        self._held[goal] = value + room
        self._search.hold(goal, value + room)
        self._model.hold(goal, value, room)

    def second_opinion(self, goal: str, found: GoalState) -> GoalState:
        """No plan: unknown stays unknown; infeasible is believed only when it holds with presolve off too."""
        return self._model.second_opinion(goal, found)

    # --- one goal --------------------------------------------------------------------------------------------------

    def pursue(self, goals: tuple[str, ...], start: Assignment | None) -> GoalState:
        """Optimise the first of some goals: by proofs, streams, the model, and the search where it gets further."""
        goal, mark = goals[0], self._clock.mark()
        weights = [_SHARES.get(each, 1) for each in goals]
        share = weights[0] / sum(weights)
        time = self._clock.left().part(share if start is not None else 1.0)
        best = self._foreseen(goal, time, mark, self.known(goal, start))
        if best.settled:
            return best
        time, mark = self._clock.since(time, mark), self._clock.mark()
        if best.plan is None:
            best = self._after_all(goal, time, best)
            if best.settled or best.plan is None:
                return best
            time, mark = self._clock.left().part(share), self._clock.mark()
        return self._bettered(goal, time, mark, best)

    def _foreseen(self, goal: str, time: Allotment, mark: tuple[float, float], best: GoalState) -> GoalState:
        """What is proven, and found, before the whole is modelled or searched."""
        if not best.settled and goal in ("finish", "waves"):
            packed = self._packed.waves if goal == "waves" else self._packed.finish
            best = packed(time.part(_PACKED), best, self._held)
            if not best.settled:
                best = self._by_streams(goal, self._clock.since(time, mark).part(_STREAMWISE), best)
        if not best.settled and goal == "peak_load":
            best = best.joined(GoalState(bound=least_peak(self._problem, self._held)))
        return best

    def _bettered(self, goal: str, time: Allotment, mark: tuple[float, float], best: GoalState) -> GoalState:
        """A plan made better by the model of the whole and by the search, as far as the size lets each."""
        searched = goal in CARRIED and (goal != "coexistence" or bool(self._problem.ties))
        if goal == "coexistence" and self._is_ordered:
            return self._by_search(goal, time, mark, best)
        if not searched or not self._is_large:
            quick = self._quick(time) if searched else self._worth(goal, time, best)
            best = best.joined(self._by_model(goal, quick, best, whole.MOST_IN_MODEL))
        if best.settled or best.plan is None or self._stop.is_set():
            return best
        if searched or self._model.is_too_large(whole.MOST_IN_MODEL):
            best = self._by_search(goal, time, mark, best)
        too_large = self._model.is_too_large(whole.MOST_MODELLED)
        if not too_large and searched and not best.settled and not self._stop.is_set():
            best = best.joined(self._by_model(goal, self._clock.since(time, mark), best, whole.MOST_MODELLED))
        if self._model.is_too_large(whole.MOST_MODELLED) and not best.settled and best.plan is not None:
            best = self._polished(goal, self._clock.since(time, mark), best)
        return best

    def _after_all(self, goal: str, time: Allotment, best: GoalState) -> GoalState:
        def by_model(within: Allotment, known: GoalState) -> GoalState:
            return self._by_model(goal, within, known, whole.MOST_FOR_A_PLAN)

        return self._beginning.after_all(goal, time, best, self._model, by_model, self._quick(time))

    @cached_property
    def _is_ordered(self) -> bool:
        """Whether neighbourhoods better coexistence: its ties are mostly of known order, and neither few nor many."""
        few = len(self._problem.lots) <= _WHOLE
        return not few and not self._is_large and mostly_directed(self._problem)

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

    def _worth(self, goal: str, time: Allotment, best: GoalState) -> Allotment:
        """Less time where packing and streams have come near the bound, and other goals wait for what is left."""
        if goal not in ("finish", "waves") or best.value is None or best.bound is None:
            return time
        return time.part(_LAST) if best.value - best.bound <= _NEARLY * best.value else time

    def known(self, goal: str, start: Assignment | None) -> GoalState:
        """What is known of a goal before anything is done about it."""
        bound = Fraction(self._bounds[goal]) if goal in self._bounds else None
        if start is None:
            return GoalState(bound=bound)
        return GoalState(bound=bound).joined(GoalState(start, measure(self._problem, start, goal)))

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
        judged = self._model.judged(goal, plan)
        return self._search.accepts(plan) if judged is None else judged

    def _by_model(self, goal: str, time: Allotment, best: GoalState, most: int) -> GoalState:
        reproducible = self._options.reproducible
        return self._model.better(goal, time, best, most, lambda: self._search.compiling and not reproducible)

    def _by_search(self, goal: str, time: Allotment, mark: tuple[float, float], best: GoalState) -> GoalState:
        """The search; for coexistence beside a proof, which does not wait until the search is compiled."""
        if best.plan is None:
            return best
        if not self._search.begun:
            self._prepare([goal])
        time = self._clock.since(time, mark).part(_SEARCHED if not self._is_large else 1.0 - _POLISHED)
        if goal == "coexistence":
            return self._beside_a_proof(time, best)
        return best.joined(self._once_compiled(goal, time, best, Beside(0, lambda: best.bound)))

    def _beside_a_proof(self, time: Allotment, best: GoalState) -> GoalState:
        return beside_a_proof(
            self._problem,
            self._held,
            self._search.accepts,
            self._once_compiled,
            time,
            best,
            alike=self._options.reproducible,
            proving=_PROVEN if self._is_ordered and self._options.workers == 1 else 1.0,
        )

    def _once_compiled(self, goal: str, time: Allotment, best: GoalState, beside: Beside) -> GoalState:
        """The search as soon as it is compiled; until then the model may settle few ties by itself."""
        mark, few = self._clock.mark(), len(self._problem.ties) <= _FEW_TIES
        while few and self._search.compiling and not self._stop.is_set():
            left = self._clock.since(time.part(_MODELLED), mark)
            if left.seconds == 0.0 or self._model.is_too_large(whole.MOST_MODELLED):
                break
            best = best.joined(self._by_model(goal, time.part(_QUICK), best, whole.MOST_MODELLED))
            if best.value is not None:
                beside.hear(best.value)
            if best.settled:
                return best
        if goal in CARRIED and self._search.compiling and best.plan is not None:
            left = self._clock.since(time.part(_COMPILED), mark)
            glance = self._glance(goal, beside)
            best = best.joined(self._search.meanwhile(goal, best.plan, left, beside.bound, glance))
        self._say("compiling the search", goal, best.value, beside.bound())
        if not self._search.wait(self._clock.since(time.part(_COMPILED), mark).seconds):
            return best
        search = self._in_both_ways if goal == "coexistence" and self._is_ordered else self._searched
        return search(goal, self._clock.since(time, mark), best, beside)

    def _in_both_ways(self, goal: str, time: Allotment, best: GoalState, beside: Beside) -> GoalState:
        """Coexistence by annealing, which is only a beginning where orders tell most, then by neighbourhoods."""
        mark = self._clock.mark()
        best = best.joined(self._searched(goal, time.part(_ANNEALED), best, beside))
        if best.settled or self._stop.is_set():
            return best
        if self._options.workers == 1:
            awaited = time.part(_AWAITED)
            beside.await_assigned(lambda: self._stop.is_set() or not self._clock.since(awaited, mark).seconds)
        options = replace(self._options, workers=max(1, self._options.workers - beside.cores))
        return best.joined(
            nearer_together(
                self._problem,
                self._held,
                options,
                best,
                self._clock.since(time, mark),
                self._clock,
                self._stop,
                beside.bound,
                self._glance(goal, beside),
                None if beside.assigned is None else Offered(beside.assigned, self._search.accepts),
            )
        )

    def _searched(self, goal: str, time: Allotment, best: GoalState, beside: Beside) -> GoalState:
        assert best.plan is not None
        self._say("searching", goal, best.value, beside.bound())
        glance = self._glance(goal, beside)
        return self._search.improve(goal, best.plan, time, beside.cores, beside.bound, glance)

    def _glance(self, goal: str, beside: Beside) -> Callable[[Fraction | None], None]:
        """Tells of each better value: whoever watches, and what goes on beside."""

        def glance(value: Fraction | None) -> None:
            self._say("searching", goal, value, beside.bound())
            if value is not None:
                beside.hear(value)

        return glance
