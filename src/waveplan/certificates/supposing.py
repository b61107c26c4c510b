"""What would have to hold for a plan that is better than claimed: where its lots could be, how many waves it has."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import floor

from waveplan.engine.problem import PlanningProblem

Allowed = list[list[int]]
Levels = Mapping[int, int]
Rooms = dict[tuple[int, int], int]  # pool and position → what one wave there may bring of it


@dataclass(frozen=True)
class Supposed:
    """All plans with a finish and a number of waves at most so high: `allowed` has every position their lots use."""

    problem: PlanningProblem
    allowed: Allowed
    waves: int | None
    rooms: Rooms

    @property
    def impossible(self) -> bool:
        """Whether some lot has no position left: then there is no such plan."""
        return not all(self.allowed)


def rooms_of(problem: PlanningProblem) -> Rooms:
    """What budgets leave one wave, of which only what gets nothing back tells."""
    room: Rooms = {}
    for budget in problem.budgets:
        if any(weight < 0 or problem.pools[pool].leaving for pool, _, weight in budget.terms):
            continue
        for pool, place, weight in budget.terms:
            if weight and (budget.when is None or place in budget.when):
                limit = max(0, budget.limit) // weight
                room[pool, place] = min(room.get((pool, place), limit), limit)
    return room


def suppose(
    problem: PlanningProblem, finish: Fraction | None, waves: Fraction | None, rooms: Rooms | None = None
) -> Supposed:
    """Leave out what ends too late, then, again and again, what an order rules out whatever the other lots do."""
    last = None if finish is None else floor(finish)
    allowed = [
        [place for place in positions if last is None or problem.hypercare[lot][place][1] <= last]
        for lot, positions in enumerate(problem.allowed)
    ]
    most = None if waves is None else int(waves)
    supposed = Supposed(problem, allowed, most, rooms_of(problem) if rooms is None else rooms)
    tighten(supposed)
    return supposed


def tighten(supposed: Supposed) -> None:
    """Follow orders through until they rule out nothing more: again where a lot of an order has lost a position."""
    problem = supposed.problem
    orders: list[tuple[Mapping[int, Levels], Mapping[int, Levels]]] = [
        ({order.first: order.earliest}, {order.second: order.levels}) for order in problem.precedences
    ]
    orders += [(group.firsts, group.seconds) for group in problem.group_orders if group.firsts and group.seconds]
    changed = set(range(len(problem.lots)))
    while changed and not supposed.impossible:
        before, changed = changed, set()
        for firsts, seconds in orders:
            if before.isdisjoint(firsts) and before.isdisjoint(seconds):
                continue
            changed |= _ordered(supposed.allowed, firsts, seconds)
            if not all(supposed.allowed[lot] for lot in (*firsts, *seconds)):
                return


def _ordered(allowed: Allowed, firsts: Mapping[int, Levels], seconds: Mapping[int, Levels]) -> set[int]:
    """No second lot below what every first lot asks for at least, no first lot that asks for more than a second has."""
    least = max(min(levels[place] for place in allowed[lot]) for lot, levels in firsts.items())
    most = min(max(levels[place] for place in allowed[lot]) for lot, levels in seconds.items())
    left = {lot: [place for place in allowed[lot] if levels[place] <= most] for lot, levels in firsts.items()}
    changed = _kept(allowed, left)
    left = {lot: [place for place in allowed[lot] if levels[place] >= least] for lot, levels in seconds.items()}
    return changed | _kept(allowed, left)


def _kept(allowed: Allowed, left: Mapping[int, list[int]]) -> set[int]:
    """Keep only what is left; the lots that have lost something."""
    changed = {lot for lot, places in left.items() if len(places) < len(allowed[lot])}
    for lot in changed:
        allowed[lot] = left[lot]
    return changed


def usable(supposed: Supposed, lots: Sequence[int]) -> list[int]:
    """Positions that some of these lots may use, by day."""
    places = supposed.problem.positions
    return sorted({place for lot in lots for place in supposed.allowed[lot]}, key=lambda each: (places[each].day, each))


def lots_of(problem: PlanningProblem, stream: int) -> list[int]:
    """The lots of one stream."""
    return [lot for lot, its in enumerate(problem.lot_stream) if its == stream]
