"""What is done and what is imminent, laid over a problem: places that stay, and where the rest may go from now on.

The past is a fact: what keeps a done lot from its own slot, or asks something of lots that are done, is dropped.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from waveplan.domain.problem import (
    Budget,
    DowntimeLimit,
    GroupOrder,
    PlanningProblem,
    Prelude,
    StreamRules,
    Work,
)
from waveplan.domain.standing import Standing
from waveplan.lots import Lot
from waveplan.planning.building.downtimes import SharedDowntimes
from waveplan.planning.facts import Facts
from waveplan.planning.obstacles import Obstacle

Positions = tuple[tuple[int, ...], ...]
_Value = TypeVar("_Value")


@dataclass(frozen=True)
class Held:
    """Positions that each lot has left, those lots that are done with their positions, and what else keeps lots out."""

    allowed: Positions
    done: Mapping[int, int]
    obstacles: tuple[tuple[Obstacle, ...], ...]


def hold(facts: Facts, allowed: Positions, standing: Standing) -> Held:
    """Lots that are done stay where they are; imminent ones too, where they still may; others move on from now."""
    keeper = _Keeper(facts, standing)
    done = {index: place for index, lot in enumerate(facts.lots) if (place := keeper.done(lot)) is not None}
    left: list[tuple[int, ...]] = []
    why: list[tuple[Obstacle, ...]] = []
    for index, (lot, free) in enumerate(zip(facts.lots, allowed, strict=True)):
        if index in done:
            left.append((done[index],))
            why.append(())
            continue
        locked = keeper.locked(lot)
        if locked is not None and locked in free and not keeper.is_over(lot, locked):
            left.append((locked,))
            why.append(())
            continue
        obstacles = keeper.obstacles(lot)
        blocked = frozenset[int]().union(*(obstacle.slots for obstacle in obstacles))
        left.append(tuple(p for p in free if facts.positions[p].slot not in blocked))
        why.append(obstacles)
    return Held(tuple(left), done, tuple(why))


class _Keeper:
    """Where a lot is held, and which slots are no longer open to it."""

    def __init__(self, facts: Facts, standing: Standing) -> None:
        self._facts = facts
        self._standing = standing
        self._slots: dict[str, int] = {slot.id: index for index, slot in enumerate(facts.slots)}
        self._past = frozenset(index for index, slot in enumerate(facts.slots) if slot.date <= standing.as_of)
        self._closed = self._by_stream(standing.closed)
        self._over = self._taken()

    def _by_stream(self, waves: Iterable[str]) -> Mapping[str, frozenset[int]]:
        found: dict[str, set[int]] = defaultdict(set)
        for wave in waves:
            stream, _, slot = wave.rpartition("/")
            if slot in self._slots:
                found[stream or self._facts.streams[0]].add(self._slots[slot])
        return {stream: frozenset(slots) for stream, slots in found.items()}

    def _taken(self) -> Mapping[str, set[int]]:
        """By stream: slots in which a wave has cut over, into which nothing else comes."""
        found: dict[str, set[int]] = defaultdict(set)
        for lot in self._facts.lots:
            found[lot.stream].update(self._slots[each] for item in lot.items if (each := self._facts.done.get(item.id)))
        return found

    def is_over(self, lot: Lot, position: int) -> bool:
        """Whether a wave has cut over in a position of a lot's stream."""
        return self._facts.positions[position].slot in self._over.get(lot.stream, ())

    def done(self, lot: Lot) -> int | None:
        """The position in which a lot has cut over: all of it has, as ties do not join it with what has not."""
        return self._position(lot, self._facts.done)

    def locked(self, lot: Lot) -> int | None:
        """The position of an imminent lot."""
        return self._position(lot, self._standing.locked)

    def _position(self, lot: Lot, places: Mapping[str, str]) -> int | None:
        slots = {self._slots[places[item.id]] for item in lot.items if places.get(item.id) in self._slots}
        return self._facts.position(self._facts.stream_of(lot), max(slots)) if slots else None

    def obstacles(self, lot: Lot) -> tuple[Obstacle, ...]:
        """The past, refused waves, and slots whose gates and notices would already have had to be."""
        refused = self._by_stream({wave for item in lot.items for wave in self._standing.refused.get(item.id, ())})
        day = self._standing.as_of.isoformat()
        found = (
            Obstacle("WP308", self._past, "{of} not before {day}", {"of": lot.id, "day": day}),
            Obstacle("WP303", self._closed.get(lot.stream, frozenset()), "a no-go has closed the wave"),
            Obstacle("WP303", frozenset(self._over.get(lot.stream, ())), "the wave has cut over"),
            Obstacle("WP303", refused.get(lot.stream, frozenset()), "a no-go has closed the wave"),
            Obstacle("WP333", self._unannounced(lot), "a gate or notice would have to be before {day}", {"day": day}),
        )
        return tuple(obstacle for obstacle in found if obstacle.slots)

    def _unannounced(self, lot: Lot) -> frozenset[int]:
        """Slots of which some gate lies in the past; not the one that the lot has, whose notices have been given."""
        gates, places = self._facts.policy(lot).gates, self._standing.planned
        own = {self._slots[places[item.id]] for item in lot.items if places.get(item.id) in self._slots}

        def is_late(slot: dt.date) -> bool:
            dates = (self._facts.calendar.gate_date(gate, slot, lot.places) for gate in gates)
            return any(date < self._standing.as_of for date in dates)

        ahead = (index for index in range(len(self._facts.slots)) if index not in self._past and index not in own)
        return frozenset(index for index in ahead if is_late(self._facts.slots[index].date))


def of_the_past(problem: PlanningProblem, done: Mapping[int, int]) -> PlanningProblem:
    """The problem without all that it asks of lots that are done: that cannot be changed any more.

    Nobody else comes into their waves, so what a wave holds is asked of other waves only; orders only of those that
    wait; rules of sequence only of pairs that are not both done. What they take of people, links and sites is given:
    where that is more than there is by now, it is all there is, and nobody can take more.
    """
    if not done:
        return problem
    places = frozenset(done.values())
    return replace(
        problem,
        done=done,
        streams=tuple(_begun_stream(rules, done, places) for rules in problem.streams),
        wave_limits=tuple(replace(limit, amounts=_free(limit.amounts, done)) for limit in problem.wave_limits),
        union_limits=tuple(replace(limit, elements=_free(limit.elements, done)) for limit in problem.union_limits),
        work=_free_work(problem.work, done),
        window_fits=tuple(fit for fit in problem.window_fits if fit.position not in places),
        downtimes=_free_downtimes(problem.downtimes, done),
        precedences=tuple(order for order in problem.precedences if order.second not in done),
        group_orders=tuple(left for order in problem.group_orders if (left := _waiting_still(order, done)).seconds),
        aparts=tuple(pair for pair in problem.aparts if pair.first not in done and pair.second not in done),
        preludes=tuple(_begun(prelude, problem, done) for prelude in problem.preludes),
        budgets=tuple(_at_least_used(budget, problem, done) for budget in problem.budgets),
    )


def _free(by_lot: Mapping[int, _Value], done: Mapping[int, int]) -> dict[int, _Value]:
    return {lot: value for lot, value in by_lot.items() if lot not in done}


def _begun_stream(rules: StreamRules, done: Mapping[int, int], places: frozenset[int]) -> StreamRules:
    return replace(
        rules,
        earliest_wave=_free(rules.earliest_wave, done),
        gates={place: gates for place, gates in rules.gates.items() if place not in places},
        done=places.intersection(rules.positions),
    )


def _free_work(work: Work, done: Mapping[int, int]) -> Work:
    return replace(
        work,
        cutover=_free(work.cutover, done),
        test=_free(work.test, done),
        rollback=_free(work.rollback, done),
        transport=_free(work.transport, done),
    )


def _free_downtimes(limits: Sequence[DowntimeLimit], done: Mapping[int, int]) -> Sequence[DowntimeLimit]:
    if isinstance(limits, SharedDowntimes):
        return limits.without(done)
    return tuple(limit for limit in limits if limit.lot not in done)


def _waiting_still(order: GroupOrder, done: Mapping[int, int]) -> GroupOrder:
    return replace(order, seconds=tuple(lot for lot in order.seconds if lot not in done))


def _begun(prelude: Prelude, problem: PlanningProblem, done: Mapping[int, int]) -> Prelude:
    """Knowledge that has been transferred before a lot that is done: that one's day suits it."""
    days = {problem.positions[done[lot]].day for lot in prelude.lots if lot in done}
    return replace(prelude, days=prelude.days | days)


def _at_least_used(budget: Budget, problem: PlanningProblem, done: Mapping[int, int]) -> Budget:
    """A budget that bears what is done, as long as nothing else is added; what has yet to leave stays until then."""
    used = sum(weight * _given(problem, pool, position, done) for pool, position, weight in budget.terms)
    staying = {pool for pool, _, _ in budget.terms if problem.pools[pool].leaving}
    used += sum(sum(_free(problem.pools[pool].amounts, done).values()) for pool in staying)
    return replace(budget, limit=used, stated_offer=budget.offer) if used > budget.limit else budget


def _given(problem: PlanningProblem, number: int, position: int, done: Mapping[int, int]) -> int:
    """What lots that are done bring of a pool to a position."""
    pool = problem.pools[number]
    if pool.prelude is not None:
        lots = problem.preludes[pool.prelude].lots
        days = [problem.positions[done[lot]].day for lot in lots if lot in done]
        return pool.units if days and problem.day_positions[min(days)] == position else 0
    return sum(amount for lot, amount in pool.amounts.items() if done.get(lot) == position)
