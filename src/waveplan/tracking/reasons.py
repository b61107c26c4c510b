"""WP405: a record that leaves out what its readers need: why, on which conditions, or what was rolled back."""

from __future__ import annotations

from collections.abc import Iterator

from waveplan.domain.findings import Finding
from waveplan.tracking.records import Records
from waveplan.tracking.wording import finding

_WHY = "add 'reason': who plans again has to know it"


def check_reasons(records: Records) -> Iterator[Finding]:
    """Decisions, cutovers and acceptances that say too little."""
    yield from _gates(records)
    yield from _cutovers(records)
    for number, record in enumerate(records.actuals.acceptances):
        if record.result != "signed" and not record.reason:
            values = {"milestone": record.milestone}
            template = "'{milestone}' was not signed as it stands, without a reason"
            yield finding("WP405", template, values, ("acceptances", number), (record.milestone,), _WHY)


def _gates(records: Records) -> Iterator[Finding]:
    for number, record in enumerate(records.actuals.gates):
        values, subjects = {"gate": record.gate, "wave": record.wave}, (record.wave, record.gate)
        if record.decision == "no_go" and not record.reason:
            template = "no-go at {gate} of {wave}, without a reason"
            yield finding("WP405", template, values, ("gates", number), subjects, _WHY)
        if record.decision == "conditional" and not record.conditions:
            template = "a conditional go at {gate} of {wave}, without its conditions"
            hint = "add 'conditions', a list of what must be done"
            yield finding("WP405", template, values, ("gates", number), subjects, hint)


def _cutovers(records: Records) -> Iterator[Finding]:
    for number, record in enumerate(records.actuals.cutovers):
        values, subjects = {"wave": record.wave}, (record.wave,)
        if record.result != "done" and not record.reason:
            template = "a cutover of {wave} that was rolled back, without a reason"
            yield finding("WP405", template, values, ("cutovers", number), subjects, _WHY)
        if record.result == "partial" and not record.rolled_back:
            template = "a partial cutover of {wave} that does not say what was rolled back"
            hint = "add 'rolled_back' with lots or items; if nothing was, the result is 'done'"
            yield finding("WP405", template, values, ("cutovers", number), subjects, hint)
