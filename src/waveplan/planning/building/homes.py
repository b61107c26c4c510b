"""Where another plan has the lots of a planning problem, and the waves to which lots are kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from waveplan.domain.plan import Plan
from waveplan.engine.problem import Assignment
from waveplan.planning.building.problem_builder import Built
from waveplan.planning.facts.facts import PlanningFacts
from waveplan.planning.facts.obstacles import Obstacles


def homes_in(built: Built, baseline: Plan) -> Assignment:
    """Where the baseline has each lot, as far as it knows a lot of the same items and its wave is still one."""
    facts = built.facts
    places = {facts.wave_id(position): position.index for position in facts.positions}
    waves = {lot: places[wave.id] for wave in baseline.waves if wave.id in places for lot in wave.lots}
    at = {frozenset(lot.items): waves[lot.id] for lot in baseline.lots if lot.id in waves}
    items = (frozenset(str(item.id) for item in lot.items) for lot in facts.lots)
    return {number: at[held] for number, held in enumerate(items) if held in at}


def pinned(built: Built, pins: Mapping[str, frozenset[str]]) -> Built:
    """The same with those lots kept to their waves, as far as rules let them be there."""
    if not pins:
        return built
    facts, allowed = built.facts, list(built.problem.allowed)
    for number, lot in enumerate(built.problem.lots):
        if lot in pins:
            allowed[number] = tuple(p for p in allowed[number] if facts.wave_id(facts.positions[p]) in pins[lot])
    return replace(built, problem=replace(built.problem, allowed=tuple(allowed)))


def kept_to(built: Built, wish: Mapping[str, frozenset[str]]) -> Built:
    """The same with the lots of those items kept to those slots, by id, as far as rules let them be there."""
    facts = built.facts
    pins = {str(lot.id): slots for lot in facts.lots for item in lot.items if (slots := wish.get(str(item.id)))}
    waves = {
        lot: frozenset(facts.wave_id(place) for place in facts.positions if str(facts.slots[place.slot].id) in slots)
        for lot, slots in pins.items()
    }
    return pinned(built, waves)


def unwished(facts: PlanningFacts, wish: Mapping[str, frozenset[str]]) -> bool:
    """Whether what is told of one of those lots alone keeps it out of all of its slots."""
    finder = Obstacles(facts) if wish else None
    for lot in facts.lots if finder is not None else ():
        wanted = next((wish[item.id] for item in lot.items if item.id in wish), None)
        if wanted is not None and finder is not None:
            taken = frozenset[int]().union(*(obstacle.slots for obstacle in finder.of(lot)))
            if not any(str(slot.id) in wanted and index not in taken for index, slot in enumerate(facts.slots)):
                return True
    return False
