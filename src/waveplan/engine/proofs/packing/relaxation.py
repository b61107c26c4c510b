"""What one stream's waves must hold, without the calendar: limits, orders and ordinals only.

Every plan gives such a packing (its n-th wave is the n-th load), so no plan has fewer waves than the best packing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

from waveplan.engine.orders import Precedence
from waveplan.engine.problem import PlanningProblem
from waveplan.engine.stage_limits import stage_limits

_MOST = 1 << 48  # totals above are left to the model: sums of them could overflow

Allowed = Sequence[Sequence[int]]
Terms = tuple[tuple[int, int, int], ...]


@dataclass(frozen=True)
class PackedResource:
    """Σ of the amounts of one wave's lots ≤ the limit of its stage."""

    amounts: tuple[int, ...]  # by lot
    limits: tuple[int, ...]  # by stage


@dataclass(frozen=True)
class PackedUnion:
    """Σ of the weights of what the lots of one wave touch, each once ≤ the limit of its stage."""

    touched: tuple[tuple[int, ...], ...]  # by lot: elements
    weights: tuple[int, ...]
    limits: tuple[int, ...]


@dataclass(frozen=True)
class Loads:
    """What is to be packed, by its place in `lots`; orders are (first, second, whether strictly in a later wave)."""

    lots: tuple[tuple[int, ...], ...]  # the problem's own numbers; several where only one wave can hold them
    stages: tuple[int | None, ...]  # waves in each stage; None for all that follow
    resources: tuple[PackedResource, ...]
    unions: tuple[PackedUnion, ...]
    orders: tuple[tuple[int, int, bool], ...]
    apart: tuple[tuple[int, int], ...]
    earliest: tuple[int, ...]  # by lot: ordinal of the first wave it may be in

    def stages_of(self, waves: int) -> list[int]:
        """The stage of each of so many waves."""
        ends = list(accumulate(length or 0 for length in self.stages[:-1]))
        return [sum(ordinal > end for end in ends) for ordinal in range(1, waves + 1)]


def loads_of(problem: PlanningProblem, allowed: Allowed, stream: int) -> Loads:
    """The packing that underlies one stream of a problem."""
    rules = problem.streams[stream]
    lots = tuple(lot for lot, its in enumerate(problem.lot_stream) if its == stream)
    place = {lot: index for index, lot in enumerate(lots)}
    return Loads(
        lots=tuple((lot,) for lot in lots),
        stages=tuple(stage.waves for stage in rules.stages),
        resources=tuple(_binding(_resources(problem, allowed, stream, lots))),
        unions=tuple(_unions(problem, stream, lots)),
        orders=tuple(_orders(problem, allowed, stream, place)),
        apart=tuple((place[pair.first], place[pair.second]) for pair in problem.aparts if pair.first in place),
        earliest=tuple(rules.earliest_wave.get(lot, 1) for lot in lots),
    )


def _binding(resources: Iterator[PackedResource]) -> Iterator[PackedResource]:
    seen: set[PackedResource] = set()
    for resource in resources:
        if min(resource.limits) < sum(resource.amounts) < _MOST and resource not in seen:
            seen.add(resource)
            yield resource


def _resources(
    problem: PlanningProblem, allowed: Allowed, stream: int, lots: Sequence[int]
) -> Iterator[PackedResource]:
    stages = len(problem.streams[stream].stages)
    groups = defaultdict(list)
    for limit in problem.wave_limits:
        if limit.stream == stream:
            groups[limit.name].append(limit)
    for group in groups.values():
        amounts = tuple(group[0].amounts.get(lot, 0) for lot in lots)
        yield PackedResource(amounts, tuple(stage_limits(group, stages)))
    for pool, most in sorted(_most_by_pool(problem, allowed, lots).items()):
        amounts = tuple(problem.pools[pool].amounts.get(lot, 0) for lot in lots)
        yield PackedResource(amounts, (most,) * stages)


def _most_by_pool(problem: PlanningProblem, allowed: Allowed, lots: Sequence[int]) -> dict[int, int]:
    """What a team's week, a crew's day or a window leaves for one wave, wherever it stands: by pool, the most."""
    room: dict[tuple[int, int], int] = {}
    for terms, limit, when in _rows_of_one_wave(problem):
        for pool, position, weight in terms:
            if weight > 0 and (when is None or position in when):
                key = (pool, position)
                room[key] = min(room.get(key, _MOST), max(0, limit) // weight)
    found: dict[int, int] = {}
    for pool, bringing in enumerate(problem.pools):
        mine = [lot for lot in lots if lot in bringing.amounts]
        where = {position for lot in mine for position in allowed[lot]}
        if where and all((pool, position) in room for position in where):
            found[pool] = max(room[pool, position] for position in where)
    return found


def _rows_of_one_wave(problem: PlanningProblem) -> Iterator[tuple[Terms, int, tuple[int, ...] | None]]:
    """Budgets, and windows' room for data: terms, limit, and where a wave must stand for it to hold."""
    for budget in problem.budgets:
        yield budget.terms, budget.limit, budget.when
    for fit in problem.window_fits:
        if fit.zone_lots is None and fit.always:
            # where lots bring data but don't use the link, it may be idle
            terms = tuple(term for term in fit.terms if fit.users.issuperset(problem.pools[term[0]].amounts))
            yield terms, fit.room, (fit.position,)


def _unions(problem: PlanningProblem, stream: int, lots: Sequence[int]) -> Iterator[PackedUnion]:
    stages = len(problem.streams[stream].stages)
    groups = defaultdict(list)
    for limit in problem.union_limits:
        if limit.stream == stream:
            groups[limit.name].append(limit)
    for group in groups.values():
        everything = sum(group[0].weights)
        most = [everything] * stages
        for limit in group:
            if limit.elements != group[0].elements or limit.weights != group[0].weights:
                continue  # of one name but not of one kind: left to the model
            for stage in range(stages) if limit.stage is None else (limit.stage,):
                most[stage] = min(most[stage], limit.limit)
        if min(most) < everything < _MOST:
            touched = tuple(tuple(sorted(group[0].elements.get(lot, ()))) for lot in lots)
            yield PackedUnion(touched, group[0].weights, tuple(most))


def _orders(
    problem: PlanningProblem, allowed: Allowed, stream: int, place: Mapping[int, int]
) -> Iterator[tuple[int, int, bool]]:
    """Orders among the stream's lots, also those that lead through lots of other streams."""
    kinds = _Kinds(problem, allowed, stream)
    after: dict[int, dict[int, bool]] = defaultdict(dict)
    for precedence in problem.precedences:
        strict = kinds.strict(precedence)
        if strict is not None:
            known = after[precedence.first].get(precedence.second, False)
            after[precedence.first][precedence.second] = known or strict
    for lot in sorted(place):
        found = {second: strict for second, strict in after[lot].items() if second in place}
        for second, strict in _through_others(after, lot, place):
            found[second] = found.get(second, False) or strict
        for second, strict in sorted(found.items()):
            if second == lot and not strict:
                continue
            yield place[lot], place[second], strict


def _through_others(
    after: Mapping[int, Mapping[int, bool]], lot: int, place: Mapping[int, int]
) -> list[tuple[int, bool]]:
    """Lots of this stream that wait for one of another stream that waits for this lot, and whether strictly."""
    stack = [(second, strict) for second, strict in after.get(lot, {}).items() if second not in place]
    seen, found = set(stack), set()
    while stack:
        middle, so_far = stack.pop()
        for second, strict in after.get(middle, {}).items():
            step = (second, so_far or strict)
            if second in place:
                found.add(step)
            elif step not in seen:
                seen.add(step)
                stack.append(step)
    return sorted(found)


class _Kinds:
    """What orders say of the sequence of waves: strictly later ones, none before, or nothing for sure."""

    def __init__(self, problem: PlanningProblem, allowed: Allowed, stream: int) -> None:
        self._allowed = allowed
        self._rank = [place.rank for place in problem.positions]
        ranks = [self._rank[position] for position in problem.streams[stream].positions]
        self._shared = len(set(ranks)) < len(ranks)  # two windows of the stream that start together
        self._known: dict[tuple[object, ...], bool | None] = {}

    def strict(self, order: Precedence) -> bool | None:
        """True when the second's window always starts later, False when it may also be the very same wave.

        None when it may start earlier, or in a window of which either could come first.
        """
        firsts, seconds = self._allowed[order.first], self._allowed[order.second]
        key = (id(firsts), id(seconds), id(order.earliest), id(order.levels), id(order.clashes))
        if key not in self._known:
            self._known[key] = self._judge(order, firsts, seconds)
        return self._known[key]

    def _judge(self, order: Precedence, firsts: Sequence[int], seconds: Sequence[int]) -> bool | None:
        strict = True
        for first in firsts:
            for second in seconds:
                if self._rank[second] <= self._rank[first] and order.allows(first, second):
                    alike = self._rank[second] == self._rank[first] and (first == second or not self._shared)
                    if not alike:
                        return None
                    strict = False
        return strict
