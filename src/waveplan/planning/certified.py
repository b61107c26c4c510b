"""What of a plan's proofs can be proven once more, by which means; and the same of a proof that there is no plan."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import ROUND_FLOOR
from fractions import Fraction

from waveplan.certificates import BoundClaim
from waveplan.certifying import claim_for, claim_of_none
from waveplan.domain.inventory import Inventory
from waveplan.domain.plan import Plan
from waveplan.domain.solve_record import CertifiedBound, CertifiedBy, GoalRecord, is_certified
from waveplan.engine.goals.measures import measure
from waveplan.engine.model.clauses import Clauses
from waveplan.engine.problem import Assignment, PlanningProblem
from waveplan.engine.running.clock import Clock
from waveplan.planning.building.homes import homes_in
from waveplan.planning.building.problem_builder import build_problem
from waveplan.planning.facts.facts import PlanningFacts
from waveplan.planning.options import Progress, Watching
from waveplan.planning.shortfalls import MOST_CONFIRMED, Shortfall, shortfall
from waveplan.planning.stating.records import rounded

_HELD = frozenset({"finish", "waves"})  # goals before that a claim makes use of
_CLAUSES: dict[Clauses, CertifiedBy] = {"checked": "lrat", "assumed": "lrat_assumed"}


@dataclass(frozen=True, slots=True)
class Certified:
    """By goal, bounds that were proven once more; the claims, whose proofs the verifier has checked; what lacks."""

    goals: tuple[tuple[CertifiedBound, ...], ...]
    claims: tuple[BoundClaim, ...]
    lacking: tuple[Shortfall, ...] = ()


def problem_of(inventory: Inventory, baseline: Plan | None = None) -> PlanningProblem:
    """The whole inventory as a planning problem, nothing done and nothing left out."""
    return build_problem(PlanningFacts(inventory), baseline).problem


class Certifier:
    """Proves once more what was proven of one inventory. Seconds are of the clock, which is the search's too."""

    def __init__(self, inventory: Inventory, clock: Clock, seed: int, watching: Watching) -> None:
        self._inventory, self._clock, self._seed = inventory, clock, seed
        self._watching = watching

    def certify(self, plan: Plan, baseline: Plan | None = None) -> Certified:
        """Certify the bounds of a plan's goals, in order, as far as time allows."""
        built = build_problem(PlanningFacts(self._inventory), baseline)
        problem, placed = built.problem, homes_in(built, plan)
        goals, claims, held = list[tuple[CertifiedBound, ...]](), list[BoundClaim](), dict[str, Fraction]()
        lacking: list[Shortfall] = []
        for number, record in enumerate(plan.solve.goals):
            value = _value(problem, placed, record)
            own: tuple[CertifiedBound, ...] = ()
            if record.bound is not None and not self._watching.stop.is_set():
                own, claim = self._goal(problem, record, value, held, len(plan.solve.goals) - number)
                claims += [] if claim is None else [claim]
            goals.append(own)
            if record.bound is not None and not is_certified(record.model_copy(update={"certified": list(own)})):
                up_to = max((each.bound for each in own), default=None)
                lacking.append(shortfall(problem, record, up_to, late=self._over()))
            held[record.goal] = value
        return Certified(tuple(goals), tuple(claims), tuple(lacking))

    def certify_none(self) -> tuple[BoundClaim | None, tuple[CertifiedBy, ...]]:
        """That there is no plan: the claim, and the means by which it was proven again."""
        problem = problem_of(self._inventory)
        claim = claim_of_none(problem, self._over)
        means: tuple[CertifiedBy, ...] = () if claim is None else ("certificate",)
        return claim, (*means, *self._confirmed(problem, None, {}, 1.0))

    def _goal(
        self,
        problem: PlanningProblem,
        record: GoalRecord,
        value: Fraction,
        held: Mapping[str, Fraction],
        goals_left: int,
    ) -> tuple[tuple[CertifiedBound, ...], BoundClaim | None]:
        assert record.bound is not None
        self._say(record.goal)
        proven = value if record.status == "optimal" else Fraction(record.bound)
        asked = {goal: most for goal, most in held.items() if goal in _HELD}
        claim = claim_for(problem, record.goal, proven, asked, self._over)
        found: list[CertifiedBound] = []
        if claim is not None:
            by: CertifiedBy = "recount" if claim.kind == "recount" else "certificate"
            found.append(CertifiedBound(by=by, bound=rounded(claim.bound, ROUND_FLOOR)))
        if record.status == "optimal":
            means = self._confirmed(problem, (record.goal, value), held, 1 / goals_left)
            found += [CertifiedBound(by=each, bound=record.bound) for each in means]
        return tuple(found), claim

    def _confirmed(
        self,
        problem: PlanningProblem,
        better: tuple[str, Fraction] | None,
        held: Mapping[str, Fraction],
        share: float,
    ) -> tuple[CertifiedBy, ...]:
        """By which means CP-SAT proves it again, in a share of the time that is left."""
        from waveplan.engine.model.confirming import confirm

        if self._over() or sum(map(len, problem.allowed)) > MOST_CONFIRMED:
            return ()
        goal = None if better is None else better[0]
        stop, say = self._watching.stop, self._saying(goal)
        again = confirm(problem, better, held, self._clock, share, self._seed, stop, say)
        if not again.proven:
            return ()
        return ("no_presolve",) if again.clauses is None else ("no_presolve", _CLAUSES[again.clauses])

    def _over(self) -> bool:
        return self._watching.stop.is_set() or self._clock.exhausted

    def _saying(self, goal: str | None) -> Callable[[], None]:
        return lambda: self._say(goal)

    def _say(self, goal: str | None) -> None:
        self._watching.tell(Progress("certifying", self._clock.elapsed(), self._clock.seconds, goal))


def _value(problem: PlanningProblem, placed: Assignment, record: GoalRecord) -> Fraction:
    """The exact value of a goal in a plan, where all its lots are known; else as it is stated."""
    if len(placed) == len(problem.lots) and record.goal != "peak_load":
        return measure(problem, placed, record.goal)
    if record.goal == "peak_load" and len(placed) == len(problem.lots):
        exact = measure(problem, placed, record.goal)
        if rounded(exact) == record.value:  # not so where the work of retirements makes the peak
            return exact
    return Fraction(record.value or 0)
