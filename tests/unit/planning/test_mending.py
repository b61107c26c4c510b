"""Lots kept to their waves, and plans mended near another one: few moves, every rule kept."""

from __future__ import annotations

import datetime as dt
import random
import threading

import pytest
from support.inventories import inventory_from
from support.plans import state_plan
from support.small_inventories import small_inventory

from waveplan.checking import check
from waveplan.domain.inventory import Inventory
from waveplan.domain.objective import Goal
from waveplan.domain.plan import Plan
from waveplan.domain.rules import Rule
from waveplan.engine.first_plans.mending import Mender
from waveplan.engine.model.modelling import ModelOptions
from waveplan.engine.running.clock import Clock
from waveplan.lots import lot_id
from waveplan.planning import Outcome, SolveOptions, solve
from waveplan.planning.building.homes import homes_in
from waveplan.planning.building.problem_builder import build_problem
from waveplan.planning.facts.facts import PlanningFacts

FEWEST = (Goal(goal="moved_lots"),)
NOT_YET = {"id": "not-yet", "match": {"app": "a00"}, "not_before": "2026-01-17"}


def full_weekends(lots: int, more: int = 2) -> Inventory:
    """Two applications to a wave, and some weekends to spare."""
    return inventory_from(
        applications=[{"id": f"a{number:02}"} for number in range(lots)],
        policy={"preparation_days": "0", "gates": [], "wave_limits": {"lots": "2"}},
        calendar={"windows": [{"id": "w", "dates": _weekends(lots // 2 + more), "from": "20:00", "hours": "30"}]},
    )


def _weekends(count: int) -> list[str]:
    return [(dt.date(2026, 1, 10) + dt.timedelta(weeks=week)).isoformat() for week in range(count)]


def in_order(inventory: Inventory, lots: int) -> Plan:
    weekends = _weekends(lots // 2)
    return state_plan(inventory, {f"a{n:02}": f"{weekends[n // 2]}-w" for n in range(lots)})


def mended(inventory: Inventory, plan: Plan, **pins: str) -> Outcome:
    wanted = {lot_id([item]): frozenset([wave]) for item, wave in pins.items()}
    options = SolveOptions(deterministic_limit=5, workers=1, goals=FEWEST, pins=wanted)
    return solve(inventory, options=options, baseline=plan)


def wave_of(plan: Plan, item: str) -> str:
    lot = next(lot.id for lot in plan.lots if item in lot.items)
    return next(wave.id for wave in plan.waves if lot in wave.lots)


def test_a_lot_stays_where_it_is_pinned_and_only_one_makes_room() -> None:
    inventory = full_weekends(40)
    found = mended(inventory, in_order(inventory, 40), a00="2026-03-14-w").plan
    assert found is not None
    assert wave_of(found, "a00") == "2026-03-14-w"
    assert found.solve.goals[0].value == 2  # itself, and one that goes to the free place it leaves
    assert not check(found, inventory).findings


def test_a_pin_where_the_lot_may_not_be_leaves_no_plan() -> None:
    inventory = full_weekends(4)
    plan = in_order(inventory, 4)
    late = inventory.model_copy(update={"rules": [Rule.model_validate(NOT_YET)]})
    assert mended(late, plan, a00="2026-01-10-w").status == "infeasible"


def test_lots_that_a_rule_drives_out_take_few_along() -> None:
    inventory = full_weekends(40)
    late = inventory.model_copy(update={"rules": [Rule.model_validate(NOT_YET)]})
    built = build_problem(PlanningFacts(late), in_order(inventory, 40))
    homes = homes_in(built, in_order(inventory, 40))
    assert len(homes) == 40
    clock = Clock(SolveOptions(deterministic_limit=5))
    options = ModelOptions(workers=1, seed=0, reproducible=True)
    found = Mender(built.problem, options, clock, threading.Event()).mended(homes, clock.left())
    assert found is not None
    moved = [lot for lot, place in found.items() if homes[lot] != place]
    assert built.problem.lots.index(lot_id(["a00"])) in moved
    assert len(moved) == 1  # there are weekends to spare, and nobody else is touched


@pytest.mark.parametrize("seed", range(25))
def test_a_plan_and_its_mending_keep_every_rule_with_the_fewest_moves(seed: int) -> None:
    inventory = small_inventory(random.Random(seed))
    first = solve(inventory, options=SolveOptions(deterministic_limit=5, workers=1)).plan
    if first is None:
        return
    again = solve(inventory, options=SolveOptions(deterministic_limit=5, workers=1, goals=FEWEST), baseline=first).plan
    assert again is not None
    assert again.solve.goals[0].value == 0
    lot, waves = first.lots[0].id, sorted(wave.id for wave in first.waves)
    for wave in waves:
        options = SolveOptions(deterministic_limit=5, workers=1, goals=FEWEST, pins={lot: frozenset([wave])})
        found = solve(inventory, options=options, baseline=first)
        if found.plan is not None:
            assert wave in {each.id for each in found.plan.waves if lot in each.lots}
            assert not check(found.plan, inventory).findings
            assert found.plan.solve.goals[0].status == "optimal"
