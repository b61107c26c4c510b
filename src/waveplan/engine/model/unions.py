"""Limits on what a wave's lots touch together, each thing counted once: sites, users, values kept apart."""

from __future__ import annotations

from collections import defaultdict

from waveplan.engine.model.cadence import Sequence
from waveplan.engine.model.variables import Variables
from waveplan.engine.problem import UnionLimit


def add_union_limits(variables: Variables, sequence: Sequence, limits: list[UnionLimit]) -> None:
    """WP318, WP319, WP321, WP322 for unions, and WP343: tranches are what a wave touches one of."""
    for limit in limits:
        touching: dict[int, set[int]] = defaultdict(set)
        for lot, elements in limit.elements.items():
            for element in elements:
                touching[element].add(lot)
        if sum(limit.weights[element] for element in touching) > limit.limit:
            groups = {element: frozenset(lots) for element, lots in touching.items()}
            for position in sequence.positions:
                _add_at(variables, sequence, limit, groups, position)


def _add_at(
    variables: Variables, sequence: Sequence, limit: UnionLimit, groups: dict[int, frozenset[int]], position: int
) -> None:
    present = []
    for element, lots in sorted(groups.items()):
        literal = variables.touched(position, lots)
        if literal is not None and limit.weights[element]:
            present.append(limit.weights[element] * literal)
    if present:
        constraint = variables.model.add(sum(present) <= limit.limit)
        if limit.stage is not None:
            constraint.only_enforce_if(sequence.in_stage[position, limit.stage])
