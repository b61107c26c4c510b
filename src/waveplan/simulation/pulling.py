"""A plan begun as early as rules allow: each wave in its order in the first place that is free."""

from __future__ import annotations

from dataclasses import replace

from waveplan.engine.simulation.problem import RiskProblem
from waveplan.simulation.staging import Staging


def pulled(staging: Staging) -> Staging:
    """The same waves, each in the first place that every hard rule allows when those before it stand."""
    from waveplan.engine.simulation.pulling import earliest

    homes = earliest(staging.problem)
    units = tuple(replace(unit, home=home) for unit, home in zip(staging.problem.units, homes, strict=True))
    problem: RiskProblem = replace(staging.problem, units=units)
    return replace(staging, problem=problem)
