"""Records that are missing (WP404), contradict each other (WP403), lack a go (WP406), lie elsewhere (WP407, WP408)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from waveplan.domain.actuals import CutoverRecord
from waveplan.domain.findings import Finding
from waveplan.domain.history import WaveOutcome
from waveplan.domain.plan import PlanGate
from waveplan.domain.standing import slot_of
from waveplan.tracking.records import Records
from waveplan.tracking.wording import finding, names


def check_agreeing(records: Records) -> Iterator[Finding]:
    """Each record beside itself, beside decisions and beside the plan."""
    for number, record in enumerate(records.actuals.cutovers):
        yield from _rolled_back(record, number)
        yield from _away_from_its_window(records, record, number)
    yield from _results(records)
    yield from _done_twice(records)
    yield from _against_decisions(records)
    yield from _planned_elsewhere(records)


def _rolled_back(record: CutoverRecord, number: int) -> Iterator[Finding]:
    if record.result == "partial" or not record.rolled_back:
        return
    values = {"wave": record.wave, "names": names(record.rolled_back)}
    if record.result == "done":
        template = "the cutover of {wave} is said to be done, and {names} to be rolled back"
    else:
        template = "the whole cutover of {wave} is said to be rolled back, and then only {names}"
    hint = "if only these were rolled back, the result is 'partial'; otherwise leave 'rolled_back' out"
    path, subjects = ("cutovers", number, "rolled_back"), (record.wave, *record.rolled_back)
    yield finding("WP403", template, values, path, subjects, hint)


def _results(records: Records) -> Iterator[Finding]:
    """Results of what asks nobody."""
    kinds = {each.id: each.kind for each in (records.inventory.adoption if records.inventory else ())}
    for number, record in enumerate(records.actuals.adoption):
        if record.result is not None and kinds.get(record.id, "survey") != "survey":
            template, hint = "'{entry}' is no survey, and cannot have a result", "take the result out"
            path, values = ("adoption", number, "result"), {"entry": record.id}
            yield finding("WP403", template, values, path, (record.id, record.wave), hint)


def _done_twice(records: Records) -> Iterator[Finding]:
    """Items that cut over in one wave and again in another, without having been rolled back."""
    last = {record.wave: number for number, record in enumerate(records.actuals.cutovers)}
    done: dict[str, WaveOutcome] = {}
    for number in sorted(last.values(), key=lambda each: records.actuals.cutovers[each].date):
        twice: dict[str, list[str]] = {}
        for outcome in records.history.outcomes_of(records.actuals.cutovers[number]):
            if outcome.result == "done":
                if outcome.item in done:
                    twice.setdefault(done[outcome.item].wave, []).append(outcome.item)
                done[outcome.item] = outcome
            else:
                done.pop(outcome.item, None)
        for before, items in twice.items():
            wave = records.actuals.cutovers[number].wave
            values = {"items": names(items), "wave": wave, "before": before}
            template = "{items} cut over in {wave} again, having been done in {before}"
            hint = "record what was rolled back before, or mend the wave"
            yield finding("WP403", template, values, ("cutovers", number), (wave, *items), hint)


def _planned_elsewhere(records: Records) -> Iterator[Finding]:
    """Items that are done, and stand in another slot of the plan than the one in which they have cut over."""
    held = {item: wave.id for wave in records.plan.waves for lot in wave.lots for item in records.lots.get(lot, ())}
    moved: dict[tuple[str, str], list[str]] = {}
    for item, outcome in records.history.done.items():
        if item in held and slot_of(held[item]) != slot_of(outcome.wave):
            moved.setdefault((outcome.wave, held[item]), []).append(item)
    numbers = {record.wave: number for number, record in enumerate(records.actuals.cutovers)}
    for (wave, planned), items in moved.items():
        values = {"items": names(items), "wave": wave, "planned": planned}
        template = "{items}: cut over in {wave}, but planned in {planned}"
        hint = "plan anew from here: `waveplan replan` leaves what is done where it was"
        yield finding("WP408", template, values, ("cutovers", numbers[wave]), (wave, planned, *items), hint)


def _against_decisions(records: Records) -> Iterator[Finding]:
    """What cut over although it was decided against, or without a decision at a gate that decides."""
    last = {record.wave: number for number, record in enumerate(records.actuals.cutovers)}
    for wave, number in sorted(last.items(), key=lambda each: each[1]):
        record = records.actuals.cutovers[number]
        lots = list(records.history.lots_of(record)) or [""]
        gates = records.waves[wave].gates if wave in records.waves else []
        for gate in (gate for gate in gates if gate.decides):
            decided = {lot: records.history.decision(wave, gate.id, lot) for lot in lots}
            refused = [lot for lot, decision in decided.items() if decision and decision.decision == "no_go"]
            if refused:
                yield _refused(record, number, gate, refused, len(refused) < len(lots))
            if not any(key[:2] == (wave, gate.id) for key in records.history.gates):
                yield _undecided(record, number, gate)


def _refused(record: CutoverRecord, number: int, gate: PlanGate, lots: list[str], only_some: bool) -> Finding:
    values = {"wave": record.wave, "gate": gate.id, "lots": names(lots)}
    template = "{wave} is said to have cut over, but {gate} decided no-go"
    if only_some:
        template = "{wave} is said to have cut over with {lots}, for which {gate} decided no-go"
    hint = "record the decision that came after, or what did cut over: 'items' names the lots"
    return finding("WP403", template, values, ("cutovers", number), (record.wave, gate.id), hint)


def _undecided(record: CutoverRecord, number: int, gate: PlanGate) -> Finding:
    values = {"wave": record.wave, "gate": gate.id, "date": gate.date}
    template = "{wave} has cut over without a decision at {gate}, due on {date}"
    hint = "record the decision: `waveplan record FILE gate {wave} {gate} go`"
    return finding("WP406", template, values, ("cutovers", number), (record.wave, gate.id), hint)


def _away_from_its_window(records: Records, record: CutoverRecord, number: int) -> Iterator[Finding]:
    wave = records.waves.get(record.wave)
    if wave is None:
        return
    last = wave.last_day
    if not wave.date - dt.timedelta(days=1) <= record.date <= last:
        values = {"wave": wave.id, "date": record.date, "day": wave.date}
        template = "{wave} is said to have cut over on {date}, but its window opens on {day}"
        hint = "mend the date; a cutover in another window is another wave"
        yield finding("WP407", template, values, ("cutovers", number, "date"), (wave.id,), hint)


def check_missing(records: Records) -> Iterator[Finding]:
    """Waves whose window has closed before the day, of which nobody has said how they ended."""
    for wave in records.plan.waves_in_order():
        closed = wave.last_day < records.as_of
        if not closed or wave.id in records.history.cutovers or records.history.given_up(wave):
            continue
        values = {"wave": wave.id, "date": wave.date}
        template = "{wave} was to cut over on {date}, and nothing is recorded of it"
        hint = "record how it ended: `waveplan record FILE cutover {wave} done`"
        yield finding("WP404", template, values, ("cutovers",), (wave.id,), hint)
