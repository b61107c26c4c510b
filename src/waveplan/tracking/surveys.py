"""Surveys below their threshold after a pilot (WP415), and what went on in spite of them (WP416)."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from waveplan.domain.findings import Finding
from waveplan.domain.survey_holds import SurveyHold, survey_holds
from waveplan.tracking.records import Records
from waveplan.tracking.wording import finding, names

_DECIDE = (
    "decide at its exit gate and record it: `waveplan record FILE accept 'pass {pilot}' signed`; or ask again and "
    "record what comes of it"
)


def check_surveys(records: Records) -> Iterator[Finding]:
    """Each such survey that nobody has decided on; each go and cutover of what waits for its pilot."""
    if records.inventory is None:
        return
    holds = list(survey_holds(records.inventory, records.plan, records.history))
    for hold in holds:
        if hold.decided is None:
            yield _held(records, hold)
    for hold in holds:
        yield from _gone_on(records, hold)


def _held(records: Records, hold: SurveyHold) -> Finding:
    number = _number(records, hold)
    values = {
        "entry": hold.entry.id,
        "wave": hold.record.wave,
        "result": _percent(hold.result),
        "threshold": _percent(hold.entry.threshold),
        "pilot": hold.pilot.id,
    }
    template = (
        "survey {entry} of {wave} came out at {result}%, below its threshold of {threshold}%: "
        "the exit gate of pilot {pilot} is held until it is decided"
    )
    subjects = (hold.entry.id, hold.record.wave, hold.pilot.id)
    return finding("WP415", template, values, ("adoption", number), subjects, _DECIDE, values)


def _number(records: Records, hold: SurveyHold) -> int:
    return next(number for number, each in enumerate(records.actuals.adoption) if each is hold.record)


def _percent(share: object) -> str:
    """A share in hundredths, as short as it is."""
    hundredths = Fraction(str(share)) * 100
    return str(hundredths) if hundredths.denominator == 1 else f"{float(hundredths):.10g}"


def _gone_on(records: Records, hold: SurveyHold) -> Iterator[Finding]:
    waiting = {item.id for item in hold.waiting}
    values = {"pilot": hold.pilot.id, "entry": hold.entry.id}
    for number, gate in enumerate(records.actuals.gates):
        lots = gate.lots or (records.waves[gate.wave].lots if gate.wave in records.waves else [])
        held = sorted(item for lot in lots for item in records.lots.get(lot, ()) if item in waiting)
        if gate.decision == "go" and held and hold.holds_on(gate.date):
            template = "go at {gate} of {wave} for {items}, while survey {entry} holds pilot {pilot}"
            told = {**values, "gate": gate.gate, "wave": gate.wave, "items": names(held)}
            subjects = (gate.wave, gate.gate, hold.pilot.id, *held)
            yield finding("WP416", template, told, ("gates", number), subjects, _DECIDE, values)
    for number, cutover in enumerate(records.actuals.cutovers):
        outcomes = records.history.outcomes_of(cutover)
        held = sorted(each.item for each in outcomes if each.result == "done" and each.item in waiting)
        if held and hold.holds_on(cutover.date):
            template = "{items} cut over in {wave}, while survey {entry} holds pilot {pilot}"
            told = {**values, "wave": cutover.wave, "items": names(held)}
            subjects = (cutover.wave, hold.pilot.id, *held)
            yield finding("WP416", template, told, ("cutovers", number), subjects, _DECIDE, values)
