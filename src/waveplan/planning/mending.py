"""A first plan near another one: CP-SAT on the few lots that cannot stay, then on more and more lots around them.

Where a plan is to be kept but for a few lots, nearly all of it is settled beforehand: the lots that may not stand where
they stood are free, then those of the waves into which they have to go, then those of the waves beside.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping
from dataclasses import replace

from waveplan.domain.plan import Plan as PlanFile
from waveplan.domain.problem import PlanningProblem
from waveplan.planning.clock import Allotment, Clock
from waveplan.planning.modelling import Modelling, ModelOptions
from waveplan.planning.problem_builder import Built
from waveplan.planning.reached import Plan

_PINNED = 3  # lots with so few places have to go into one of them
_PLACES = 4_000  # of free lots, at most: what CP-SAT searches well in seconds
_PIECE = 2.0  # seconds, or deterministic units, for one neighbourhood
_WIDEST = 6  # waves to either side


def homes_in(built: Built, baseline: PlanFile) -> Plan:
    """Where the baseline has each lot, as far as it knows a lot of the same items and its wave is still one."""
    facts = built.facts
    places = {facts.wave_id(position): position.index for position in facts.positions}
    waves = {lot: places[wave.id] for wave in baseline.waves if wave.id in places for lot in wave.lots}
    at = {frozenset(lot.items): waves[lot.id] for lot in baseline.lots if lot.id in waves}
    items = (frozenset(str(item.id) for item in lot.items) for lot in facts.lots)
    return {number: at[held] for number, held in enumerate(items) if held in at}


def mended(
    problem: PlanningProblem,
    homes: Plan,
    goal: str,
    options: ModelOptions,
    time: Allotment,
    clock: Clock,
    stop: threading.Event,
) -> Plan | None:
    """A plan with as many lots at home as the neighbourhoods show; None when none of them has a plan."""
    mark = clock.mark()
    for free in _neighbourhoods(problem, homes):
        left = clock.since(time, mark)
        if left.seconds == 0.0 or left.deterministic == 0.0 or stop.is_set():
            return None
        allowed = tuple(places if lot in free else (homes[lot],) for lot, places in enumerate(problem.allowed))
        model = Modelling(replace(problem, allowed=allowed), {}, options, clock, stop)
        piece = Allotment(*(None if each is None else min(each, _PIECE) for each in (left.seconds, left.deterministic)))
        found = model.optimise(goal, piece, None, lambda *_: None)
        if found.plan is not None:
            return found.plan
    return None


def _neighbourhoods(problem: PlanningProblem, homes: Plan) -> Iterator[frozenset[int]]:
    """Sets of lots that are free, each larger than the one before, as long as they stay small."""
    homeless = {lot for lot, places in enumerate(problem.allowed) if homes.get(lot) not in places}
    held = _by_position(homes)
    waves = {place for lot in homeless if len(problem.allowed[lot]) <= _PINNED for place in problem.allowed[lot]}
    before: frozenset[int] | None = None
    for width in range(-1, _WIDEST + 1):
        near = _beside(problem, held, waves | {homes[lot] for lot in homeless if lot in homes}, width)
        taken = set() if width < 0 else waves if width == 0 else near
        free = frozenset(homeless.union(*(held.get(place, ()) for place in taken)))
        if sum(len(problem.allowed[lot]) for lot in free) > _PLACES:
            return
        if free and free != before:
            yield free
        before = free


def _by_position(homes: Plan) -> Mapping[int, list[int]]:
    held: dict[int, list[int]] = {}
    for lot, place in homes.items():
        held.setdefault(place, []).append(lot)
    return held


def _beside(problem: PlanningProblem, held: Mapping[int, list[int]], waves: set[int], width: int) -> set[int]:
    """Those waves, and so many of their stream to either side."""
    found: set[int] = set()
    for rules in problem.streams:
        used = [place for place in rules.positions if place in held or place in waves]
        for number, place in enumerate(used):
            if place in waves:
                found.update(used[max(0, number - width) : number + max(0, width) + 1])
    return found
