"""Planning what is still free: imminent waves stay, unless no plan exists while they do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from waveplan.domain.objective import Goal
from waveplan.planning.options import Outcome, SolveOptions, Watching

if TYPE_CHECKING:
    from waveplan.domain.inventory import Inventory
    from waveplan.domain.plan import Plan
    from waveplan.domain.solve_record import InventoryFile
    from waveplan.domain.standing import Standing

MOVED_LOTS = Goal(goal="moved_lots")


@dataclass(frozen=True, slots=True)
class Mended:
    """The outcome, the standing on which it was found, and whether imminent waves were freed for it."""

    outcome: Outcome
    standing: Standing
    unlocked: bool = False


def moving_few(goals: Sequence[Goal]) -> tuple[Goal, ...]:
    """Fewest moved lots first, then some goals."""
    return (MOVED_LOTS, *(goal for goal in goals if goal.goal != "moved_lots"))


def mend(
    inventory: Inventory,
    plan: Plan,
    standing: Standing,
    options: SolveOptions,
    files: tuple[InventoryFile, ...] = (),
    watching: Watching | None = None,
    start: Plan | None = None,
) -> Mended:
    """The plan changed as far as what has happened asks for, no worse than a start; it is not checked here."""
    from waveplan.planning.solving import solve

    def found(given: Standing) -> Outcome:
        return solve(
            inventory, options=options, baseline=plan, standing=given, files=files, watching=watching, start=start
        )

    outcome = found(standing)
    if outcome.status != "infeasible" or not standing.locked:
        return Mended(outcome, standing)
    freed = replace(standing, locked={})
    return Mended(found(freed), freed, unlocked=True)
