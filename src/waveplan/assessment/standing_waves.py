"""What has become of each wave by a day, and which gates it has still to pass."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from waveplan.domain.actuals import Actuals, CutoverRecord
from waveplan.domain.history import History
from waveplan.domain.plan import Plan, PlanGate, Wave
from waveplan.domain.status import GateStanding, GateState, PlanStanding, WaveStanding, WaveState

_AHEAD: frozenset[WaveState] = frozenset({"preparation", "ahead", "cutover"})


def standing(actuals: Actuals, plan: Plan, as_of: dt.date) -> PlanStanding:
    """What has become of each wave and lot; of waves that only records name, no more than their ids."""
    history = History(actuals, plan, as_of)
    waves = standing_waves(plan, history, as_of)
    by_id = {wave.id: wave for wave in waves}
    known = {wave.id for wave in plan.waves}
    gates = next_gates(plan, waves, history, as_of)
    return PlanStanding(
        as_of=as_of,
        waves=by_id,
        lots={
            lot: _state_of_lot(wave, lot, by_id[wave.id].state, history, as_of)
            for wave in plan.waves
            for lot in wave.lots
        },
        overdue=frozenset(gate.wave for gate in gates if gate.state == "overdue"),
        foreign=tuple(wave.id for wave in waves if wave.id not in known),
    )


def _state_of_lot(wave: Wave, lot: str, of_wave: WaveState, history: History, as_of: dt.date) -> WaveState:
    record = history.cutovers.get(wave.id)
    if record is None:
        decisions = (history.decision(wave.id, gate.id, lot) for gate in wave.gates if gate.decides)
        return "no_go" if any(each and each.decision == "no_go" for each in decisions) else of_wave
    results = {each.result for each in history.outcomes_of(record) if each.lot == lot}
    if len(results) == 1 and "done" in results:
        return "hypercare" if as_of <= wave.hypercare_last_day else "done"
    return "partial" if len(results) > 1 else "rolled_back" if results else of_wave


def standing_waves(plan: Plan, history: History, as_of: dt.date) -> tuple[WaveStanding, ...]:
    """Waves of the plan, and those of records that it no longer has, by their day."""
    several = len({wave.stream for wave in plan.waves}) > 1
    found = [_of_plan(plan, wave, history, as_of, several) for wave in plan.waves]
    known = {wave.id for wave in plan.waves}
    found += [_of_record(record, history) for record in history.cutovers.values() if record.wave not in known]
    return tuple(sorted(found, key=lambda each: (each.date, each.id)))


def _of_plan(plan: Plan, wave: Wave, history: History, as_of: dt.date, several: bool) -> WaveStanding:
    lots = plan.lots_by_id()
    record = history.cutovers.get(wave.id)
    return WaveStanding(
        id=wave.id,
        label=wave.label(with_stream=several),
        date=wave.date if record is None else record.date,
        state=_state(wave, record, history, as_of),
        lots=len(wave.lots),
        items=sum(len(lots[lot].items) for lot in wave.lots if lot in lots),
        rolled_back=() if record is None else _rolled_back(record, history),
        preparation_start=wave.preparation_start,
        hypercare_last_day=wave.hypercare_last_day,
    )


def _of_record(record: CutoverRecord, history: History) -> WaveStanding:
    lots = history.lots_of(record)
    return WaveStanding(
        id=record.wave,
        label=record.wave,
        date=record.date,
        state=record.result,
        lots=len(lots),
        items=sum(len(items) for items in lots.values()),
        rolled_back=_rolled_back(record, history),
    )


def _rolled_back(record: CutoverRecord, history: History) -> tuple[str, ...]:
    return tuple(each.item for each in history.outcomes_of(record) if each.result == "rolled_back")


def _state(wave: Wave, record: CutoverRecord | None, history: History, as_of: dt.date) -> WaveState:
    if record is not None:
        watched = record.result != "rolled_back" and as_of <= wave.hypercare_last_day
        return "hypercare" if watched else record.result
    if history.given_up(wave):
        return "no_go"
    if wave.last_day < as_of:
        return "unrecorded"
    if wave.date <= as_of:
        return "cutover"
    return "preparation" if wave.preparation_start <= as_of else "ahead"


def next_gates(
    plan: Plan, waves: tuple[WaveStanding, ...], history: History, as_of: dt.date
) -> tuple[GateStanding, ...]:
    """Gates of waves that lie ahead: not yet decided, or passed on conditions. Notices are over with their day."""
    standing = {wave.id: wave for wave in waves}
    found = [
        each
        for wave in plan.waves
        if standing[wave.id].state in _AHEAD
        for gate in wave.gates
        for each in _gate(standing[wave.id], gate, history, as_of)
    ]
    return tuple(sorted(found, key=lambda each: (each.date, each.wave, each.gate)))


def _gate(wave: WaveStanding, gate: PlanGate, history: History, as_of: dt.date) -> Iterator[GateStanding]:
    decided = [record for key, record in history.gates.items() if key[:2] == (wave.id, gate.id)]
    conditions = dict.fromkeys(
        each for record in decided if record.decision == "conditional" for each in record.conditions
    )
    if decided and not conditions:
        return
    state: GateState = "conditional" if decided else "open" if gate.date >= as_of else "overdue"
    if state == "overdue" and not gate.decides:
        return
    yield GateStanding(
        wave=wave.id,
        label=wave.label,
        gate=gate.id,
        date=gate.date,
        decides=gate.decides,
        state=state,
        committee=gate.committee,
        criteria=tuple(gate.criteria),
        conditions=tuple(conditions),
    )
