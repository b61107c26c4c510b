"""Which waves must come after which: all that a wave pushes before it when it slips."""

from __future__ import annotations

from collections.abc import Sequence

from waveplan.engine.problem import PlanningProblem


def followers(problem: PlanningProblem, units: Sequence[Sequence[int]]) -> list[frozenset[int]]:
    """By unit, those that must follow it, directly or through others; never itself."""
    unit_of = {lot: number for number, lots in enumerate(units) for lot in lots}
    direct: list[set[int]] = [set() for _ in units]
    for order in problem.precedences:
        if order.leads and order.first in unit_of and order.second in unit_of:
            direct[unit_of[order.first]].add(unit_of[order.second])
    for group in problem.group_orders:
        if group.leads:
            seconds = {unit_of[lot] for lot in group.seconds if lot in unit_of}
            for unit in {unit_of[lot] for lot in group.firsts if lot in unit_of}:
                direct[unit] |= seconds
    return [_closure(direct, unit) for unit in range(len(units))]


def _closure(direct: Sequence[set[int]], unit: int) -> frozenset[int]:
    found: set[int] = set()
    left = sorted(direct[unit])
    while left:
        each = left.pop()
        if each not in found and each != unit:
            found.add(each)
            left += sorted(direct[each] - found)
    return frozenset(found)
