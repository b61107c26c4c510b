"""Entries read from elsewhere, held against what the actuals say already: new, known, or contradicted."""

from __future__ import annotations

from typing import Literal

from waveplan.domain.actuals import (
    AcceptanceRecord,
    Actuals,
    AdoptionRecord,
    CutoverRecord,
    EffortRecord,
    GateRecord,
    IncidentRecord,
    MilestoneRecord,
    Record,
    TaskRecord,
)

Standing = Literal["new", "known", "later", "contradicts"]
"""`later` restates what was recorded before, as a log does; what `contradicts` needs somebody to decide."""


def standing_of(entry: Record, actuals: Actuals) -> tuple[Standing, Record | None]:
    """How an entry stands to the last one about the same thing, and that one."""
    before = _before(entry, actuals)
    if before is None:
        return "new", None
    if _says(entry) == _says(before):
        return "known", before
    return ("later" if _restates(entry, before) else "contradicts"), before


def _before(entry: Record, actuals: Actuals) -> Record | None:
    """The last entry about the same thing."""
    held: list[Record] = [
        *actuals.gates, *actuals.cutovers, *actuals.incidents, *actuals.acceptances, *actuals.milestones,
        *actuals.effort, *actuals.adoption, *actuals.tasks,
    ]  # fmt: skip
    return next((each for each in reversed(held) if _thing(each) == _thing(entry)), None)


def _thing(entry: Record) -> tuple[object, ...]:
    """What an entry is about."""
    match entry:
        case GateRecord():
            return ("gate", entry.wave, entry.gate, tuple(sorted(entry.lots)))
        case CutoverRecord():
            return ("cutover", entry.wave)
        case IncidentRecord():
            return ("incident", entry.id)
        case AcceptanceRecord():
            return ("acceptance", entry.milestone)
        case MilestoneRecord():
            return ("milestone", entry.id)
        case EffortRecord():
            return ("effort", entry.team, entry.week)
        case AdoptionRecord():
            return ("adoption", entry.id, entry.wave)
        case TaskRecord():
            return ("task", entry.wave, entry.run, entry.task, entry.state)


def _says(entry: Record) -> tuple[object, ...]:
    """What an entry says of it; who said it, when and why is beside the point."""
    match entry:
        case GateRecord():
            return (entry.decision, tuple(sorted(entry.conditions)) if entry.decision == "conditional" else ())
        case CutoverRecord():
            return (entry.result, tuple(sorted(entry.rolled_back)))
        case IncidentRecord():
            return (entry.wave, entry.severity, entry.summary, entry.item, entry.resolved)
        case AcceptanceRecord():
            return (entry.result,)
        case MilestoneRecord():
            return (entry.reached, entry.expected)
        case EffortRecord():
            return (entry.person_days,)
        case AdoptionRecord():
            return (entry.date, entry.result)
        case TaskRecord():
            return (entry.happened,)


def _restates(entry: Record, before: Record) -> bool:
    """Whether it may well be that both are true, one after the other."""
    match entry, before:
        case (GateRecord(), GateRecord()):
            confirmed = before.decision == "conditional" and entry.decision == "go"
            return entry.date > before.date or (confirmed and entry.date >= before.date)
        case (CutoverRecord(), CutoverRecord()):
            return entry.date > before.date
        case (AcceptanceRecord(), AcceptanceRecord()):
            return entry.date > before.date
        case (AdoptionRecord(), AdoptionRecord()):
            return entry.date > before.date
        case (TaskRecord(), TaskRecord()):
            return entry.happened.timestamp() > before.happened.timestamp()
        case (MilestoneRecord(), MilestoneRecord()):
            return before.reached is None
        case (IncidentRecord(), IncidentRecord()):
            return before.resolved is None
    return False
