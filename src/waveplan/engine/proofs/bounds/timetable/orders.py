"""Rows for orders: what comes before what, level by level."""

from __future__ import annotations

from collections.abc import Mapping

from waveplan.engine.problem import PlanningProblem
from waveplan.engine.problem.orders import GroupOrder, Precedence
from waveplan.engine.proofs.bounds.timetable.linear import LinearProgramme

_MOST_APART = 100_000  # rows for lots that are kept apart


def add_orders(programme: LinearProgramme, problem: PlanningProblem) -> None:
    """Orders of two lots and of groups, and lots kept apart."""
    for order in problem.precedences:
        _add_precedence(programme, order)
    for group in problem.group_orders:
        _add_group(programme, group)
    left = _MOST_APART
    for apart in problem.aparts:
        both = programme.may_be[apart.first] & programme.may_be[apart.second]
        left -= len(both)
        for position in sorted(both) if left >= 0 and apart.first != apart.second else ():
            programme.at_most({programme.places[lot, position]: 1 for lot in (apart.first, apart.second)}, 1)


def _add_precedence(programme: LinearProgramme, order: Precedence) -> None:
    """The first lot late enough to ask for a level, or the second below it: not both."""
    if order.first == order.second:
        return
    for level in sorted({order.earliest[position] for position in programme.allowed[order.first]}):
        late = _from(programme, order.first, order.earliest, level)
        early = _below(programme, order.second, order.levels, level)
        if early:
            programme.at_most({**late, **early}, 1)


def _add_group(programme: LinearProgramme, order: GroupOrder) -> None:
    """A barrier for each level: with it no second lot is below, without it no first lot asks for it."""
    asked = {earliest[p] for lot, earliest in order.firsts.items() for p in programme.allowed[lot]}
    for level in sorted(asked):
        early = [_below(programme, lot, levels, level) for lot, levels in order.seconds.items()]
        if not any(early):
            continue
        barrier = programme.new()
        for terms in early:
            programme.at_most({**terms, barrier: 1}, 1)
        for lot, earliest in order.firsts.items():
            programme.at_most({**_from(programme, lot, earliest, level), barrier: -1}, 0)


def _from(programme: LinearProgramme, lot: int, levels: Mapping[int, int], level: int) -> dict[int, int]:
    return {programme.places[lot, p]: 1 for p in programme.allowed[lot] if levels[p] >= level}


def _below(programme: LinearProgramme, lot: int, levels: Mapping[int, int], level: int) -> dict[int, int]:
    return {programme.places[lot, p]: 1 for p in programme.allowed[lot] if levels[p] < level}
