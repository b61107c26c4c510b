"""The use case of a plan that keeps its dates with a chance: changed and played, checked, and played afresh."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING

from waveplan.usecases.simulate import SimulateOptions, SimulateWatch, simulate
from waveplan.usecases.solve import refuse_wrong

if TYPE_CHECKING:
    from waveplan.domain.inventory import Inventory
    from waveplan.domain.plan import Plan
    from waveplan.domain.simulated import Estimate, RiskShare

_MARGIN = 0.03  # beyond the target: what is fitted to some random numbers is worth less on others
_FRESH = 2000  # runs of the last judgement
_OTHER_NUMBERS = 1_000_003  # what is added to the seed for it


@dataclass(frozen=True)
class Robust:
    """The plan, its chance in the runs that chose it and in fresh ones, and the risk that costs most then."""

    plan: Plan
    before: float
    fitted: float
    fresh: Estimate
    tried: int
    worst: RiskShare | None


def make_robust(
    inventory: Inventory,
    plan: Plan,
    *,
    target: float,
    date: str | None = None,
    seed: int = 0,
    most: int = 200,
    stop: threading.Event | None = None,
) -> Robust | None:
    """A plan whose hard dates, or one of them, are kept with a chance of `target`, or the best that was found.

    `plan` is a checked plan of the inventory, whose risks are what is played. None when it has no hard date of that
    name, or cannot be simulated. Raises InternalError when the check refuses the plan that was made.
    """
    from waveplan.simulation.robust import RobustSearch, stated_anew
    from waveplan.simulation.simulating import SampleSize

    stop = stop or threading.Event()
    search = RobustSearch(inventory, seed, date, stop)
    before = search.chance_of(plan)
    if before is None:
        return None
    found = search.improve(plan, min(1.0, target + _MARGIN), most)
    changed = plan if found.plan is plan else stated_anew(found.plan, inventory)
    if changed is None:
        changed = plan
    if changed is not plan:
        refuse_wrong(changed, inventory)
    options = SimulateOptions(SampleSize(_FRESH, seed + _OTHER_NUMBERS))
    played = simulate(inventory, changed, options=options, watch=SimulateWatch(stop=threading.Event())).simulation
    if played is None:
        return None
    named = [each.in_time for each in played.dates if date in (each.id, each.subject) and each.in_time is not None]
    fresh = named[0] if date is not None and named else played.all_in_time
    worst = played.tornado[0] if played.tornado else None
    return Robust(changed, before, found.chance, fresh, found.tried, worst)
