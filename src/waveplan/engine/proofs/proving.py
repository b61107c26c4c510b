"""Proofs: of coexistence beside the search, exactly where few lots allow it, else by spreading; of waves by packing."""

from __future__ import annotations

import threading
from collections.abc import Callable
from fractions import Fraction
from math import ceil

from waveplan.engine.compiling.warming import Warming, warming
from waveplan.engine.goals.measures import measure
from waveplan.engine.goals.state import GoalState
from waveplan.engine.presolve.rounded_problem import looser
from waveplan.engine.problem import Assignment, PlanningProblem
from waveplan.engine.proofs.bounds.boundaries import MOST_LOTS
from waveplan.engine.proofs.bounds.coexistence import CoexistenceBounding
from waveplan.engine.proofs.bounds.peak import peak_bound
from waveplan.engine.proofs.bounds.spreading import BoundLimits, coexistence_bound
from waveplan.engine.proofs.exact import ProofLimits, prove_coexistence
from waveplan.engine.proofs.packing import Ears, as_assignment, earliest_finish, fewest_waves
from waveplan.engine.running.clock import Allotment
from waveplan.engine.running.halting import Halt, halted_after
from waveplan.engine.running.looking import StoppedError
from waveplan.engine.search.held import HeldGoals, allowed_under

_TRIALS_A_UNIT = 3_000_000  # of the exact method, in one unit of deterministic time
MOST_EXACT = 32  # lots, above which spreading proves more in the same time
_AT_ONCE = 28  # lots, up to which the exact method needs no other bound before it
_GLIMPSE = 0.02  # of the time, for spreading before the exact method where that takes a while
_PATIENCE = 0.5  # seconds that a piece of work may still take when it is asked to stop; it ends by itself later


def pack_waves(
    problem: PlanningProblem,
    held: dict[str, Fraction],
    time: Allotment,
    stop: threading.Event,
    glance: Callable[[Fraction | None, Fraction], None],
) -> GoalState:
    """A bound on waves, and the fewest that limits and orders allow laid on the calendar: a plan yet to be judged."""
    allowed, counted = allowed_under(problem, HeldGoals(held)), looser(problem)
    if stop.is_set():
        return GoalState()

    def tell(bound: int, waves: int | None) -> None:
        glance(None if waves is None else Fraction(waves), Fraction(bound))

    try:
        with halted_after(stop, time.seconds) as halt:
            found = fewest_waves(counted, allowed, _limits(time), halt, tell)
    except StoppedError:
        return GoalState()
    if found is None:
        return GoalState()
    plan = None if found.loads is None else as_assignment(problem, allowed, found.loads)
    value = None if plan is None else measure(problem, plan, "waves")
    return GoalState(plan, value, Fraction(found.bound))


def pack_finish(
    problem: PlanningProblem,
    held: dict[str, Fraction],
    best: GoalState,
    time: Allotment,
    stop: threading.Event,
    accepts: Callable[[Assignment], bool],
    glance: Callable[[Fraction | None, Fraction], None],
) -> GoalState:
    """A bound on the finish, and a plan that ends before the best one, if one is packed, laid and accepted."""
    allowed, counted = allowed_under(problem, HeldGoals(held)), looser(problem)

    def tell(bound: int, value: int | None) -> None:
        glance(None if value is None else Fraction(value), Fraction(bound))

    least = 0 if best.bound is None else ceil(best.bound)
    known = None if best.value is None else ceil(best.value)
    try:
        with halted_after(stop, time.seconds) as halt:
            found = earliest_finish(counted, allowed, least, known, _limits(time), halt, Ears(tell, accepts))
    except StoppedError:
        return GoalState()
    value = None if found.value is None else Fraction(found.value)
    return GoalState(found.plan, value, Fraction(found.bound))


def least_peak(problem: PlanningProblem, held: dict[str, Fraction]) -> Fraction:
    """A bound on the peak load under what is held of earlier goals."""
    return peak_bound(problem, allowed_under(problem, HeldGoals(held)))


def _limits(time: Allotment) -> ProofLimits:
    trials = None if time.deterministic is None else int(time.deterministic * _TRIALS_A_UNIT)
    return ProofLimits(time.seconds, trials)


def warm_proof(problem: PlanningProblem) -> list[Warming]:
    """The compiling of what proves coexistence of a problem, begun at once."""
    lots = len(problem.lots)
    parts = ["exact"] * (lots <= MOST_EXACT) + ["spreading"] * (lots > _AT_ONCE)
    begun = [warming(part) for part in parts]
    return begun + [warming("boundaries", after=begun)] * (_AT_ONCE < lots <= MOST_LOTS)


class CoexistenceProof:
    """Runs in a thread of its own; `bound` may be read at any time, `reached` when it has ended."""

    def __init__(
        self,
        problem: PlanningProblem,
        held: dict[str, Fraction],
        start: Assignment,
        accepts: Callable[[Assignment], bool],
        known: Callable[[], Fraction | None],
    ) -> None:
        self._problem = problem
        self._counted = looser(problem)
        self._allowed = allowed_under(problem, HeldGoals(held))
        self._most_waves = int(held["waves"]) if "waves" in held else None
        self._start = start
        self._accepts = accepts
        self._known = known  # the best value by now
        self._stop = Halt()
        self._thread: threading.Thread | None = None
        self._bound = 0
        self._answer: GoalState | None = None
        self.assignment: Assignment | None = None  # what a timetable found last; it may break rules
        self._failure: BaseException | None = None

    def begin(self, time: Allotment) -> None:
        """Start to work."""
        self._thread = threading.Thread(target=self._run, args=(time,), daemon=True)
        self._thread.start()

    def end(self, *, now: bool) -> GoalState:
        """What has been reached: at once, or after the work has come to its own end.

        Raises what the work failed with.
        """
        assert self._thread is not None
        if now:
            self._stop.set()
        self._thread.join(_PATIENCE if now else None)
        if self._failure is not None:
            raise self._failure
        return self._answer or GoalState(bound=self.bound)

    @property
    def bound(self) -> Fraction:
        """What is proven so far."""
        return Fraction(self._bound, self._counted.weight_scale)

    @property
    def goes_on(self) -> bool:
        """Whether it is at work."""
        return self._thread is not None and self._thread.is_alive()

    @property
    def settled(self) -> bool:
        """Whether the answer is complete."""
        return self._answer is not None and self._answer.settled

    def _run(self, time: Allotment) -> None:
        try:
            with halted_after(self._stop, time.seconds) as halt:
                few = len(self._problem.lots) <= MOST_EXACT
                if few and not all(each.wait(halt) for each in warm_proof(self._problem)):
                    return
                self._answer = self._exactly(time, halt)
                if self._answer is None:
                    self._answer = self._bounded(time, halt)
        except BaseException as error:  # noqa: BLE001 - carried over to the thread that waits
            self._failure = error

    def _bounded(self, time: Allotment, halt: Halt) -> GoalState | None:
        """A bound, told as it rises; the plan that may come with it, where it keeps every rule."""
        bounding = CoexistenceBounding(self._counted, self._allowed, self._most_waves)
        plan = bounding.run(time, halt, self._tell, self._place)
        if plan is None or not self._accepts(plan):
            return None
        return GoalState(plan, measure(self._problem, plan, "coexistence"), self.bound)

    def _exactly(self, time: Allotment, halt: Halt) -> GoalState | None:
        """The optimum, or a bound, by the exact method; None when the problem is too large for it."""
        if len(self._problem.lots) > MOST_EXACT:
            return None
        if len(self._problem.lots) > _AT_ONCE:
            glimpse = time.part(_GLIMPSE)
            limits = BoundLimits(glimpse.seconds, glimpse.deterministic)
            coexistence_bound(self._counted, self._allowed, limits, halt, self._tell)
        value = measure(self._problem, self._start, "coexistence")
        rounded = self._counted is not self._problem
        exact = prove_coexistence(
            self._counted,
            self._allowed,
            self._most_waves,
            self._best,
            _limits(time),
            halt,
            self._tell,
            None if rounded else self._accepts,  # the search judges a stricter problem
        )
        if exact is None:
            return None
        self._tell(exact.bound)
        if not exact.complete or rounded:
            return GoalState(bound=self.bound)
        if exact.assignment is None:
            return GoalState(self._start, value, self.bound).joined(GoalState(bound=self.bound))
        found = measure(self._problem, exact.assignment, "coexistence")
        return GoalState(exact.assignment, found, found, "optimal")

    def _place(self, assignment: Assignment) -> None:
        self.assignment = assignment

    def _best(self) -> int | None:
        known = self._known()
        return None if known is None else ceil(known * self._counted.weight_scale)

    def _tell(self, bound: int) -> None:
        self._bound = max(self._bound, bound)
