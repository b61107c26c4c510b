"""The smallest plan that something may go wrong with, to compile histories on."""

from __future__ import annotations

from waveplan.engine.compiling.smallest import SMALLEST
from waveplan.engine.simulation.problem import RiskProblem, RiskUnit

SMALLEST_RISKS = RiskProblem(
    SMALLEST, tuple(RiskUnit((lot,), lot, {0: -1, 1: 6}, {0: 0, 1: 7}, 0) for lot in range(2)), (0, 0), ()
)
