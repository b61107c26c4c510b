"""Random histories of decisions, replayed: nothing done ever moves, no record is lost, every plan passes its check.

`WAVEPLAN_SEEDS=300` plays more of them.
"""

from __future__ import annotations

import datetime as dt
import os
import random

import pytest
from support.small_inventories import small_inventory
from support.small_transitions import small_transition

from waveplan import replanning
from waveplan.api import Validation
from waveplan.checking import check
from waveplan.checking.past import of_the_past
from waveplan.domain.actuals import Actuals
from waveplan.domain.findings import has_errors
from waveplan.domain.history import History
from waveplan.domain.inventory import Inventory
from waveplan.domain.plan import Plan, Wave
from waveplan.loading.inventory_loader import LoadedInventory
from waveplan.loading.source_map import SourceMap
from waveplan.planning import SolveOptions, solve
from waveplan.review import review
from waveplan.tracking import turned_out

SEEDS = int(os.environ.get("WAVEPLAN_SEEDS", "100"))
OPTIONS = SolveOptions(deterministic_limit=5.0, workers=1)
LOCKED_DAYS = 3


def drawn(seed: int) -> tuple[Inventory, Plan] | None:
    """An inventory with a plan; none where there is none."""
    rng = random.Random(seed)
    inventory = small_transition(rng) if seed % 2 else small_inventory(rng)
    if has_errors(review(inventory)):
        return None
    outcome = solve(inventory, options=OPTIONS)
    return None if outcome.plan is None or not outcome.plan.waves else (inventory, outcome.plan)


def validated(inventory: Inventory) -> Validation:
    return Validation(LoadedInventory(inventory, (), SourceMap(None, {}, ""), ()), ())


def decided(rng: random.Random, wave: Wave, as_of: dt.date) -> dict[str, object]:
    """How a wave that is due ended: mostly well."""
    drawn = rng.random()
    head: dict[str, object] = {"wave": wave.id, "date": wave.date}
    if drawn < 0.6:
        return {**head, "result": "done"}
    if drawn < 0.8 or len(wave.lots) == 1:
        return {**head, "result": "rolled_back", "reason": "tests failed"}
    return {**head, "result": "partial", "rolled_back": [rng.choice(wave.lots)], "reason": "one lot failed"}


def placed(plan: Plan) -> dict[str, str]:
    lots = plan.lots_by_id()
    return {item: wave.id for wave in plan.waves for lot in wave.lots for item in lots[lot].items}


def with_items(plan: Plan, record: dict[str, object]) -> dict[str, object]:
    """As `record` writes it: with the lots' items, so that later plans need not have the same lots."""
    lots = plan.lots_by_id()
    wave = next(each for each in plan.waves if each.id == record["wave"])
    return {**record, "items": {lot: lots[lot].items for lot in wave.lots}}


@pytest.mark.parametrize("seed", range(SEEDS))
def test_a_history_of_decisions_never_moves_what_is_done_and_never_gives_a_wrong_plan(seed: int) -> None:
    found = drawn(seed)
    if found is None:
        return
    inventory, plan = found
    rng = random.Random(1000 + seed)
    actuals, told = Actuals(), 0
    for _ in range(4):
        upcoming = [wave for wave in plan.waves_in_order() if wave.id not in History(actuals, plan).cutovers]
        if not upcoming:
            break
        due, as_of = upcoming[0], upcoming[0].hypercare_last_day
        if rng.random() < 0.25:  # a no-go some days before
            as_of = due.date - dt.timedelta(days=2)
            gate = {"wave": due.id, "gate": "go", "date": as_of, "decision": "no_go", "reason": "not ready"}
            actuals = Actuals.model_validate({**actuals.model_dump(), "gates": [*actuals.model_dump()["gates"], gate]})
        else:
            overdue = [wave for wave in upcoming if wave.date <= as_of]
            new = [with_items(plan, decided(rng, wave, as_of)) for wave in overdue]
            dumped = actuals.model_dump()
            actuals = Actuals.model_validate({**dumped, "cutovers": [*dumped["cutovers"], *new]})
        told = len(actuals.cutovers) + len(actuals.gates)
        history = History(actuals, plan, as_of)
        before = placed(plan)
        answer = replanning.replan(
            validated(inventory), plan, actuals, as_of=as_of, locked_days=LOCKED_DAYS, options=OPTIONS
        )
        if answer.outcome.plan is None:
            assert answer.outcome.status == "infeasible"
            return
        plan = answer.outcome.plan
        after = placed(plan)
        for item in history.done:
            assert after[item] == before[item]
        findings = check(plan, turned_out(inventory, history)).findings
        _, wrong = of_the_past(findings, plan, history.done)
        assert not wrong
        rolled_back = [item for item, each in history.outcomes.items() if each.result == "rolled_back"]
        dates = {wave.id: wave.date for wave in plan.waves}
        assert all(dates[after[item]] > as_of for item in rolled_back if item in after)
    assert len(actuals.cutovers) + len(actuals.gates) == told
