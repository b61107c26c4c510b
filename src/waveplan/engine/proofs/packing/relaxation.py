"""What one stream's waves must hold, without the calendar: limits, orders and ordinals only.

Every plan gives such a packing (its n-th wave is the n-th load), so no plan has fewer waves than the best packing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, combinations

from waveplan.engine.problem import PlanningProblem
from waveplan.engine.problem.stage_limits import stage_limits
from waveplan.engine.proofs.packing.frames import WaveFrame, WavesInOrder
from waveplan.engine.proofs.packing.rooms import UNLIMITED, WaveRooms
from waveplan.engine.proofs.packing.sequence import Sequenced, WaveOrders, sharing

_MOST_PARTS = 30  # packings of one stream
_MOST_COMPARED = 600  # lots whose positions are compared pair by pair

Allowed = Sequence[Sequence[int]]


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

    @property
    def is_sum(self) -> bool:
        """Whether no two lots touch the same: then it is a sum like others."""
        touched = [element for elements in self.touched for element in elements]
        return len(set(touched)) == len(touched)

    def as_resource(self) -> PackedResource:
        """The sum that it is then."""
        return PackedResource(tuple(sum(self.weights[each] for each in own) for own in self.touched), self.limits)


@dataclass(frozen=True)
class Loads:
    """What is to be packed, by its place in `lots`; orders are (first, second, whether strictly in a later wave)."""

    lots: tuple[tuple[int, ...], ...]  # the problem's own numbers; several where only one wave can hold them; of
    # barriers none
    stages: tuple[int | None, ...]  # waves in each stage; None for all that follow
    resources: tuple[PackedResource, ...]
    unions: tuple[PackedUnion, ...]
    orders: tuple[tuple[int, int, bool], ...]
    apart: tuple[tuple[int, int], ...]
    earliest: tuple[int, ...]  # by lot: ordinal of the first wave it may be in
    waves: tuple[tuple[int, ...] | None, ...]  # by lot: the only waves it may be in, from 1; None for all

    def stages_of(self, waves: int) -> list[int]:
        """The stage of each of so many waves."""
        ends = list(accumulate(length or 0 for length in self.stages[:-1]))
        return [sum(ordinal > end for end in ends) for ordinal in range(1, waves + 1)]


def parts_of(problem: PlanningProblem, allowed: Allowed, stream: int, rooms: WaveRooms) -> list[Loads]:
    """The packings that underlie one stream of a problem: no plan has fewer waves than all of them have together.

    Lots that no position is allowed to share are packed by themselves, where ordinals of waves don't matter.
    """
    orders = WaveOrders(problem, allowed, stream)
    return [
        loads_of(problem, allowed, stream, lots, orders, rooms)
        for lots in apart_by_themselves(problem, allowed, stream)
    ]


def apart_by_themselves(problem: PlanningProblem, allowed: Allowed, stream: int) -> list[tuple[int, ...]]:
    """The lots of a stream, in groups that are packed one by one."""
    rules = problem.streams[stream]
    lots = tuple(lot for lot, its in enumerate(problem.lot_stream) if its == stream)
    groups = sharing(allowed, lots)
    alone = len(groups) <= _MOST_PARTS and len(rules.stages) == 1 and not rules.earliest_wave
    return groups if alone else [lots]


def loads_of(
    problem: PlanningProblem,
    allowed: Allowed,
    stream: int,
    lots: tuple[int, ...],
    orders: WaveOrders,
    rooms: WaveRooms,
    frame: WaveFrame | None = None,
) -> Loads:
    """The packing of some lots of a stream: into waves in their order, or into what else a frame stands for."""
    rules = problem.streams[stream]
    frame = frame or WavesInOrder(rules)
    sequenced = orders.among(lots)
    free = sequenced.barriers
    unions = list(_unions(problem, stream, lots, frame))
    alone = [union.as_resource() for union in unions if union.is_sum]
    resources = _binding((*_resources(problem, allowed, stream, lots, rooms, frame), *alone))
    return Loads(
        lots=(*((lot,) for lot in lots), *((),) * free),
        stages=frame.rows,
        resources=tuple(replace(its, amounts=(*its.amounts, *(0,) * free)) for its in resources),
        unions=tuple(
            replace(its, touched=(*its.touched, *((),) * free))
            for its in (*unions, *_of_groups(allowed, lots, len(frame.rows)))
            if not its.is_sum
        ),
        orders=sequenced.orders,
        apart=tuple(_apart(problem, allowed, lots, sequenced, by_windows=isinstance(frame, WavesInOrder))),
        earliest=(*(rules.earliest_wave.get(lot, 1) for lot in lots), *(1,) * free),
        waves=(*(frame.waves_of(allowed[lot]) for lot in lots), *(None,) * free),
    )


def _of_groups(allowed: Allowed, lots: tuple[int, ...], stages: int) -> Iterator[PackedUnion]:
    """One wave holds lots of one group of those that can share waves."""
    groups = sharing(allowed, lots)
    if len(groups) > 1:
        group_of = {lot: number for number, group in enumerate(groups) for lot in group}
        yield PackedUnion(tuple((group_of[lot],) for lot in lots), (1,) * len(groups), (1,) * stages)


def _apart(
    problem: PlanningProblem, allowed: Allowed, lots: tuple[int, ...], sequenced: Sequenced, *, by_windows: bool
) -> Iterator[tuple[int, int]]:
    """Pairs that are kept apart, and those that no position is allowed to although the two could meet by chains."""
    place = {lot: index for index, lot in enumerate(lots)}
    given = [(pair.first, pair.second) for pair in problem.aparts]
    pairs = {(place[one], place[other]) for one, other in given if one in place and other in place}
    yield from sorted(pairs)
    if len(lots) > _MOST_COMPARED or not by_windows:  # turns tell it by themselves
        return
    told = pairs | {(first, second) for first, second, strict in sequenced.orders if strict}
    group_of = {lot: number for number, group in enumerate(sharing(allowed, lots)) for lot in group}
    sets = {id(allowed[lot]): frozenset(allowed[lot]) for lot in lots}
    disjoint = {(one, other) for one in sets for other in sets if sets[one].isdisjoint(sets[other])}
    if not disjoint:
        return
    for one, other in combinations(lots, 2):
        pair = (place[one], place[other])
        could_meet = group_of[one] == group_of[other] and pair not in told and pair[::-1] not in told
        if could_meet and (id(allowed[one]), id(allowed[other])) in disjoint:
            yield pair


def _binding(resources: Iterable[PackedResource]) -> Iterator[PackedResource]:
    seen: set[PackedResource] = set()
    for resource in resources:
        if min(resource.limits) < sum(resource.amounts) < UNLIMITED and resource not in seen:
            seen.add(resource)
            yield resource


def _resources(
    problem: PlanningProblem, allowed: Allowed, stream: int, lots: Sequence[int], rooms: WaveRooms, frame: WaveFrame
) -> Iterator[PackedResource]:
    stages = len(problem.streams[stream].stages)
    groups = defaultdict(list)
    for limit in problem.wave_limits:
        if limit.stream == stream:
            groups[limit.name].append(limit)
    for group in groups.values():
        amounts = tuple(group[0].amounts.get(lot, 0) for lot in lots)
        yield PackedResource(amounts, frame.by_row(stage_limits(group, stages)))
    yield from _of_pools(problem, allowed, lots, rooms, frame)


def _of_pools(
    problem: PlanningProblem, allowed: Allowed, lots: Sequence[int], rooms: WaveRooms, frame: WaveFrame
) -> Iterator[PackedResource]:
    """What a team's week, a crew's day or a window leaves for a wave."""
    for pool, bringing in enumerate(problem.pools):
        room = rooms.of(pool)
        sets = {id(allowed[lot]): allowed[lot] for lot in lots if lot in bringing.amounts} if room else {}
        where = {position for positions in sets.values() for position in positions}
        amounts = tuple(bringing.amounts.get(lot, 0) for lot in lots) if where else ()
        limits = frame.of_pool(room, where, sum(amounts)) if where else None
        if limits is not None:
            yield PackedResource(amounts, limits)


def _unions(problem: PlanningProblem, stream: int, lots: Sequence[int], frame: WaveFrame) -> Iterator[PackedUnion]:
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
        if min(most) < everything < UNLIMITED:
            touched = tuple(tuple(sorted(group[0].elements.get(lot, ()))) for lot in lots)
            yield PackedUnion(touched, group[0].weights, frame.by_row(most))
