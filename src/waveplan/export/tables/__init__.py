"""The tables of a programme: what spreadsheets and CSV files hold. Titles are for people, keys for programs."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from waveplan.export.programme import ProgrammeView, Words
from waveplan.export.tables.communication import communication_table
from waveplan.export.tables.dates import calendar_table, evidence_table, gates_table, milestones_table, rehearsals_table
from waveplan.export.tables.model import Cell, ExportTable, Kind, TableColumn
from waveplan.export.tables.moves import (
    dependencies_table,
    items_table,
    lots_table,
    servers_table,
    unplanned_table,
    waves_table,
)
from waveplan.export.tables.people import assumptions_table, load_table, raci_table

__all__ = ["TABLES", "Cell", "ExportTable", "Kind", "TableColumn", "tables"]

TABLES = (
    "waves",
    "lots",
    "items",
    "servers",
    "gates",
    "rehearsals",
    "calendar",
    "milestones",
    "communication",
    "load",
    "raci",
    "evidence",
    "assumptions",
    "dependencies",
    "unplanned",
)


def tables(view: ProgrammeView, words: Words) -> dict[str, ExportTable]:
    """Every table by its key, those without rows too."""
    makers: Mapping[str, Callable[[ProgrammeView, Words], ExportTable]] = {
        "waves": waves_table,
        "lots": lots_table,
        "items": items_table,
        "servers": servers_table,
        "gates": gates_table,
        "rehearsals": rehearsals_table,
        "calendar": calendar_table,
        "milestones": milestones_table,
        "communication": communication_table,
        "load": load_table,
        "raci": raci_table,
        "evidence": evidence_table,
        "assumptions": assumptions_table,
        "dependencies": dependencies_table,
        "unplanned": unplanned_table,
    }
    return {name: makers[name](view, words) for name in TABLES}
