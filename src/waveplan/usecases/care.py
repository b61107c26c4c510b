"""Which missing facts would most change the plan: each class solved at its extremes, ranked by what they move."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import TYPE_CHECKING

from waveplan.assessment.care.extremes import fact_classes
from waveplan.domain.care import End, FactImpact, Impacts, MovedBy

if TYPE_CHECKING:
    from waveplan.domain.inventory import Inventory
    from waveplan.domain.plan import Plan


def impacts(
    inventory: Inventory, seconds: float, *, seed: int = 0, tell: Callable[[str], None] = lambda _: None
) -> Impacts:
    """Solve the inventory as it stands and at every extreme, each for its share of the seconds.

    `inventory` has no errors. `tell` hears the field that is looked at.
    """
    classes = fact_classes(inventory)
    share = seconds / (2 * len(classes) + 1)
    _, plan = _planned(inventory, share, seed)
    if plan is None:
        return Impacts(None)
    found = []
    for facts in classes:
        tell(facts.field)
        low, high = (_moved(plan, each, share, seed) for each in (facts.low, facts.high))
        found.append(FactImpact(facts.kind, facts.field, facts.missing, facts.assumed, low, high))
    return Impacts(_finish(plan), tuple(sorted(found, key=lambda each: each.rank)))


def _planned(inventory: Inventory, seconds: float, seed: int, near: Plan | None = None) -> tuple[End, Plan | None]:
    from waveplan.domain.objective import Goal
    from waveplan.planning.options import SolveOptions
    from waveplan.usecases.solve import solve_checked
    from waveplan.usecases.validate import errors_of

    if errors_of(inventory):
        return "infeasible", None
    options = SolveOptions(time_limit=seconds, seed=seed, goals=(Goal(goal="finish"),))
    outcome = solve_checked(inventory, options=options, baseline=near)
    return outcome.status, outcome.plan


def _moved(before: Plan, inventory: Inventory, seconds: float, seed: int) -> MovedBy:
    end, plan = _planned(inventory, seconds, seed, before)
    if plan is None:
        return MovedBy(end)
    gates, others = _gates(before), _gates(plan)
    days = [abs((others[item] - day).days) for item, day in gates.items() if item in others]
    moved = [each for each in days if each]
    proven = all(goal.status == "optimal" for each in (before, plan) for goal in each.solve.goals[:1])
    return MovedBy(end, (_finish(plan) - _finish(before)).days, len(moved), max(moved, default=0), proven)


def _finish(plan: Plan) -> dt.date:
    return max(wave.hypercare_last_day for wave in plan.waves)


def _gates(plan: Plan) -> dict[str, dt.date]:
    """The last deciding gate of each lot, by its first item: lots of other inventories may have other ids."""
    lots = plan.lots_by_id()
    found = {}
    for wave in plan.waves:
        deciding = [gate.date for gate in wave.gates if gate.decides]
        for lot in wave.lots if deciding else ():
            found[lots[lot].items[0]] = max(deciding)
    return found
