"""What came of scenarios, without the inventories that they are of: what a share of them holds."""

from __future__ import annotations

from dataclasses import dataclass

from waveplan.domain.figures import Compared
from waveplan.domain.plan import Plan


@dataclass(frozen=True, slots=True)
class SolvedScenario:
    """A scenario's column of the comparison, and its plan where there is one."""

    column: Compared
    plan: Plan | None = None
    interrupted: bool = False
