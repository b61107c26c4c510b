"""A proven bound on coexistence where orders tell which lot of a tie comes first.

Then the days between them are a sum over where the two are, and a programme of yes and no says what they come to at
least: lots in positions, waves that are made, orders level by level, sums and budgets. Spreading looks at room alone;
this looks at dates, orders and room at once. Rules that are left out only lower the bound.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from waveplan.engine.problem import Assignment, PlanningProblem
from waveplan.engine.running.clock import Allotment

MOST_PLACES = 20_000  # of lots: with more the programme takes too long to build
_TOLD = 2**52  # an objective up to that is told exactly by the solver's floating point


@dataclass(frozen=True, slots=True)
class Timetable:
    """No plan has less than the bound; the assignment keeps all that the programme knows, and may break other rules."""

    bound: int
    assignment: Assignment | None


def timetable_bound(
    problem: PlanningProblem,
    allowed: Sequence[Sequence[int]],
    most_waves: int | None,
    ties: Mapping[tuple[int, int], int],
    limits: Allotment,
    stop: threading.Event,
    tell: Callable[[int], None],
    place: Callable[[Assignment], None] = lambda _: None,
) -> Timetable:
    """Bound Σ weight × days over some ties, in the ties' own scale.

    `allowed` and `most_waves` narrow positions and waves to what earlier goals leave; lots without ties that are
    allowed nowhere are left out, with all that they ask for. `tell` hears of better bounds,
    `place` of better assignments.
    """
    from waveplan.engine.proofs.bounds.timetable.costs import add_ties
    from waveplan.engine.proofs.bounds.timetable.linear import LinearProgramme
    from waveplan.engine.proofs.bounds.timetable.orders import add_orders
    from waveplan.engine.proofs.bounds.timetable.rules import add_rules, add_touched
    from waveplan.engine.proofs.bounds.timetable.solving import least

    days = [problem.positions[position].day for positions in allowed for position in positions]
    if not ties or not days or sum(ties.values()) * (max(days) - min(days) + 1) > _TOLD:
        return Timetable(0, None)
    programme = LinearProgramme(allowed)
    add_rules(programme, problem, most_waves)
    add_touched(programme, problem)
    add_orders(programme, problem)
    add_ties(programme, problem, ties)
    return least(programme, limits, stop, tell, place)
