"""Tables of people and of what is taken for granted: load, duties, assumptions."""

from __future__ import annotations

from waveplan.export.programme import ProgrammeView, Words
from waveplan.export.programme.records import AssumptionView, LoadView, RaciView
from waveplan.export.tables.model import Cell, ExportTable, Kind, series, table


def load_table(view: ProgrammeView, words: Words) -> ExportTable:
    """A row for each team and week."""
    say = words.say

    def row(load: LoadView) -> tuple[Cell, ...]:
        share = load.used / load.offered if load.offered else None
        return (load.team, load.organisation, load.week, load.monday, load.used, load.offered, share)

    columns: tuple[tuple[str, str, Kind], ...] = (
        ("team", say("Team"), "text"),
        ("organisation", say("Organisation"), "text"),
        ("week", say("Week"), "text"),
        ("monday", say("Monday"), "day"),
        ("used", say("Person-days used"), "number"),
        ("offered", say("Person-days offered"), "number"),
        ("share", say("Load"), "share"),
    )
    return table("load", say("Load"), columns, map(row, view.loads))


def raci_table(view: ProgrammeView, words: Words) -> ExportTable:
    """A row for each gate, and for each activity of each lot."""
    say = words.say

    def row(each: RaciView) -> tuple[Cell, ...]:
        who = (each.responsible, each.accountable, each.consulted, each.informed)
        return (each.wave_label, each.lot, each.activity, each.date, *map(series, who))

    columns: tuple[tuple[str, str, Kind], ...] = (
        ("wave", say("Wave"), "text"),
        ("lot", say("Lot"), "text"),
        ("activity", say("Activity"), "text"),
        ("date", say("Date"), "day"),
        ("responsible", say("Responsible"), "text"),
        ("accountable", say("Accountable"), "text"),
        ("consulted", say("Consulted"), "text"),
        ("informed", say("Informed"), "text"),
    )
    return table("raci", say("RACI"), columns, map(row, view.raci))


def assumptions_table(view: ProgrammeView, words: Words) -> ExportTable:
    """A row for each thing taken for granted."""
    say = words.say

    def row(each: AssumptionView) -> tuple[Cell, ...]:
        return (each.kind, each.what, each.source, each.date)

    columns: tuple[tuple[str, str, Kind], ...] = (
        ("kind", say("Kind"), "text"),
        ("what", say("What"), "text"),
        ("source", say("Source"), "text"),
        ("date", say("Date"), "day"),
    )
    return table("assumptions", say("Assumptions"), columns, map(row, view.assumptions))
