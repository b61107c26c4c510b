"""Order between lots, and lots that are never in one wave."""

from __future__ import annotations

from waveplan.engine.model.variables import Variables
from waveplan.engine.problem.orders import Precedence


def add_precedences(variables: Variables) -> None:
    """WP312, WP313, WP314, WP315, WP341, WP350, WP351, WP354: a second up to a level leaves its first that level."""
    for precedence in variables.problem.precedences:
        _add_chain(variables, precedence)
        _add_clashes(variables, precedence)


def _add_chain(variables: Variables, precedence: Precedence) -> None:
    """What waits for a lot that is left out is left out too; what only limits a gap then says nothing."""
    first = variables.present.get(precedence.first)
    missing = [] if first is None or precedence.leads else [~first]
    if first is not None and precedence.leads:
        variables.model.add_implication(variables.present[precedence.second], first)
    enough = None
    upcoming = iter(variables.up_to(precedence.first, precedence.earliest))
    following = next(upcoming, None)
    for level, second_by in variables.up_to(precedence.second, precedence.levels):
        while following is not None and following[0] <= level:
            enough = following[1]
            following = next(upcoming, None)
        if enough is None:
            variables.model.add_bool_or([~second_by, *missing])
        elif following is not None:
            variables.model.add_bool_or([~second_by, enough, *missing])


def _add_clashes(variables: Variables, precedence: Precedence) -> None:
    """Pairs of positions that will not do although the second is late enough."""
    for position in variables.problem.allowed[precedence.first] if precedence.clashes else ():
        for other in precedence.clashes.get(position, ()):
            if (precedence.second, other) in variables.starts_in:
                pair = [
                    ~variables.starts_in[precedence.first, position],
                    ~variables.starts_in[precedence.second, other],
                ]
                variables.model.add_bool_or(pair)


def add_aparts(variables: Variables) -> None:
    """WP311: two lots never in one wave."""
    for apart in variables.problem.aparts:
        for position in variables.problem.allowed[apart.first]:
            other = variables.starts_in.get((apart.second, position))
            if other is not None:
                variables.model.add_at_most_one([variables.starts_in[apart.first, position], other])
