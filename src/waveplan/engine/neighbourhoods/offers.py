"""What a proof beside the neighbourhoods assigns: a plan, where it keeps every rule, and wishes in any case."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from waveplan.engine.goals.measures import measure
from waveplan.engine.goals.state import GoalState
from waveplan.engine.problem import Assignment, PlanningProblem
from waveplan.engine.proofs.bounds.timetable.relaxed import Wishes


@dataclass
class Offered:
    """Looks for newer assignments; `accepts` says whether one keeps every rule and all that is held."""

    latest: Callable[[], Assignment | None]
    accepts: Callable[[Assignment], bool]
    _seen: Assignment | None = field(default=None, init=False)

    def newer(self) -> Assignment | None:
        """What was assigned since it was last asked for."""
        found = self.latest()
        if found is None or found is self._seen:
            return None
        self._seen = found
        return found

    def better(self, problem: PlanningProblem, goal: str, best: GoalState, found: Assignment) -> GoalState:
        """An assignment as a plan, where it is one and better than the best."""
        if len(found) < len(problem.lots):
            return best
        value = measure(problem, found, goal)
        if (best.value is not None and value >= best.value) or not self.accepts(found):
            return best
        return GoalState(found, value, best.bound)


def wishes_of(assignment: Assignment, lots: int) -> Wishes:
    """By lot, where it was assigned to."""
    return [frozenset({assignment[lot]} if lot in assignment else ()) for lot in range(lots)]
