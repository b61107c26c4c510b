"""Coexistence by the search and by a proof at once: each hears of what the other has reached."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from time import sleep
from typing import Protocol

from waveplan.engine.goals.state import GoalState
from waveplan.engine.problem import Assignment, PlanningProblem
from waveplan.engine.proofs.proving import MOST_EXACT, CoexistenceProof
from waveplan.engine.running.clock import Allotment

_GOAL = "coexistence"
_LOOK = 0.05  # seconds between two looks at what a proof has assigned
_FIRST = 0.04  # of the time, for the search alone where the proof may not hear of it while both work


@dataclass(frozen=True, slots=True)
class Beside:
    """What goes on beside a search: on how many cores, what it has proven by now, who hears of each better value.

    `assigned` is what a proof found last: where it would have lots, under some of the rules, or under all of them. It
    is left out where neither may hear of the other. Who shares a core with the proof may wait for its first one.
    """

    cores: int
    bound: Callable[[], Fraction | None]
    hear: Callable[[Fraction], None] = lambda _: None
    assigned: Callable[[], Assignment | None] | None = None
    goes_on: Callable[[], bool] = lambda: False

    def await_assigned(self, over: Callable[[], bool]) -> None:
        """Wait for a first assignment, as long as the proof goes on and it is not over."""
        while self.assigned is not None and self.assigned() is None and self.goes_on() and not over():
            sleep(_LOOK)


class Searched(Protocol):
    """Betters a goal for some time, down to a bound."""

    def __call__(self, goal: str, time: Allotment, best: GoalState, beside: Beside) -> GoalState:
        """Better it."""


def beside_a_proof(
    problem: PlanningProblem,
    held: dict[str, Fraction],
    accepts: Callable[[Assignment], bool],
    searched: Searched,
    time: Allotment,
    best: GoalState,
    *,
    alike: bool,
    proving: float = 1.0,
) -> GoalState:
    """A better plan and a better bound than the best known ones.

    Alike: neither hears of the other, as that would make the outcome a matter of time. The exact method looks no
    further than the best value it knows of, so that the search has a while for itself then. The proof ends after
    a share of the time, `proving`.
    """
    if alike and len(problem.lots) <= MOST_EXACT:
        known = best.bound
        best = best.joined(searched(_GOAL, time.part(_FIRST), best, Beside(0, lambda: known)))
        time = time.part(1.0 - _FIRST)
    assert best.plan is not None
    start, reached = best, best.value

    def hear(value: Fraction) -> None:
        nonlocal reached
        reached = value

    proof = CoexistenceProof(problem, held, best.plan, accepts, lambda: start.value if alike else reached)
    proof.begin(time.part(proving))

    def bound() -> Fraction | None:
        return start.bound if alike else max(start.bound or Fraction(0), proof.bound)

    assigned = None if alike else (lambda: proof.assignment)
    found = best.joined(searched(_GOAL, time, best, Beside(1, bound, hear, assigned, lambda: proof.goes_on)))
    proven = proof.end(now=not alike)
    return proven.joined(found) if proven.settled else found.joined(proven)
