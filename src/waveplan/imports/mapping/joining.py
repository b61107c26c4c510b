"""Sheets that are looked up: held whole, by the columns on which they are joined."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from waveplan.domain.findings import Finding, Phrase
from waveplan.domain.import_mapping import SheetJoin
from waveplan.domain.wording import finding, names
from waveplan.imports.accounts import Accounts
from waveplan.imports.mapping.sheets import ColumnAt, ReadSheet, as_told, is_meant, read_sheet
from waveplan.imports.records import located
from waveplan.imports.tables.model import CellValue, RowPlace, Table
from waveplan.imports.values import folded, text_of

Key = tuple[str, ...]


@dataclass(slots=True)
class LookedUp:
    """A joined sheet by its keys, and which of them were asked for."""

    join: SheetJoin
    table: Table
    start: int  # the index of its first cell in a row
    width: int
    here: list[ColumnAt]
    rows: dict[Key, tuple[CellValue, ...]] = field(default_factory=dict)
    places: dict[Key, RowPlace] = field(default_factory=dict)
    used: set[Key] = field(default_factory=set)
    missed: dict[str, RowPlace] = field(default_factory=dict)
    passed_over: list[tuple[RowPlace, Phrase]] = field(default_factory=list)

    def cells(self, row: tuple[CellValue, ...], place: RowPlace) -> tuple[CellValue, ...]:
        """The cells that are added to a row; empty ones where nothing agrees."""
        key = _key([row[at.index] for at in self.here])
        found = self.rows.get(key)
        if found is None:
            if any(key):
                self.missed.setdefault(" / ".join(text_of(row[at.index]) for at in self.here), place)
            return (None,) * self.width
        self.used.add(key)
        return found

    def told(self, accounts: Accounts | None) -> Iterator[Finding]:
        """What found no partner; every row of the joined sheet is accounted for, unless it is read by itself."""
        if accounts is not None:
            self._account(accounts)
        if self.missed:
            first = next(iter(self.missed.values()))
            template = "{count} values of '{column}' are not in the joined sheet: {names}"
            if len(self.missed) == 1:
                template = "one value of '{column}' is not in the joined sheet: {names}"
            column = ", ".join(self.join.on)
            values = {"count": len(self.missed), "column": column, "names": names(self.missed, most=10)}
            hint = "their rows are read without the joined columns"
            at = self.here[0].column if self.here else 0
            yield finding("WP531", template, values, hint=hint).at(located(first, at))

    def _account(self, accounts: Accounts) -> None:
        for place, reason in self.passed_over:
            accounts.tell(place, "skipped", reason)
        for key, place in self.places.items():
            if key in self.used:
                accounts.tell(place, "merged", Phrase("its columns were added to the rows that name it"))
            else:
                accounts.tell(place, "skipped", Phrase("no row names it"))


def looked_up(sheet: ReadSheet, join: SheetJoin, tables: Sequence[Table], missing: list[str]) -> LookedUp | None:
    """Read a joined sheet; its column names are added to the sheet's. None where there is no such sheet."""
    for table in tables:
        if (table.sheet, table.file) == (sheet.table.sheet, sheet.table.file) or not is_meant(table, join):
            continue
        other = read_sheet(as_told(table, join), join, join.on.values())
        if other is None:
            continue
        there = [other.find(name) for name in join.on.values()]
        here = [sheet.find(name) for name in join.on]
        missing += [name for name, at in zip(join.on, here, strict=True) if at is None]
        if None in there or None in here:
            continue
        width, start = len(other.columns.names), len(sheet.columns.names) + len(sheet.added)
        found = LookedUp(join, table, start, width, [at for at in here if at])
        _fill(found, other, [at for at in there if at])
        sheet.added += [f"{join.prefix}{name}" if name else "" for name in other.columns.names]
        return found
    return None


def _fill(found: LookedUp, other: ReadSheet, there: list[ColumnAt]) -> None:
    above = Phrase("it stands above the headers")
    found.passed_over += [(row.place, above) for row in other.titles()]
    for row in other.rows():
        cells = other.widened(row)
        key = _key([cells[at.index] for at in there])
        if not any(key):
            found.passed_over.append((row.place, Phrase("the column on which it is joined is empty")))
        elif key in found.rows:
            found.passed_over.append((row.place, Phrase("an earlier row has the same value where it is joined")))
        else:
            found.rows[key], found.places[key] = cells, row.place


def _key(cells: Sequence[CellValue]) -> Key:
    return tuple(folded(text_of(cell)) for cell in cells)
