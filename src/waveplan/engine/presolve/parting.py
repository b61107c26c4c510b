"""Limits on what a wave touches, each thing once: where lots that touch one never meet, each has that thing to itself.

A service at a site and another that follows it weeks later count the site in two waves, never once in one. Cut into as
many things as there are sets of lots that may meet, it weighs the same in every wave; and whoever takes the limit for a
sum, as bounds, packings and linear relaxations do, takes it for what it is.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import combinations

from waveplan.engine.presolve.meeting import Meeting
from waveplan.engine.problem import PlanningProblem
from waveplan.engine.problem.limits import UnionLimit

_MOST = 40  # lots that touch one thing: of more it is looked at every pair for little

Touched = Mapping[int, tuple[int, ...]]  # lot → elements


def parted(problem: PlanningProblem) -> PlanningProblem:
    """The same problem, with more elements in its unions of one wave, of the same weights in every plan's waves."""
    shared = {id(union.elements): _sharers(union) for union in problem.union_limits}
    if not any(shared.values()):
        return problem
    meeting, known = Meeting(problem), dict[tuple[int, tuple[int, ...]], UnionLimit]()
    for union in problem.union_limits:
        key = (id(union.elements), union.weights)
        if key not in known:
            known[key] = _parted(union, shared[id(union.elements)], meeting)
    limits = [(union, known[id(union.elements), union.weights]) for union in problem.union_limits]
    return replace(
        problem,
        union_limits=tuple(replace(each, elements=cut.elements, weights=cut.weights) for each, cut in limits),
    )


def _sharers(union: UnionLimit) -> dict[int, list[int]]:
    """The lots that touch each element, of those that several lots touch, and not too many."""
    found: dict[int, list[int]] = defaultdict(list)
    for lot, elements in union.elements.items():
        for element in set(elements):
            found[element].append(lot)
    return {element: sorted(lots) for element, lots in sorted(found.items()) if 1 < len(lots) <= _MOST}


def _parted(union: UnionLimit, shared: Mapping[int, Sequence[int]], meeting: Meeting) -> UnionLimit:
    elements, weights = {lot: list(own) for lot, own in union.elements.items()}, list(union.weights)
    for element, lots in shared.items():
        for group in _groups(lots, meeting)[1:]:
            for lot in group:
                elements[lot] = [len(weights) if each == element else each for each in elements[lot]]
            weights.append(union.weights[element])
    if len(weights) == len(union.weights):
        return union
    return replace(union, elements={lot: tuple(own) for lot, own in elements.items()}, weights=tuple(weights))


def _groups(lots: Sequence[int], meeting: Meeting) -> list[list[int]]:
    """Lots such that those of different groups never meet."""
    group_of = {lot: [lot] for lot in lots}
    for one, other in combinations(lots, 2):
        mine, theirs = group_of[one], group_of[other]
        if mine is not theirs and not meeting.is_ruled_out(one, other):
            mine += theirs
            group_of.update(dict.fromkeys(theirs, mine))
    return list({id(group): group for group in group_of.values()}.values())
