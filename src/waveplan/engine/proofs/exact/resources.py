"""Limits on sums, as the proof can carry them: per wave, and on all that has moved by a place in the order.

What speaks of single waves is carried exactly. Of a budget over several positions it carries each position's own
part, and, when the budget covers all positions up to one, the sum of all that has moved by then.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from math import gcd

from waveplan.engine.problem import PlanningProblem
from waveplan.engine.problem.limits import Budget, WaveLimit, WindowFit

Amounts = tuple[int, ...]  # by lot
_MOST_BITS = 40  # of a sum; amounts beyond are rounded down, which only loosens


@dataclass
class Resource:
    """Something that lots take, and how much of it a wave, or all that has moved, may take."""

    amounts: Amounts
    room: dict[tuple[int, int | None], int] = field(default_factory=dict)  # position, stage (None: all) → limit
    moved: dict[int, int] = field(default_factory=dict)  # place in the order → limit on what has moved after it

    @property
    def total(self) -> int:
        """What all lots together take."""
        return sum(self.amounts)

    def room_at(self, position: int, stage: int | None, stages: int) -> int:
        """What one wave may take; when its stage is not known, that of the most generous stage."""
        known = (stage,) if stage is not None else range(stages)
        own = max(self.room.get((position, each), self.total) for each in known)
        return min(self.total, own, self.room.get((position, None), self.total))

    def binds(self) -> bool:
        """Whether any limit could ever be felt."""
        return min([*self.room.values(), *self.moved.values()], default=self.total) < self.total

    def lighter(self) -> Resource:
        """The same in coarser units, rounded down, so that its sums stay short."""
        shift = max(0, self.total.bit_length() - _MOST_BITS)
        if not shift:
            return self
        return Resource(
            tuple(amount >> shift for amount in self.amounts),
            {key: limit >> shift for key, limit in self.room.items()},
            {key: limit >> shift for key, limit in self.moved.items()},
        )


class _Collector:
    """Resources by what lots take of them: limits on the same amounts come together, whatever their unit."""

    def __init__(self, problem: PlanningProblem, allowed: Sequence[Sequence[int]], order: Sequence[int]) -> None:
        self.problem = problem
        self.allowed = [frozenset(positions) for positions in allowed]
        self.order = order
        self._found: dict[Amounts, Resource] = {}

    def resource(self, amounts: Iterable[int]) -> tuple[Resource, int] | None:
        """The resource of some amounts and the unit they are counted in; None for nothing."""
        listed = list(amounts)
        unit = gcd(*listed)
        if not unit:
            return None
        key = tuple(amount // unit for amount in listed)
        return self._found.setdefault(key, Resource(key)), unit

    def limit(self, amounts: Iterable[int], position: int, stage: int | None, most: int) -> None:
        """A wave in a position takes at most so much."""
        found = self.resource(amounts)
        if found is not None:
            resource, unit = found
            known = resource.room.get((position, stage), resource.total)
            resource.room[position, stage] = min(known, max(0, most) // unit)

    def binding(self) -> list[Resource]:
        return [resource.lighter() for resource in self._found.values() if resource.binds()]


def resources_of(problem: PlanningProblem, allowed: Sequence[Sequence[int]], order: Sequence[int]) -> list[Resource]:
    """Every resource whose limits could be felt."""
    collector = _Collector(problem, allowed, order)
    for limit in problem.wave_limits:
        _add_wave_limit(collector, limit)
    for budget in problem.budgets:
        _add_budget(collector, budget)
    for fit in problem.window_fits:
        _add_fit(collector, fit)
    return collector.binding()


def _add_wave_limit(collector: _Collector, limit: WaveLimit) -> None:
    amounts = [limit.amounts.get(lot, 0) for lot in range(len(collector.problem.lots))]
    for position in collector.order:
        if collector.problem.positions[position].stream == limit.stream:
            collector.limit(amounts, position, limit.stage, limit.limit)


def _add_budget(collector: _Collector, budget: Budget) -> None:
    by_position = dict(_amounts_by_position(collector, budget.terms))
    for position, amounts in by_position.items():
        if budget.when is None or position in budget.when:
            collector.limit(amounts, position, None, budget.limit)
    if budget.when is None and len(set(by_position.values())) == 1:
        _add_sum(collector, budget, by_position)


def _add_sum(collector: _Collector, budget: Budget, covered: dict[int, Amounts]) -> None:
    """All that has moved by the last place before which every position is covered."""
    amounts = next(iter(covered.values()))
    concerned = [positions for amount, positions in zip(amounts, collector.allowed, strict=True) if amount]
    place = -1
    for number, position in enumerate(collector.order):
        if position not in covered and any(position in positions for positions in concerned):
            break
        place = number
    found = collector.resource(amounts)
    if found is not None and place >= 0:
        resource, unit = found
        resource.moved[place] = min(resource.moved.get(place, resource.total), budget.limit // unit)


def _add_fit(collector: _Collector, fit: WindowFit) -> None:
    """What one wave alone puts on a link crosses it in the window; the work beside it is left to the model."""
    own = [term for term in fit.terms if term[1] == fit.position and fit.always]
    for position, amounts in _amounts_by_position(collector, own):
        loaded = {lot for lot, amount in enumerate(amounts) if amount}
        if loaded <= fit.users and (fit.zone_lots is None or loaded <= fit.zone_lots):
            collector.limit(amounts, position, None, fit.room)


def _amounts_by_position(collector: _Collector, terms: Iterable[tuple[int, int, int]]) -> Iterator[tuple[int, Amounts]]:
    """What each lot takes in each position of the order, over all pools."""
    used = frozenset(collector.order)
    by_position: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for pool, position, weight in terms:
        if weight and position in used:
            by_position[position].append((pool, weight))
    known: dict[tuple[tuple[int, int], ...], Amounts] = {}
    for position, pairs in sorted(by_position.items()):
        key = tuple(sorted(pairs))
        if key not in known:
            amounts = [0] * len(collector.problem.lots)
            for pool, weight in key:
                for lot, amount in collector.problem.pools[pool].amounts.items():
                    amounts[lot] += amount * weight
            known[key] = tuple(amounts)
        yield position, known[key]
