"""All files of an import: which sheets they hold, in which order these are read, and what is left unread."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path, PurePosixPath

from waveplan.domain.findings import Finding, Location, Phrase
from waveplan.imports.harvest import Harvest, Reading
from waveplan.imports.records import located
from waveplan.imports.sources.rvtools.estate import read_hosts
from waveplan.imports.sources.rvtools.options import options_of
from waveplan.imports.sources.rvtools.reading import MachineReader
from waveplan.imports.sources.rvtools.records import listed, records_of
from waveplan.imports.sources.rvtools.sheets import (
    MACHINES,
    ExportedSheet,
    is_never_read,
    kind_of_table,
    name_of,
    recognised,
)
from waveplan.imports.sources.rvtools.vinfo import TAKEN_IN
from waveplan.imports.tables.columns import cell_of
from waveplan.imports.tables.model import Table
from waveplan.imports.tables.opening import opened
from waveplan.imports.tables.refusals import not_read
from waveplan.imports.values import UnreadableCellError, read_day

_STAMP = re.compile(r"(?<![0-9])(20[0-9]{2})-?([01][0-9])-?([0-3][0-9])(?![0-9])")


@dataclass(frozen=True, slots=True)
class Export:
    """Sheets that were exported together."""

    scope: str
    sheets: list[ExportedSheet]
    taken: date | None


def read(files: Sequence[Path], reading: Reading, name: str) -> Harvest:
    """Everything that these files say of machines. Raises UnreadableInputError for one that cannot be read."""
    options = options_of(reading.options)
    harvest = Harvest(reading.name or name)
    exports = sorted(_exports(files, harvest), key=lambda each: (-_ordinal(each.taken), each.scope))
    reader = MachineReader(options, harvest.accounts, harvest.findings)
    for kind in MACHINES:
        for export in exports:
            for sheet in export.sheets:
                if sheet.kind == kind:
                    reader.read(sheet, export.scope)
    hosts = [sheet for export in exports for sheet in export.sheets if sheet.kind in {"vHost", "vCluster"}]
    more = read_hosts(hosts, reader.machines.all, options, harvest)
    harvest.records += records_of(reader.machines.all, options, harvest.findings) + more
    _tell_left_out(reader, harvest)
    harvest.as_of = min((each.taken for each in exports if each.taken), default=None)
    if not reader.machines.all:
        raise not_read(
            ", ".join(map(str, files)), "no sheet names a machine: RVTools calls the sheet vInfo and the column VM"
        )
    return harvest


def _ordinal(day: date | None) -> int:
    return day.toordinal() if day else 0


def _exports(files: Sequence[Path], harvest: Harvest) -> list[Export]:
    tables: dict[str, list[Table]] = {}
    for path in files:
        found = opened(path)
        harvest.findings += found.findings
        for table in found.tables:
            tables.setdefault(_scope(table), []).append(table)
    return [_export(scope, each, harvest) for scope, each in tables.items()]


def _scope(table: Table) -> str:
    """The file of a sheet; the folder of a text file, since each of its neighbours is a sheet of the same export."""
    return table.file if table.sheet else str(PurePosixPath(table.file.replace("\\", "/")).parent)


def _export(scope: str, tables: Sequence[Table], harvest: Harvest) -> Export:
    sheets, taken, unread = [], None, []
    for table in tables:
        kind = kind_of_table(table)
        if kind is None and (is_never_read(table) or _has_vinfo(tables)):
            unread.append(table)
            continue
        sheet = recognised(table, kind)
        if sheet is None:
            _tell_headless(table, harvest)
        elif sheet.kind == "vMetaData":
            taken = _taken(sheet, harvest) or taken
        else:
            _tell_before(sheet, harvest)
            sheets.append(sheet)
    if unread:
        harvest.findings.append(_unread(unread))
    return Export(scope, sheets, taken or _stamped(scope))


def _has_vinfo(tables: Sequence[Table]) -> bool:
    return any(kind_of_table(each) == "vInfo" for each in tables)


def _tell_headless(table: Table, harvest: Harvest) -> None:
    rows = 0
    for row in table.rows():
        rows += 1
        harvest.accounts.tell(row.place, "skipped", Phrase("no row of headers is above it"))
    if rows:
        harvest.findings.append(
            Finding(
                code="WP502",
                template="{sheet} has no row with headers of RVTools: it is passed over",
                values={"sheet": name_of(table)},
                severity="warning",
                location=Location(table.file, sheet=table.sheet),
                hint="the row with VM, Powerstate … stands among the first 30; other sheets are read with a mapping",
            )
        )


def _tell_before(sheet: ExportedSheet, harvest: Harvest) -> None:
    for row in sheet.headed.before:
        harvest.accounts.tell(row.place, "skipped", Phrase("it stands above the headers"))
    if sheet.columns.repeated:
        names = ", ".join(sheet.columns.names[index] for index in sheet.columns.repeated)
        harvest.findings.append(
            Finding(
                code="WP501",
                template="headers that stand twice: the first column of each counts: {columns}",
                values={"columns": names},
                severity="warning",
                location=located(sheet.columns.place, sheet.columns.repeated[0] + 1),
            )
        )


def _taken(sheet: ExportedSheet, harvest: Harvest) -> date | None:
    found = None
    for row in sheet.rows():
        harvest.accounts.tell(row.place, "merged", Phrase("it says when the export was made"))
        try:
            day = read_day(cell_of(row, sheet.positions.get("taken")))
        except UnreadableCellError:
            day = None
        found = day if found is None or (day and day > found) else found
    return found


def _stamped(scope: str) -> date | None:
    """The day that a file's name says: RVTools writes it there by itself."""
    match = _STAMP.search(scope.rpartition("/")[2])
    try:
        return date(int(match[1]), int(match[2]), int(match[3])) if match else None
    except ValueError:
        return None


def _unread(tables: Sequence[Table]) -> Finding:
    names = ", ".join(sorted({name_of(each) for each in tables}))
    return Finding(
        code="WP508",
        template="sheets that say nothing of machines are not read: {names}",
        values={"names": names},
        severity="warning",
        location=Location(tables[0].file),
    )


def _tell_left_out(reader: MachineReader, harvest: Harvest) -> None:
    """Which machines were left out, by reason."""
    for reason, option in TAKEN_IN.items():
        machines = [machine for machine in reader.machines.all if machine.left_out == reason]
        if machines:
            names = [machine.identity.name for machine in machines]
            harvest.findings.append(
                Finding(
                    code="WP506",
                    template="left out as {reason}: {names} ({number})",
                    values={"reason": reason, "names": listed(names), "number": len(names)},
                    severity="warning",
                    subjects=tuple(names),
                    location=located(machines[0].place, machines[0].name_column),
                    hint="--option {option} takes them in",
                    hint_values={"option": option},
                )
            )
