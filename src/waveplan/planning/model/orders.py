"""Order between lots, and lots that are never in one wave."""

from __future__ import annotations

from waveplan.domain.problem import Precedence
from waveplan.planning.model.variables import Variables


def add_precedences(variables: Variables) -> None:
    """WP312, WP313, WP314, WP315, WP341: if the second starts by a rank, the first starts early enough."""
    for precedence in variables.problem.precedences:
        _add_chain(variables, precedence)
        if precedence.same_wave:
            _add_same_start(variables, precedence)


def _add_chain(variables: Variables, precedence: Precedence) -> None:
    model, positions = variables.model, variables.problem.positions
    firsts = variables.by(precedence.first)
    needs = {positions[p].rank: precedence.earliest[p] for p in variables.problem.allowed[precedence.first]}
    enough = None
    upcoming = iter(firsts)
    following = next(upcoming, None)
    for rank, second_by in variables.by(precedence.second):
        while following is not None and needs[following[0]] <= rank:
            enough = following[1]
            following = next(upcoming, None)
        if enough is None:
            model.add(second_by == 0)
        elif following is not None:
            model.add_implication(second_by, enough)


def _add_same_start(variables: Variables, precedence: Precedence) -> None:
    """On equal starts only the very same wave will do."""
    places = variables.problem.positions
    by_rank: dict[int, list[int]] = {}
    for position in variables.problem.allowed[precedence.second]:
        by_rank.setdefault(places[position].rank, []).append(position)
    for position in variables.problem.allowed[precedence.first]:
        for other in by_rank.get(places[position].rank, ()):
            if other != position:
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
