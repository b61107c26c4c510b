"""What the engine takes a plan to be worth is what the check finds, knowledge transfer and all."""

from __future__ import annotations

import random
from decimal import Decimal

import pytest
from support.plans import state_plan
from support.seeds import count, few_at_once
from support.small_batches import small_batches
from support.small_gaps import small_gaps
from support.small_inventories import small_inventory
from support.small_transitions import small_transition
from support.solver import placed_in

from waveplan.change_calendar import ChangeCalendar
from waveplan.checking import check
from waveplan.domain.findings import has_errors
from waveplan.domain.items import Items
from waveplan.engine.goals.measures import measure
from waveplan.lots import form_lots
from waveplan.review import review

GOALS = ("peak_load", "finish", "waves", "coexistence", "criticality_risk")
DRAWS = {"plain": small_inventory, "transition": small_transition, "gaps": small_gaps, "batches": small_batches}


@pytest.mark.parametrize("kind", DRAWS)
@pytest.mark.parametrize("seed", few_at_once(range(count(30)), 2))
def test_every_goal_is_worth_the_same(seed: int, kind: str) -> None:
    rng = random.Random(seed)
    inventory = DRAWS[kind](rng)
    if has_errors(review(inventory)):
        return
    items, slots = Items(inventory), [slot.id for slot in ChangeCalendar(inventory).slots]
    retiring = any(each.strategy == "retire" for each in inventory.applications)  # on days of their own, with effort
    for _ in range(8 if slots else 0):
        chosen = [(lot, rng.choice(slots)) for lot in form_lots(items)]
        assignment = {item.id: slot for lot, slot in chosen for item in lot.items}
        problem, placed = placed_in(inventory, assignment)
        if not placed:
            continue  # a rule about one lot alone forbids it
        stated = check(state_plan(inventory, assignment), inventory).metrics
        for goal in GOALS if not retiring else GOALS[1:]:
            value = Decimal(float(measure(problem, placed, goal)))
            assert abs(value - getattr(stated, goal)) <= Decimal("0.0001"), (goal, assignment)
