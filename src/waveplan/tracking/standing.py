"""What stays and what is free when a plan is made anew on a day: from the plan and what is recorded of it."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator

from waveplan.domain.actuals import GateRecord
from waveplan.domain.history import History
from waveplan.domain.plan import Plan, Wave
from waveplan.domain.standing import Standing, done_of, slot_of


def standing_of(history: History, plan: Plan, as_of: dt.date, locked_days: int) -> Standing:
    """Done waves stay; imminent ones stay unless a no-go or a rollback has freed them."""
    planned = {item: slot_of(wave.id) for wave, items in _held(plan) for item in items}
    refused, closed = _refused(history, plan)
    until = as_of + dt.timedelta(days=locked_days)
    locked = {
        item: slot_of(wave.id)
        for wave, items in _held(plan)
        for item in items
        if as_of <= wave.date <= until
        and item not in history.outcomes
        and wave.id not in closed
        and wave.id not in refused.get(item, ())
    }
    return Standing(as_of, done_of(history, plan), locked, planned, refused, closed)


def _held(plan: Plan) -> Iterator[tuple[Wave, list[str]]]:
    lots = plan.lots_by_id()
    for wave in plan.waves:
        yield wave, [item for lot in wave.lots if lot in lots for item in lots[lot].items]


def _refused(history: History, plan: Plan) -> tuple[dict[str, frozenset[str]], frozenset[str]]:
    """Waves closed by a no-go that holds: to the items of some lots, or to all."""
    lots = plan.lots_by_id()
    closed: set[str] = set()
    refused: dict[str, set[str]] = defaultdict(set)
    for (wave, _, lot), record in history.gates.items():
        if record.decision != "no_go":
            continue
        if lot is None:
            closed.add(wave)
        else:
            for item in _items_of(record, lot) or (lots[lot].items if lot in lots else ()):
                refused[item].add(wave)
    return {item: frozenset(waves) for item, waves in refused.items()}, frozenset(closed)


def _items_of(record: GateRecord, lot: str) -> list[str]:
    return record.items.get(lot, [])
