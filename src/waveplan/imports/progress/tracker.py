"""From the lines of a tracker to entries: gates, cutovers of waves, milestones."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from waveplan.domain.plan import Milestone, Plan, Wave
from waveplan.imports.progress.cutovers import CutoverLines, read_cutover
from waveplan.imports.progress.lines import LineSaid
from waveplan.imports.progress.said import ReadProgress, SaidEntry
from waveplan.imports.progress.states import States
from waveplan.imports.progress.subjects import Tracked, tracked_parts
from waveplan.imports.progress.tracker_rows import TrackerRow

_DECISIONS = {"go": "go", "no_go": "no-go", "conditional": "conditional"}
_ACCEPTED = {"done": "signed", "go": "signed", "half_met": "half-met", "refused": "refused", "no_go": "refused"}
_SIGNED = frozenset({"acceptance", "pilot_exit", "purge_order", "acknowledgement"})
_BACK = frozenset({"rolled_back", "refused"})


def read_tracker(rows: Iterable[TrackerRow], plan: Plan, states: States, as_of: dt.date) -> ReadProgress:
    """Entries for what has happened; what is still open, or cannot be told, is passed over with the reason."""
    read = ReadProgress()
    lines = _lines(rows, plan, states, read)
    waves = {wave.id: wave for wave in plan.waves}
    for line in lines.values():
        if line.part.kind == "gate":
            _gate(line, waves[line.part.wave], as_of, read)
        elif line.part.kind == "milestone":
            _milestone(line, plan, as_of, read)
        elif line.part.kind in {"rehearsal", "hard-date"} and line.meaning != "open":
            read.skip(line.row.place, "actuals hold no {kind}", kind=line.part.kind)
    for wave in plan.waves:
        own = lines.get(Tracked("wave", wave.id, wave.id))
        parts = [line for part, line in lines.items() if part.wave == wave.id and part.kind in {"lot", "item"}]
        read_cutover(CutoverLines(wave, plan, own, parts), as_of, read)
    return read


def _lines(rows: Iterable[TrackerRow], plan: Plan, states: States, read: ReadProgress) -> dict[Tracked, LineSaid]:
    """The line of each part of the plan, in the order of reading."""
    parts = tracked_parts(plan)
    found: dict[Tracked, LineSaid] = {}
    for row in rows:
        read.rows += 1
        part = next((parts[name] for name in row.names if name in parts), None)
        if part is None:
            read.skip(row.place, "no line of this plan: neither its External ID nor a tag of it names a part")
        elif part in found:
            read.skip(row.place, "{id} stands in row {row} already", id=part.id, row=found[part].row.place.row)
        elif row.unread is not None:
            read.skip(row.place, "{reason}", unclear=True, reason=row.unread.phrase)
        elif (meaning := _meaning(row, states)) is None:
            template = "the state '{state}' is not known: say what it means with --state '{state}=done'"
            read.skip(row.place, template, unclear=True, state=row.state)
        else:
            found[part] = LineSaid(row, part, meaning)
    return found


def _meaning(row: TrackerRow, states: States) -> str | None:
    """What the decision says, where there is one that is known; else the state."""
    decided = states.meaning(row.decision) if row.decision else None
    stands = states.meaning(row.state)
    return decided if stands != "open" and decided not in {None, "open", "done"} else stands


def _gate(line: LineSaid, wave: Wave, as_of: dt.date, read: ReadProgress) -> None:
    planned = next(gate.date for gate in wave.gates if gate.id == line.part.id)
    decision = _DECISIONS.get(line.meaning)
    if decision:
        words = ("gate", wave.id, line.part.id, decision)
        conditions = [line.row.reason] if decision == "conditional" and line.row.reason else []
        read.said.append(line.said(words, line.day(planned, as_of), condition=conditions))
    elif line.meaning in {"open", "cancelled"}:
        read.skip(line.row.place, "it is still open")
    else:
        template = (
            "the gate {gate} of {wave} is '{state}', which does not say what was decided: give it a column Decision "
            "with go, no-go or conditional, or --state '{state}=go'"
        )
        read.skip(line.row.place, template, unclear=True, gate=line.part.id, wave=wave.id, state=line.row.state)


def _milestone(line: LineSaid, plan: Plan, as_of: dt.date, read: ReadProgress) -> None:
    milestone = next(each for each in plan.milestones if each.id == line.part.id)
    if line.meaning == "open":
        _moved(line, milestone, as_of, read)
    elif milestone.kind in _SIGNED and line.meaning in _ACCEPTED:
        words = ("accept", milestone.id, _ACCEPTED[line.meaning])
        read.said.append(line.said(words, line.day(milestone.date, as_of)))
    elif line.meaning in {"done", "go"}:
        reached = line.day(milestone.date, as_of).isoformat()
        options = {"reached": reached, "date": as_of.isoformat()}
        options |= {"reason": line.row.reason} if line.row.reason else {}
        read.said.append(SaidEntry(line.row.place, ("milestone", milestone.id), options))
    else:
        template = "{milestone} is '{state}': actuals know milestones that were reached or have moved"
        read.skip(line.row.place, template, unclear=True, milestone=milestone.id, state=line.row.state)


def _moved(line: LineSaid, milestone: Milestone, as_of: dt.date, read: ReadProgress) -> None:
    """An open milestone whose due day is no longer the plan's is expected on another day."""
    if line.row.due is None or line.row.due == milestone.date or milestone.kind in _SIGNED:
        read.skip(line.row.place, "it is still open")
        return
    options = {"expected": line.row.due.isoformat(), "date": as_of.isoformat()}
    options |= {"reason": line.row.reason} if line.row.reason else {}
    read.said.append(SaidEntry(line.row.place, ("milestone", milestone.id), options))
