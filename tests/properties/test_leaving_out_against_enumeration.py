"""As much as possible, against every choice of lots and every place for them: none holds more of the most critical."""

from __future__ import annotations

import random
from collections.abc import Collection, Iterator
from itertools import product

import pytest
from support.plans import state_plan
from support.seeds import count, few_at_once
from support.small_batches import small_batches
from support.small_gaps import small_gaps
from support.small_inventories import small_inventory
from support.small_zones import small_zones

from waveplan.api import errors_of
from waveplan.change_calendar import ChangeCalendar
from waveplan.checking import check
from waveplan.domain.findings import has_errors
from waveplan.domain.inventory import Inventory
from waveplan.domain.items import Items
from waveplan.domain.parts import CRITICALITIES
from waveplan.domain.plan import Plan, Unplanned
from waveplan.domain.plan_lots import PlanLot
from waveplan.lots import form_lots
from waveplan.lots.lot import Lot
from waveplan.planning import SolveOptions, Watching
from waveplan.planning.diagnosis import Judges, most_planned
from waveplan.review import review

SEEDS = count(4)
DRAWS = {"plain": small_inventory, "gaps": small_gaps, "zones": small_zones, "batches": small_batches}
MOST = 400
OPTIONS = SolveOptions(deterministic_limit=20.0, workers=1)
JUDGES = Judges(errors=errors_of, findings=lambda plan, inventory: check(plan, inventory).findings)


def counts(lots: Collection[Lot]) -> tuple[int, ...]:
    return tuple(sum(lot.criticality == each for lot in lots) for each in CRITICALITIES)


def choices(inventory: Inventory) -> Iterator[tuple[list[Lot], Plan]]:
    """Every choice of lots with every place for them, as a plan that lists the others as unplanned."""
    lots = list(form_lots(Items(inventory)))
    slots = [None, *(slot.id for slot in ChangeCalendar(inventory).slots)]
    for chosen in product(slots, repeat=len(lots)) if len(slots) ** len(lots) <= MOST else ():
        kept = [lot for lot, slot in zip(lots, chosen, strict=True) if slot is not None]
        placed = {item.id: slot for lot, slot in zip(lots, chosen, strict=True) if slot for item in lot.items}
        plan = state_plan(inventory, placed)
        left = [PlanLot(id=str(lot.id), items=[str(item.id) for item in lot.items]) for lot in lots if lot not in kept]
        unplanned = [Unplanned(lot=lot.id, reason="-") for lot in left]
        yield kept, plan.model_copy(update={"lots": [*plan.lots, *left], "unplanned": unplanned})


def is_valid(plan: Plan, inventory: Inventory) -> bool:
    """Whether it keeps every rule; its figures were stated as if nothing were left out."""
    return {finding.code for finding in check(plan, inventory, allow_unplanned=True).findings} <= {"WP390"}


@pytest.mark.parametrize("draw", list(DRAWS))
@pytest.mark.parametrize("seed", few_at_once(range(SEEDS), 2))
def test_nothing_holds_more_of_the_most_critical(seed: int, draw: str) -> None:
    inventory = DRAWS[draw](random.Random(seed))
    if has_errors(review(inventory)):
        return
    every = [(counts(kept), len(kept)) for kept, plan in choices(inventory) if is_valid(plan, inventory)]
    if not every:
        return
    parting = most_planned(inventory, JUDGES, options=OPTIONS, watching=Watching())
    planned = [lot for lot in parting.lots if lot.id not in parting.reasons] if parting else []
    assert counts(planned) == max(every)[0], parting.reasons if parting else None
