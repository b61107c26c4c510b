"""Units moved to the earliest places that rules allow, one after the other."""

from __future__ import annotations

import numpy as np

from waveplan.engine.presolve.rounded_problem import stricter
from waveplan.engine.search.ground import SearchGround
from waveplan.engine.search.held import HeldGoals
from waveplan.engine.simulation.arrays import begun_history, risk_arrays
from waveplan.engine.simulation.problem import RiskProblem


def earliest(problem: RiskProblem) -> tuple[int, ...]:
    """By unit the place: the first that rules allow with those before it in theirs; its own where there is none."""
    from waveplan.engine.simulation.kernel.play import pull_forward

    ground = SearchGround(stricter(problem.planning), HeldGoals({}), None)
    state = ground.begun(problem.home, 0)
    history = begun_history(problem)
    homes = np.array([unit.home for unit in problem.units], np.int64)
    if state is not None:
        pull_forward(ground.arrays, state, risk_arrays(problem, 0), history, homes)
    return tuple(int(home) for home in homes)
