"""A plan near another one by construction: what can stay stays, each of the others goes to the nearest wave with room.

Like any construction it keeps the rules that shape a plan most; whether it keeps them all is for others to judge.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence

from waveplan.engine.first_plans.construction import SlotFilling
from waveplan.engine.problem import Assignment, PlanningProblem

_NEW = 3  # waves after the last one that may be opened for what finds no room

_Kept = Callable[[int, int], bool]  # a position of the lot in question, and one of the other


def homeless_in(problem: PlanningProblem, homes: Assignment) -> frozenset[int]:
    """Lots that have no home, or may no longer stand there."""
    return frozenset(lot for lot, places in enumerate(problem.allowed) if homes.get(lot) not in places)


def must_move(problem: PlanningProblem) -> int:
    """Lots that no plan can leave on their day: none of the places that they have is on it."""
    days = problem.baseline_day.items()
    return sum(all(problem.positions[place].day != day for place in problem.allowed[lot]) for lot, day in days)


def finish_of_the_rest(problem: PlanningProblem) -> int:
    """What the finish cannot go below where no lot moves but those that must: each of the others ends on its day."""
    found = 0
    for lot, day in problem.baseline_day.items():
        ends = [problem.hypercare[lot][p][1] for p in problem.allowed[lot] if problem.positions[p].day == day]
        found = max(found, min(ends, default=0))
    return found


def repaired_near(problem: PlanningProblem, homes: Assignment) -> Assignment | None:
    """All lots that can stay at home, and the others near by; None when one of them finds no room."""
    homeless = homeless_in(problem, homes)
    filling = SlotFilling(problem, strict=True)
    for lot in sorted((lot for lot in homes if lot not in homeless), key=lambda lot: (homes[lot], lot)):
        filling.place(lot, homes[lot])
    neighbours = _Neighbours(problem)
    for lot in sorted(homeless, key=lambda lot: (len(problem.allowed[lot]), -_size(problem, lot), lot)):
        places = (place for place in _nearest_first(problem, lot) if filling.fits(lot, place))
        found = next((place for place in places if neighbours.allow(lot, place, filling.placed)), None)
        if found is None:
            return None
        filling.place(lot, found)
    return filling.placed


class RepairRoom:
    """Where a plan has room left, and which waves are near to each other."""

    def __init__(self, problem: PlanningProblem, placed: Assignment) -> None:
        self._problem = problem
        self._filling = SlotFilling(problem, strict=True)
        for lot in sorted(placed, key=lambda lot: (placed[lot], lot)):
            self._filling.place(lot, placed[lot])
        self.waves = frozenset(placed.values())
        usable = frozenset[int]().union(*problem.allowed)
        self._new = frozenset(place for rules in problem.streams for place in self._first_new(rules.positions, usable))

    def _first_new(self, positions: Sequence[int], usable: frozenset[int]) -> list[int]:
        """The first positions after the last wave of a stream."""
        last = max((place for place in positions if place in self.waves), default=-1)
        return [place for place in positions if place > last and place in usable][:_NEW]

    def is_free(self, lot: int, place: int) -> bool:
        """Whether a wave has room for a lot, or may be one of the next that are opened."""
        return self._filling.fits(lot, place) if place in self.waves else place in self._new

    def beside(self, places: Iterable[int], width: int) -> frozenset[int]:
        """Some positions, and so many waves of their stream to either side."""
        wanted, found = set(places), set[int]()
        for rules in self._problem.streams:
            used = [place for place in rules.positions if place in self.waves or place in wanted]
            for number, place in enumerate(used):
                if place in wanted:
                    found.update(used[max(0, number - width) : number + width + 1])
        return frozenset(found)


def _nearest_first(problem: PlanningProblem, lot: int) -> list[int]:
    day = problem.baseline_day.get(lot, 0)
    return sorted(problem.allowed[lot], key=lambda place: (abs(problem.positions[place].day - day), place))


def _size(problem: PlanningProblem, lot: int) -> float:
    """The largest share that it takes of a limit on waves."""
    return max((limit.amounts.get(lot, 0) / max(1, limit.limit) for limit in problem.wave_limits), default=0.0)


class _Neighbours:
    """Orders and pairs that are to be apart, by lot."""

    def __init__(self, problem: PlanningProblem) -> None:
        self._problem = problem
        self._around: dict[int, list[tuple[int, _Kept]]] = defaultdict(list)
        for order in problem.precedences:
            self._around[order.first].append((order.second, order.allows))
            self._around[order.second].append((order.first, lambda mine, other, order=order: order.allows(other, mine)))  # type: ignore[misc]
        for pair in problem.aparts:
            for mine, other in ((pair.first, pair.second), (pair.second, pair.first)):
                self._around[mine].append((other, lambda place, its: place != its))

    def allow(self, lot: int, place: int, placed: Assignment) -> bool:
        """Whether orders with what is placed are kept in a position."""
        near = (kept(place, placed[other]) for other, kept in self._around[lot] if other in placed)
        return all(near) and all(self._groups(lot, place, placed))

    def _groups(self, lot: int, place: int, placed: Assignment) -> Iterator[bool]:
        for order in self._problem.group_orders:
            if lot in order.seconds:
                level = order.seconds[lot][place]
                yield all(ranks[placed[other]] <= level for other, ranks in order.firsts.items() if other in placed)
            if lot in order.firsts:
                level = order.firsts[lot][place]
                yield all(ranks[placed[other]] >= level for other, ranks in order.seconds.items() if other in placed)
