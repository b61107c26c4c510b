"""Lots in positions, each in exactly one; limits on what one wave or window touches together, each thing once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from functools import partial

from ortools.sat.python.cp_model import Constraint

from waveplan.engine.model.cadence import Sequence
from waveplan.engine.model.variables import Literal, Variables
from waveplan.engine.problem.limits import SlotUnion, UnionLimit


def add_union_limits(variables: Variables, sequence: Sequence, limits: list[UnionLimit]) -> None:
    """WP318, WP319, WP321, WP322 for unions, and WP343: tranches are what a wave touches one of."""
    for limit in limits:
        touching = _touching(limit)
        if sum(limit.weights[element] for element in touching) > limit.limit:
            for position in sequence.positions:
                held = _add(variables, limit, touching, partial(variables.touched, position))
                if held is not None and limit.stage is not None:
                    held.only_enforce_if(sequence.in_stage[position, limit.stage])


def add_slot_unions(variables: Variables) -> None:
    """WP352 for sites and users."""
    for limit in variables.problem.slot_unions:
        touching = _touching(limit)
        for positions in limit.slots:
            _add(variables, limit, touching, partial(_touched, variables, positions))


def _touching(limit: UnionLimit | SlotUnion) -> dict[int, frozenset[int]]:
    """The lots that touch each element, in the order of elements."""
    found: dict[int, set[int]] = defaultdict(set)
    for lot, elements in limit.elements.items():
        for element in elements:
            found[element].add(lot)
    return {element: frozenset(lots) for element, lots in sorted(found.items())}


def _add(
    variables: Variables,
    limit: UnionLimit | SlotUnion,
    touching: dict[int, frozenset[int]],
    touched: Callable[[frozenset[int]], Literal | None],
) -> Constraint | None:
    """The limit in one place, where `touched` says whether some lots are there; none where nothing can be."""
    literals = [(touched(lots), limit.weights[element]) for element, lots in touching.items()]
    present = [weight * literal for literal, weight in literals if literal is not None and weight]
    return variables.model.add(sum(present) <= limit.limit) if present else None


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
