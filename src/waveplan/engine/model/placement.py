"""Every lot starts in exactly one position; a position is used when some lot starts there."""

from __future__ import annotations

from waveplan.engine.model.variables import Variables


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
