"""What would have to hold for a plan that is better than claimed: where its lots could be, how many waves it has."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from waveplan.engine.problem import PlanningProblem

Allowed = list[list[int]]
Levels = Mapping[int, int]


@dataclass(frozen=True)
class Supposed:
    """All plans with a finish and a number of waves at most so high: `allowed` has every position their lots use."""

    problem: PlanningProblem
    allowed: Allowed
    waves: int | None

    @property
    def impossible(self) -> bool:
        """Whether some lot has no position left: then there is no such plan."""
        return not all(self.allowed)


def suppose(problem: PlanningProblem, finish: Fraction | None, waves: Fraction | None) -> Supposed:
    """Leave out what ends too late, then, again and again, what an order rules out whatever the other lots do."""
    allowed = [
        [place for place in positions if finish is None or problem.hypercare[lot][place][1] <= finish]
        for lot, positions in enumerate(problem.allowed)
    ]
    while all(allowed) and _tightened(problem, allowed):
        pass
    return Supposed(problem, allowed, None if waves is None else int(waves))


def _tightened(problem: PlanningProblem, allowed: Allowed) -> bool:
    changed = False
    for order in problem.precedences:
        changed |= _ordered(allowed, {order.first: order.earliest}, {order.second: order.levels})
        if not (allowed[order.first] and allowed[order.second]):
            return False
    for group in problem.group_orders:
        changed |= _ordered(allowed, group.firsts, group.seconds)
        if not all(allowed[lot] for lot in (*group.firsts, *group.seconds)):
            return False
    return changed


def _ordered(allowed: Allowed, firsts: Mapping[int, Levels], seconds: Mapping[int, Levels]) -> bool:
    """No second lot below what every first lot asks for at least, no first lot that asks for more than a second has."""
    if not firsts or not seconds:
        return False
    least = max(min(levels[place] for place in allowed[lot]) for lot, levels in firsts.items())
    most = min(max(levels[place] for place in allowed[lot]) for lot, levels in seconds.items())
    changed = False
    for lot, levels in firsts.items():
        changed |= _keep(allowed, lot, [place for place in allowed[lot] if levels[place] <= most])
    for lot, levels in seconds.items():
        changed |= _keep(allowed, lot, [place for place in allowed[lot] if levels[place] >= least])
    return changed


def _keep(allowed: Allowed, lot: int, left: list[int]) -> bool:
    changed = len(left) < len(allowed[lot])
    allowed[lot] = left
    return changed


def usable(supposed: Supposed, lots: Sequence[int]) -> list[int]:
    """Positions that some of these lots may use, by day."""
    places = supposed.problem.positions
    return sorted({place for lot in lots for place in supposed.allowed[lot]}, key=lambda each: (places[each].day, each))


def lots_of(problem: PlanningProblem, stream: int) -> list[int]:
    """The lots of one stream."""
    return [lot for lot, its in enumerate(problem.lot_stream) if its == stream]
