"""Lots in positions, each in exactly one; limits on what one window's waves touch together, each thing counted once."""

from __future__ import annotations

from collections import defaultdict

from waveplan.engine.model.variables import Literal, Variables
from waveplan.engine.problem import SlotUnion


def add_slot_unions(variables: Variables) -> None:
    """WP352 for sites and users."""
    for limit in variables.problem.slot_unions:
        touching: dict[int, set[int]] = defaultdict(set)
        for lot, elements in limit.elements.items():
            for element in elements:
                touching[element].add(lot)
        groups = {element: frozenset(lots) for element, lots in sorted(touching.items())}
        for positions in limit.slots:
            _add_at(variables, limit, groups, positions)


def _add_at(
    variables: Variables, limit: SlotUnion, groups: dict[int, frozenset[int]], positions: tuple[int, ...]
) -> None:
    present = []
    for element, lots in groups.items():
        literal = _touched(variables, positions, lots)
        if literal is not None:
            present.append(limit.weights[element] * literal)
    if present:
        variables.model.add(sum(present) <= limit.limit)


def _touched(variables: Variables, positions: tuple[int, ...], lots: frozenset[int]) -> Literal | None:
    """Whether a lot of some is in one of the positions; None when none can be."""
    found = [each for position in positions if (each := variables.touched(position, lots)) is not None]
    if len(found) < 2:
        return found[0] if found else None
    literal = variables.model.new_bool_var(f"touched from {positions[0]}")
    for each in found:
        variables.model.add_implication(each, literal)
    return literal


def add_placement(variables: Variables) -> None:
    """WP301: each lot, if it is planned, in exactly one wave of its stream, in a slot that its own rules allow."""
    model, problem = variables.model, variables.problem
    for lot, positions in enumerate(problem.allowed):
        literals = [variables.starts_in[lot, position] for position in positions]
        if lot in variables.present:
            model.add(sum(literals) == variables.present[lot])
        else:
            model.add_exactly_one(literals)
    for position, lots in variables.lots_at.items():
        used = variables.used[position]
        literals = [variables.starts_in[lot, position] for lot in lots]
        for literal in literals:
            model.add_implication(literal, used)
        model.add_bool_or(literals).only_enforce_if(used)
