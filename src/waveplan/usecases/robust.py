"""The use case of a plan that keeps its dates with a chance: searched for with histories, checked, played afresh."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from waveplan.usecases.solve import refuse_wrong

if TYPE_CHECKING:
    from waveplan.domain.inventory import Inventory
    from waveplan.domain.objective import Goal
    from waveplan.domain.plan import Plan
    from waveplan.domain.simulated import Estimate
    from waveplan.simulation.robust.afresh import InTheWay
    from waveplan.simulation.robust.ground import RobustGround

_MARGIN = 0.03  # beyond the target: what is fitted to some random numbers is worth less on others


@dataclass(frozen=True)
class GoalCost:
    """A goal of the programme before and after."""

    goal: str
    before: Decimal
    after: Decimal


@dataclass(frozen=True)
class Robust:
    """The plan, its chance in the runs that chose it and in fresh ones, the goals, and what is in the way.

    `in_the_way` is None where the target is reached with fresh numbers.
    """

    plan: Plan
    before: float
    fitted: float
    fresh: Estimate
    tried: int
    goals: tuple[GoalCost, ...]
    in_the_way: InTheWay | None


def make_robust(
    inventory: Inventory,
    plan: Plan,
    *,
    target: float,
    date: str | None = None,
    seed: int = 0,
    most: int = 2000,
    workers: int | None = None,
    goals: tuple[Goal, ...] = (),
    stop: threading.Event | None = None,
    told: Callable[[int, float], None] = lambda tried, chance: None,
) -> Robust | None:
    """A plan whose hard dates, or one of them, are kept with a chance of `target`, or the best that was found.

    `plan` is a checked plan of the inventory, whose risks are what is played; `goals` are those it was made for (else
    the inventory's), `most` is how many changes are judged. None when it has no hard date of that name, or cannot be
    simulated. Raises InternalError when the check refuses the plan that was made.
    """
    from waveplan.simulation.robust.afresh import Afresh
    from waveplan.simulation.robust.ground import RobustGround
    from waveplan.simulation.robust.searching import RobustSearch

    stop = stop or threading.Event()
    ground = RobustGround(inventory, plan, date)
    if not ground.has_dates:
        return None
    names = [goal.goal for goal in goals or inventory.objective.goals if goal.goal != "moved_lots"]
    found = RobustSearch(ground, seed, stop, workers=workers, told=told).search(min(1.0, target + _MARGIN), most, names)
    if found is None:
        return None
    if found.plan is not plan:
        refuse_wrong(found.plan, inventory)
    after = RobustGround(inventory, found.plan, date)
    played = Afresh(after, seed, stop)
    if not played.ready:
        return None
    fresh = played.chance()
    return Robust(
        plan=found.plan,
        before=found.before,
        fitted=found.chance,
        fresh=fresh,
        tried=found.tried,
        goals=_changes(ground, after, names),
        in_the_way=played.in_the_way(target) if fresh.value < target else None,
    )


def _changes(before: RobustGround, after: RobustGround, names: Sequence[str]) -> tuple[GoalCost, ...]:
    from waveplan.planning.stating.records import rounded

    values = (each.values(each.start, names) for each in (before, after))
    return tuple(GoalCost(name, rounded(one), rounded(other)) for name, one, other in zip(names, *values, strict=True))
