"""What should have happened by a day and has not, or not as it should."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping

from waveplan.domain.communication import HeldEntry
from waveplan.domain.history import History
from waveplan.domain.plan import Milestone, Plan
from waveplan.domain.status import GateStanding, LateItem, LateKind, WaveStanding

_ACCEPTED = frozenset({"acceptance", "pilot_exit", "acknowledgement"})  # kinds that end in an acceptance record
_NOT_SIGNED: Mapping[str, LateKind] = {"half_met": "acceptance_half_met", "refused": "acceptance_refused"}


def late_items(
    plan: Plan,
    waves: tuple[WaveStanding, ...],
    gates: tuple[GateStanding, ...],
    history: History,
    as_of: dt.date,
    told: tuple[HeldEntry, ...] = (),
) -> tuple[LateItem, ...]:
    """Everything that is late on a day, what has been due longest first."""
    found = [
        *_waves(plan, waves, history, as_of),
        *(
            _late("gate_undecided", f"{gate.label} {gate.gate}", gate.date, as_of)
            for gate in gates
            if gate.state == "overdue"
        ),
        *_milestones(plan, history, as_of),
        *_incidents(history, as_of),
        *_communication(told, as_of),
    ]
    return tuple(sorted(found, key=lambda each: (each.due or dt.date.max, each.kind, each.subject)))


def expected_day(milestone: Milestone, history: History) -> dt.date | None:
    """The day on which a milestone is expected now; None for one that was reached or signed."""
    record, acceptance = history.milestones.get(milestone.id), history.acceptances.get(milestone.id)
    if (record and record.reached) or (acceptance and acceptance.result == "signed"):
        return None
    return record.expected if record and record.expected else milestone.date


def _late(kind: LateKind, subject: str, due: dt.date, as_of: dt.date, reason: str | None = None) -> LateItem:
    return LateItem(kind, subject, due=due, days=(as_of - due).days, reason=reason)


def _waves(plan: Plan, waves: tuple[WaveStanding, ...], history: History, as_of: dt.date) -> Iterator[LateItem]:
    """Waves without a record, and items that were turned back and have no later wave in the plan."""
    lots = plan.lots_by_id()
    again = {
        item
        for wave in plan.waves
        if wave.date >= as_of and wave.id not in history.cutovers and not history.given_up(wave)
        for lot in wave.lots
        if lot in lots
        for item in lots[lot].items
    }
    members = {wave.id: [item for lot in wave.lots if lot in lots for item in lots[lot].items] for wave in plan.waves}
    for wave in waves:
        if wave.state == "unrecorded":
            yield _late("wave_unrecorded", wave.label, wave.date, as_of)
        turned_back = members[wave.id] if wave.state == "no_go" else wave.rolled_back
        left = [item for item in turned_back if item not in again and item not in history.done]
        if left:
            reason = _why(wave, history)
            yield LateItem("to_plan_again", wave.label, due=wave.date, reason=reason, items=len(left))


def _why(wave: WaveStanding, history: History) -> str | None:
    record = history.cutovers.get(wave.id)
    if record is not None:
        return record.reason
    return next(
        (gate.reason for key, gate in history.gates.items() if key[0] == wave.id and gate.decision == "no_go"), None
    )


def _milestones(plan: Plan, history: History, as_of: dt.date) -> Iterator[LateItem]:
    for milestone in plan.milestones:
        acceptance, record = history.acceptances.get(milestone.id), history.milestones.get(milestone.id)
        day = expected_day(milestone, history)
        if day is None:
            continue
        if acceptance is not None:
            yield _late(_NOT_SIGNED[acceptance.result], milestone.id, milestone.date, as_of, acceptance.reason)
        elif day > milestone.date:
            days, reason = (day - milestone.date).days, record.reason if record else None
            yield LateItem("milestone_slipped", milestone.id, milestone.date, day, days, reason)
        elif day < as_of and milestone.kind in _ACCEPTED:
            yield _late("acceptance_missing", milestone.id, day, as_of)
        elif day < as_of and milestone.kind == "external":
            yield _late("milestone_overdue", milestone.id, day, as_of)


def _communication(told: tuple[HeldEntry, ...], as_of: dt.date) -> Iterator[LateItem]:
    """What people should have been told, taught or asked by now; surveys below their threshold."""
    for each in told:
        name = f"{each.label} {each.entry.id}"
        if each.state == "overdue":
            yield _late("communication_overdue", name, each.last, as_of)
        elif each.state == "below" and each.done is not None:
            yield _late("survey_below", name, each.done, as_of)


def _incidents(history: History, as_of: dt.date) -> Iterator[LateItem]:
    for record in history.incidents.values():
        if record.resolved is None:  # what is resolved later is open in this history
            yield _late("incident_open", record.id, record.date, as_of, record.summary)
