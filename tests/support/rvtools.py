"""RVTools exports made for a test: rows by sheet, written as a folder of CSV files or as a workbook."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path

import xlsxwriter

from waveplan.imports.harvest import Harvest, Reading
from waveplan.imports.records import Record
from waveplan.imports.registry import known_sources

Cell = str | int | float | bool | None
Sheets = Mapping[str, Sequence[Mapping[str, Cell]]]


def csv_folder(folder: Path, sheets: Sheets, delimiter: str = ",") -> Path:
    """The files that RVTools writes for its sheets."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, rows in sheets.items():
        with (folder / f"RVTools_tab{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(dict.fromkeys(key for row in rows for key in row)), delimiter=delimiter)
            writer.writeheader()
            writer.writerows(rows)
    return folder


def workbook(file: Path, sheets: Sheets) -> Path:
    """The same as one workbook."""
    book = xlsxwriter.Workbook(str(file))
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        headers = list(dict.fromkeys(key for row in rows for key in row))
        sheet.write_row(0, 0, headers)
        for number, row in enumerate(rows, 1):
            sheet.write_row(number, 0, [row.get(key) for key in headers])
    book.close()
    return file


def read(*files: Path, name: str = "", **options: str) -> Harvest:
    """What the reader makes of them."""
    return known_sources()["rvtools"].read(list(files), Reading(name, options))


def servers(harvest: Harvest) -> dict[str, Record]:
    """Servers by name."""
    return {record.name: record for record in harvest.records if record.kind == "server"}


def values(record: Record) -> dict[str, object]:
    """What is given, by path."""
    return {path: given.value for path, given in record.given.items()}


def codes(harvest: Harvest) -> list[str]:
    """Codes of what is told, sorted."""
    return sorted(finding.code for finding in harvest.findings)
