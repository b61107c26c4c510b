"""Random histories of decisions, replayed: nothing done ever moves, no record is lost, every plan passes its check.

`WAVEPLAN_SEEDS=300` plays more of them.
"""

from __future__ import annotations

import datetime as dt
import random
from itertools import product

import pytest
from support.changes import Data, changed, tightened
from support.plans import state_plan
from support.seeds import count, few_at_once
from support.small_gaps import Gaps
from support.small_inventories import Draw
from support.small_transitions import Transition

from waveplan.api import Validation
from waveplan.change_calendar import ChangeCalendar
from waveplan.checking import check
from waveplan.domain.actuals import Actuals
from waveplan.domain.findings import Finding, has_errors
from waveplan.domain.history import History
from waveplan.domain.inventory import Inventory
from waveplan.domain.items import Items
from waveplan.domain.plan import Plan, Wave
from waveplan.domain.standing import Done, done_of, slot_of
from waveplan.loading.inventory_loader import LoadedInventory
from waveplan.loading.source_map import SourceMap
from waveplan.lots import form_lots
from waveplan.planning import SolveOptions, solve
from waveplan.review import review
from waveplan.tracking import turned_out
from waveplan.usecases.replan import errors_ahead, replan

SEEDS = count(60)
OPTIONS = SolveOptions(deterministic_limit=5.0, workers=1)
LOCKED_DAYS = 3
MOST_PLANS = 300


def drawer(seed: int) -> type[Draw]:
    return (Draw, Transition, Gaps, Transition)[seed % 4]


def drawn(seed: int) -> tuple[Data, Plan] | None:
    """An inventory with a plan; none where there is none."""
    data = drawer(seed)(random.Random(seed)).inventory()
    inventory = Inventory.model_validate(data)
    if has_errors(review(inventory)):
        return None
    outcome = solve(inventory, options=OPTIONS)
    return None if outcome.plan is None or not outcome.plan.waves else (data, outcome.plan)


def validated(inventory: Inventory, findings: tuple[Finding, ...] = ()) -> Validation:
    return Validation(LoadedInventory(inventory, (), SourceMap(None, {}, ""), ()), findings)


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


def next_entries(rng: random.Random, plan: Plan, actuals: Actuals, since: dt.date) -> tuple[Actuals, dt.date] | None:
    """What is decided or done next, and on which day; none when all is over."""
    upcoming = [wave for wave in plan.waves_in_order() if wave.id not in History(actuals, plan).cutovers]
    if not upcoming:
        return None
    due, dumped = upcoming[0], actuals.model_dump()
    if rng.random() < 0.25 and (as_of := max(since, due.date - dt.timedelta(days=2))) < due.date:  # a no-go before
        gate = {"wave": due.id, "gate": "go", "date": as_of, "decision": "no_go", "reason": "not ready"}
        return Actuals.model_validate({**dumped, "gates": [*dumped["gates"], gate]}), as_of
    as_of = max(since, due.hypercare_last_day)
    overdue = [wave for wave in upcoming if wave.date <= as_of]
    new = [with_items(plan, decided(rng, wave, as_of)) for wave in overdue]
    return Actuals.model_validate({**dumped, "cutovers": [*dumped["cutovers"], *new]}), as_of


def valid_plan(inventory: Inventory, done: Done, as_of: dt.date) -> dict[str, str] | None:
    """A plan of what is free that the check accepts, found by trying them all; only slots that nothing closes."""
    items, calendar = Items(inventory), ChangeCalendar(inventory, done.slots)
    given = {item.id: done.places[item.id] for item in items.planned if item.id in done.places}
    free = [lot for lot in form_lots(items, done.places) if not any(item.id in given for item in lot.items)]
    choices = []
    for lot in free:
        gates = items.policies[lot.stream].gates
        ahead = [slot for slot in calendar.slots if slot.date > as_of and slot.id not in given.values()]
        dates = {slot.id: [calendar.gate_date(gate, slot.date, lot.places) for gate in gates] for slot in ahead}
        choices.append([str(slot.id) for slot in ahead if min(dates[slot.id], default=as_of) >= as_of])
    for number, chosen in enumerate(product(*choices)):
        if number == MOST_PLANS:
            return None
        placed = {str(item.id): slot for lot, slot in zip(free, chosen, strict=True) for item in lot.items}
        if not check(state_plan(inventory, {**given, **placed}, done), inventory, done=done).findings:
            return placed
    return None


@pytest.mark.parametrize("changing", ["as it was", "changing", "tighter"])
@pytest.mark.parametrize("seed", few_at_once(range(SEEDS), 5))
def test_a_history_of_decisions_never_moves_what_is_done_and_never_gives_a_wrong_plan(seed: int, changing: str) -> None:
    found = drawn(seed)
    if found is None:
        return
    (data, plan), rng, actuals, as_of = found, random.Random(1000 + seed), Actuals(), dt.date.min
    for _ in range(4):
        entries = next_entries(rng, plan, actuals, as_of)
        if entries is None:
            break
        actuals, as_of = entries
        history = History(actuals, plan, as_of)
        data = changed(rng, data, drawer(seed)) if changing == "changing" else data
        if changing == "tighter" and history.done:
            data = tightened(rng, data, sorted({outcome.date for outcome in history.done.values()}))
        inventory = Inventory.model_validate(data)
        validation = validated(inventory, review(inventory))
        if errors_ahead(validation, history, plan):
            return
        answer = replan(validation, plan, actuals, as_of=as_of, locked_days=LOCKED_DAYS, options=OPTIONS)
        if answer.outcome.plan is None:
            assert answer.outcome.status == "infeasible"
            closed = bool(actuals.gates)  # a closed wave is not open to what is tried here
            known = turned_out(inventory, history)
            assert closed or valid_plan(known, done_of(history, plan), as_of) is None
            return
        before, plan = plan, answer.outcome.plan
        assert_nothing_done_has_moved(before, plan, history, inventory)
        done = done_of(history, plan)
        assert not check(plan, turned_out(inventory, history), done=done).findings
        rolled_back = [item for item, each in history.outcomes.items() if each.result == "rolled_back"]
        dates, after = {wave.id: wave.date for wave in plan.waves}, placed(plan)
        assert all(dates[after[item]] > as_of for item in rolled_back if item in after)


def assert_nothing_done_has_moved(before: Plan, after: Plan, history: History, inventory: Inventory) -> None:
    was, now, items = placed(before), placed(after), Items(inventory)
    hours = {slot_of(wave.id): (wave.date, wave.slot.start, wave.slot.end) for wave in before.waves}
    still = {slot_of(wave.id): (wave.date, wave.slot.start, wave.slot.end) for wave in after.waves}
    for item, outcome in history.done.items():
        if item in items and items[item].planned:
            assert slot_of(now[item]) == slot_of(outcome.wave)
            if item in was:
                assert still[slot_of(now[item])] == hours[slot_of(was[item])]
