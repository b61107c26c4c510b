"""The compiled search at work on goals: compiled meanwhile, several side by side, tighter and tighter limits."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from waveplan.engine.compiling.warming import Warming, warming
from waveplan.engine.goals.measures import measure
from waveplan.engine.goals.state import GoalState
from waveplan.engine.presolve.rounded_problem import stricter
from waveplan.engine.problem import Assignment, PlanningProblem
from waveplan.engine.running.clock import Allotment, Clock
from waveplan.engine.search import CARRIED, RISK_SCALE, Search, SearchLimits
from waveplan.engine.search.limits import TRIALS_A_UNIT, Meter

if TYPE_CHECKING:
    from waveplan.engine.search.interpreted import InterpretedGround

Glance = Callable[[Fraction | None], None]
Bound = Callable[[], Fraction | None]

_TRY = 0.15  # of the time: one attempt to find a plan under a tighter limit
_PROMPT = 1.0  # seconds: kept code is loaded within them
_INTERPRETED = TRIALS_A_UNIT // 5_000  # trials of compiled code in the time of one that is interpreted


class Searching:
    """Searches on a problem under what is held. Compiling begins with `start` and goes on beside other work."""

    def __init__(
        self,
        problem: PlanningProblem,
        threads: int,
        seed: int,
        clock: Clock,
        stop: threading.Event,
        offer: Callable[[Assignment], None] = lambda _: None,
    ) -> None:
        """`offer` is handed the best plan so far, now and then, while a goal is bettered."""
        self._problem = problem
        self._rounded: PlanningProblem | None = None
        self._threads = threads
        self._seed = seed
        self._clock = clock
        self._stop = stop
        self._offer = offer
        self._warming: Warming | None = None
        self._held: dict[str, Fraction] = {}
        self._plain: InterpretedGround | None = None
        self._attempts = 0

    @property
    def _compiled(self) -> PlanningProblem:
        """The problem in numbers for compiled code, each plan of which is a plan."""
        if self._rounded is None:
            self._rounded = stricter(self._problem)
        return self._rounded

    def start(self, after: Sequence[Warming] = ()) -> None:
        """Begin to compile, once others are compiled, or to load what has been kept."""
        self._warming = warming("search", after)
        if self._clock.deterministic is not None:
            self._warming.wait(self._stop)  # who waits for whom must not depend on the machine
        else:
            self._warming.wait(self._stop, time.monotonic() + _PROMPT)

    @property
    def begun(self) -> bool:
        """Whether it has been started."""
        return self._warming is not None

    @property
    def ready(self) -> bool:
        """Whether it is compiled."""
        return self._warming is not None and self._warming.ready

    @property
    def compiling(self) -> bool:
        """Whether it has been started and is not ready yet."""
        return self._warming is not None and not self._warming.ready

    def wait(self, seconds: float | None) -> bool:
        """Wait until it is compiled; whether it is. Raises what compiling failed with."""
        if self._warming is None:
            self.start()
        assert self._warming is not None
        return self._warming.wait(self._stop, None if seconds is None else time.monotonic() + seconds)

    def hold(self, goal: str, most: Fraction) -> None:
        """Keep a goal from getting worse than that from now on."""
        self._held[goal] = most

    def accepts(self, plan: Assignment) -> bool:
        """Whether a plan keeps every rule and all that is held."""
        kept = all(measure(self._problem, plan, goal) <= most for goal, most in self._held.items())
        if not self.ready:
            return kept and self._interpreted.keeps_every_rule(plan)
        return kept and Search(self._compiled, self._held, self._stop).accepts(plan)

    @property
    def _interpreted(self) -> InterpretedGround:
        """The rules alone, run without being compiled."""
        if self._plain is None:
            from waveplan.engine.search.held import HeldGoals
            from waveplan.engine.search.interpreted import InterpretedGround

            self._plain = InterpretedGround(self._compiled, HeldGoals({}))
        return self._plain

    def at_once(self, time: Allotment, start: Assignment | None = None, tries: int | None = None) -> Assignment | None:
        """A plan that keeps every rule, by construction and ejection, without anything compiled. None: not found.

        What stands in the start stays there where that is possible. Each call goes ways of its own.
        """
        from waveplan.engine.search.ejection import Ejection

        ground = self._interpreted
        ground.tries, meter = 0, Meter(self._limits(time, 1), self._stop)

        def goes_on() -> bool:
            meter.trials = ground.tries * _INTERPRETED
            return not meter.over and (tries is None or ground.tries < tries)

        self._attempts += 1
        plan = Ejection(ground, self._seed * 1_009 + self._attempts, goes_on).plan(start or {})
        if self._clock.deterministic is not None:
            self._clock.spend(ground.tries * _INTERPRETED / TRIALS_A_UNIT)
        return plan

    def first_plan(self, time: Allotment, start: Assignment | None = None) -> Assignment | None:
        """A plan that keeps every rule, mended from one that may not where there is one; None: not found."""
        return Search(self._compiled, self._held, self._stop).first_plan(start or {}, self._limits(time, 1))

    def improve(
        self, goal: str, start: Assignment, time: Allotment, beside: int, bound: Bound, glance: Glance
    ) -> GoalState:
        """Make a goal smaller by annealing (of `CARRIED`), or by tighter limits; `beside` cores do other work."""
        if goal not in CARRIED:
            return self._tightened(goal, start, time, bound, glance)
        scale = self._scale_of(goal)

        def look(value: int, plan: Assignment) -> None:
            self._offer(plan)
            glance(Fraction(value, scale))

        def enough(value: int) -> bool:
            least = bound()
            return least is not None and Fraction(value, scale) <= least

        limits = self._limits(time, max(1, self._threads - beside))
        better = Search(self._compiled, self._held, self._stop).improve(goal, start, limits, look, enough)
        self._clock.spend(time.deterministic or 0.0)
        return self._judged(goal, better) if better is not None else GoalState()

    def meanwhile(self, goal: str, start: Assignment, time: Allotment, bound: Bound, glance: Glance) -> GoalState:
        """Make a goal of `CARRIED` smaller until the search is compiled, or time is over, by what is interpreted."""
        from waveplan.engine.search.plain_annealing import annealed_plainly

        mark, scale = self._clock.mark(), self._scale_of(goal)

        def going(value: int) -> bool:
            reached, least = Fraction(value, scale), bound()
            glance(reached)
            late = self._clock.since(time, mark).seconds == 0.0
            return self.compiling and not late and not self._stop.is_set() and (least is None or reached > least)

        plan = annealed_plainly(self._compiled, self._held, goal, start, self._seed, going, time.seconds)
        return GoalState() if plan is None else self._judged(goal, plan)

    def _scale_of(self, goal: str) -> int:
        """What the search counts a goal in: so many to one."""
        return {"coexistence": self._compiled.weight_scale, "criticality_risk": RISK_SCALE}.get(goal, 1)

    def _tightened(self, goal: str, start: Assignment, time: Allotment, bound: Bound, glance: Glance) -> GoalState:
        """Ask for a plan at the bound first, then halfway between what is reached and what was not found."""
        mark = self._clock.mark()
        best = GoalState(start, measure(self._problem, start, goal), bound())
        missed = bound() or Fraction(0)
        target: Fraction | None = missed
        while target is not None and best.value is not None and target < best.value and not self._stop.is_set():
            left = self._clock.since(time, mark)
            if left.seconds == 0.0 or left.deterministic == 0.0:
                break
            held = {**self._held, goal: min(target, self._held.get(goal, target))}
            limits = self._limits(time.part(_TRY), 1)
            found = Search(self._compiled, held, self._stop).first_plan(dict(best.plan or {}), limits)
            self._clock.spend(time.part(_TRY).deterministic or 0.0)
            if found is not None:
                best = best.joined(self._judged(goal, found))
                glance(best.value)
            else:
                missed = target
            target = self._between(goal, missed, best.value)
        return best

    def _between(self, goal: str, missed: Fraction, value: Fraction | None) -> Fraction | None:
        """A limit halfway to the best value, that would be an improvement worth the while."""
        if value is None:
            return None
        middle = (missed + value) / 2
        if goal == "peak_load":
            return middle if value - missed > Fraction(1, 500) else None
        return Fraction(int(middle)) if int(middle) > missed else None

    def _judged(self, goal: str, plan: Assignment) -> GoalState:
        if not all(measure(self._problem, plan, each) <= most for each, most in self._held.items()):
            return GoalState()  # a limit that the search carries in rounded numbers is judged exactly here
        return GoalState(plan, measure(self._problem, plan, goal))

    def _limits(self, time: Allotment, threads: int) -> SearchLimits:
        return SearchLimits(time.seconds, time.deterministic, threads, self._seed)
