"""Tables of dates: gates, rehearsals, the calendar, milestones, evidence."""

from __future__ import annotations

from waveplan.export.programme import ProgrammeView, Words
from waveplan.export.programme.events import ExportEvent, events_of
from waveplan.export.programme.records import EvidenceView, MilestoneView
from waveplan.export.programme.view import GateView, RehearsalView
from waveplan.export.tables.model import Cell, ExportTable, Kind, table


def gates_table(view: ProgrammeView, words: Words) -> ExportTable:
    """A row for each gate of each wave."""
    say = words.say

    def row(gate: GateView) -> tuple[Cell, ...]:
        return (gate.wave_label, gate.wave, gate.id, gate.date, gate.decides, gate.committee, "; ".join(gate.criteria))

    columns: tuple[tuple[str, str, Kind], ...] = (
        ("wave", say("Wave"), "text"),
        ("wave_id", say("Id of the wave"), "text"),
        ("gate", say("Gate"), "text"),
        ("date", say("Date"), "day"),
        ("decides", say("Decides"), "flag"),
        ("committee", say("Committee"), "text"),
        ("criteria", say("Criteria"), "text"),
    )
    return table("gates", say("Gates"), columns, map(row, view.gates))


def rehearsals_table(view: ProgrammeView, words: Words) -> ExportTable:
    """A row for each rehearsal."""
    say = words.say

    def row(each: RehearsalView) -> tuple[Cell, ...]:
        return (each.wave_label, each.wave, each.lot, each.id, each.date, each.hours)

    columns: tuple[tuple[str, str, Kind], ...] = (
        ("wave", say("Wave"), "text"),
        ("wave_id", say("Id of the wave"), "text"),
        ("lot", say("Lot"), "text"),
        ("rehearsal", say("Rehearsal"), "text"),
        ("date", say("Date"), "day"),
        ("hours", say("Hours"), "number"),
    )
    return table("rehearsals", say("Rehearsals"), columns, map(row, view.rehearsals))


def calendar_table(view: ProgrammeView, words: Words) -> ExportTable:
    """A row for each dated event."""
    say = words.say

    def row(event: ExportEvent) -> tuple[Cell, ...]:
        last = event.last if event.end is None else event.end.date()
        return (event.day, last, event.start, event.end, event.kind, event.title, event.wave_label, event.place)

    columns: tuple[tuple[str, str, Kind], ...] = (
        ("from", say("From"), "day"),
        ("to", say("Until"), "day"),
        ("start", say("Starts"), "moment"),
        ("end", say("Ends"), "moment"),
        ("kind", say("Kind"), "text"),
        ("what", say("What"), "text"),
        ("wave", say("Wave"), "text"),
        ("where", say("Where, or who decides"), "text"),
    )
    return table("calendar", say("Calendar"), columns, map(row, events_of(view, words)))


def milestones_table(view: ProgrammeView, words: Words) -> ExportTable:
    """A row for each milestone, then for each hard date."""
    say = words.say

    def row(each: MilestoneView) -> tuple[Cell, ...]:
        return (each.id, each.name, each.what, each.start, each.date, each.subject, each.site, "; ".join(each.criteria))

    columns: tuple[tuple[str, str, Kind], ...] = (
        ("milestone", say("Id"), "text"),
        ("name", say("Milestone"), "text"),
        ("kind", say("Kind"), "text"),
        ("start", say("From"), "day"),
        ("date", say("Date"), "day"),
        ("subject", say("Of"), "text"),
        ("site", say("Site"), "text"),
        ("criteria", say("Criteria"), "text"),
    )
    dates = ((d.id, d.name, say("hard date"), None, d.date, "", "", "") for d in view.hard_dates)
    return table("milestones", say("Milestones"), columns, (*map(row, view.milestones), *dates))


def evidence_table(view: ProgrammeView, words: Words) -> ExportTable:
    """A row for each thing to collect."""
    say = words.say

    def row(each: EvidenceView) -> tuple[Cell, ...]:
        return (each.due, each.what, each.of, each.where, each.wave_label)

    columns: tuple[tuple[str, str, Kind], ...] = (
        ("due", say("Due"), "day"),
        ("what", say("What"), "text"),
        ("of", say("Of"), "text"),
        ("where", say("Where, or who decides"), "text"),
        ("wave", say("Wave"), "text"),
    )
    return table("evidence", say("Evidence"), columns, map(row, view.evidence))
