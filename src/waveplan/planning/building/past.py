"""What is done taken out of what a problem asks: a fact binds only through what it leaves to the rest."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from waveplan.engine.problem import PlanningProblem
from waveplan.engine.problem.downtimes import SharedDowntimes
from waveplan.engine.problem.limits import Budget, DowntimeLimit, SlotUnion, WindowWork
from waveplan.engine.problem.orders import GroupOrder, Precedence, Prelude
from waveplan.engine.problem.rhythm import StreamRules

_Value = TypeVar("_Value")


def of_the_past(problem: PlanningProblem, done: Mapping[int, int], *, near: bool = True) -> PlanningProblem:
    """The problem without all that it asks of lots that are done: that cannot be changed any more.

    Nobody else comes into their waves, so what a wave holds is asked of other waves only; orders only of those that
    wait; rules of sequence only of pairs that are not both done. What they take of people, links and sites is given:
    where that is more than there is by now, it is all there is, and nobody can take more. That something comes within
    so many days of what is done is asked only of lots that still can; without `near`, of none.
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
        precedences=tuple(
            order
            for order in problem.precedences
            if not _is_past(order, done) and (not _clings(order, done) or (near and _can_hold(order, problem, done)))
        ),
        group_orders=tuple(
            left
            for order in problem.group_orders
            if (left := _waiting_still(order, problem, done, near=near)).seconds and left.firsts
        ),
        aparts=tuple(pair for pair in problem.aparts if pair.first not in done and pair.second not in done),
        preludes=tuple(_begun(prelude, problem, done) for prelude in problem.preludes),
        budgets=tuple(_at_least_used(budget, problem, done) for budget in problem.budgets),
        slot_unions=tuple(_still_open(union, places) for union in problem.slot_unions),
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


def _free_work(work: WindowWork, done: Mapping[int, int]) -> WindowWork:
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


def _still_open(union: SlotUnion, places: frozenset[int]) -> SlotUnion:
    """Windows in which something has been done are over."""
    return replace(union, slots=tuple(positions for positions in union.slots if places.isdisjoint(positions)))


def _is_past(order: Precedence, done: Mapping[int, int]) -> bool:
    """Whether an order asks nothing more: what waits is done; of a limit on what is between, both ends are."""
    return order.second in done and (order.leads or order.first in done)


def clings(problem: PlanningProblem) -> bool:
    """Whether it asks of anything that it comes within so many days of what is done."""
    done = problem.done
    pairs = any(_clings(order, done) for order in problem.precedences)
    return pairs or any(not order.leads and not done.keys().isdisjoint(order.seconds) for order in problem.group_orders)


def _clings(order: Precedence, done: Mapping[int, int]) -> bool:
    """Whether an order says how many days at most lie between what is done and what is not."""
    return not order.leads and (order.first in done) != (order.second in done)


def _can_hold(order: Precedence, problem: PlanningProblem, done: Mapping[int, int]) -> bool:
    """Whether the end that is free has a position in which it holds."""
    firsts, seconds = ((done[lot],) if lot in done else problem.allowed[lot] for lot in (order.first, order.second))
    return any(order.allows(first, second) for first in firsts for second in seconds)


def _waiting_still(order: GroupOrder, problem: PlanningProblem, done: Mapping[int, int], *, near: bool) -> GroupOrder:
    """An order of groups among what is free. A largest gap is told the other way round: those that wait are first."""
    if order.leads:
        return replace(order, seconds=_free(order.seconds, done))
    firsts = _free(order.firsts, done)
    latest = min((levels[done[lot]] for lot, levels in order.seconds.items() if lot in done), default=None)
    if latest is None:
        return replace(order, firsts=firsts)
    if not near:
        return replace(order, firsts=firsts, seconds=_free(order.seconds, done))
    can = {lot for lot, levels in firsts.items() if any(levels[place] <= latest for place in problem.allowed[lot])}
    return replace(order, firsts={lot: levels for lot, levels in firsts.items() if lot in can})


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
