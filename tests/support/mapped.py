"""Sheets read through a mapping, as tests write both: a few lines of text."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from waveplan.domain.findings import Location
from waveplan.imports.harvest import Harvest, Reading
from waveplan.imports.mapping.spreadsheets import read_spreadsheets


@dataclass(frozen=True)
class MappedFolder:
    """A folder in which mapping and sheets stand."""

    folder: Path

    def read(self, mapping: str | None, *, options: dict[str, str] | None = None, **sheets: str | bytes) -> Harvest:
        """Read CSV texts, each under its name; the mapping goes without the line of its version."""
        files = []
        for name, text in sheets.items():
            file = self.folder / f"{name}.csv"
            file.write_bytes(text if isinstance(text, bytes) else text.encode())
            files.append(file)
        given = dict(options or {})
        if mapping is not None:
            (self.folder / "mapping.yaml").write_text(f"waveplan_mapping: 1\n{mapping}", encoding="utf-8")
            given["mapping"] = str(self.folder / "mapping.yaml")
        return read_spreadsheets("csv", files, Reading(options=given))


def values(harvest: Harvest) -> dict[tuple[str, str], dict[str, object]]:
    """What records say, by kind and name; numbers as text."""
    return {
        (record.kind, record.name): {path: plain(given.value) for path, given in record.given.items()}
        for record in harvest.records
    }


def plain(value: object) -> object:
    """A value that is easily written in a test."""
    return value if isinstance(value, bool | tuple) else str(value)


def told(harvest: Harvest) -> list[str]:
    """Findings in a line each, files without their folder."""
    lines = []
    for each in sorted(harvest.findings, key=lambda each: each.sort_key):
        place = each.location or Location("")
        folder = f"{Path(place.file).parent}/"
        lines.append(f"{place} {each.code} {each.message}".replace(folder, ""))
    return lines


def fates(harvest: Harvest) -> dict[str, int]:
    """Rows by what became of them."""
    totals = Counter[str]()
    for _, by_fate in harvest.accounts.by_table():
        totals.update(by_fate)
    return {fate: number for fate, number in totals.items() if number}


def reasons(harvest: Harvest) -> list[tuple[int, str]]:
    """Row and reason of what was not imported as it stands."""
    return [(entry.place.row, str(entry.reason)) for entry in harvest.accounts.entries() if entry.reason]
