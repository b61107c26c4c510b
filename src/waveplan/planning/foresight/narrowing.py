"""A problem without the positions that orders rule out, or what is wrong where they leave a lot none."""

from __future__ import annotations

from dataclasses import replace

from waveplan.domain.findings import Finding
from waveplan.engine.presolve.narrowing import Narrowing
from waveplan.planning.building.problem_builder import Built


def narrowed(built: Built) -> Built | Finding:
    """The same with positions that orders rule out taken away, or a finding about a lot that nothing is left for."""
    narrowing = Narrowing(built.problem)
    if narrowing.emptied is not None:
        lot, order = narrowing.emptied
        return Finding(
            "WP222",
            "no slot is left for lot {lot}: orders leave it none, the last of them {order}",
            {"lot": built.problem.lots[lot], "order": order},
            subjects=(built.problem.lots[lot],),
            path=built.facts.lots[lot].items[0].path,
            hint="loosen one of the orders, dates or windows that it depends on",
        )
    return replace(built, problem=replace(built.problem, allowed=tuple(narrowing.allowed)))
