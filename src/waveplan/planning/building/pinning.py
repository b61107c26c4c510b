"""Lots that may stand in some waves only, whatever the inventory allows them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from waveplan.planning.building.problem_builder import Built


def pinned(built: Built, pins: Mapping[str, frozenset[str]]) -> Built:
    """The same with those lots kept to their waves, as far as rules let them be there."""
    if not pins:
        return built
    facts, allowed = built.facts, list(built.problem.allowed)
    for number, lot in enumerate(built.problem.lots):
        if lot in pins:
            allowed[number] = tuple(p for p in allowed[number] if facts.wave_id(facts.positions[p]) in pins[lot])
    return replace(built, problem=replace(built.problem, allowed=tuple(allowed)))
