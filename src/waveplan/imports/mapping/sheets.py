"""A sheet as a mapping reads it: its columns by name, those of joined sheets beside them, its rows one by one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import PurePath

from waveplan.domain.import_mapping import SheetChoice
from waveplan.imports.mapping.patterns import matches
from waveplan.imports.tables.columns import Columns, folded
from waveplan.imports.tables.delimited import DelimitedTable
from waveplan.imports.tables.model import CellValue, Row, Table

_LOOKED_AT = 50  # rows among which the headers stand


@dataclass(frozen=True, slots=True)
class ColumnAt:
    """Where a column's cells are in the rows that are read, and where in the sheet (0: in a joined one)."""

    index: int
    column: int
    header: str


@dataclass(slots=True)
class ReadSheet:
    """A table whose row of headers is known."""

    table: Table
    columns: Columns
    added: list[str] = field(default_factory=list)  # names of joined columns, in the order of their cells

    @property
    def header_row(self) -> int:
        """The row of the headers."""
        return self.columns.place.row

    def find(self, name: str) -> ColumnAt | None:
        """The column of a name, whatever its case, accents and blanks; the sheet's own come before joined ones."""
        index = self.columns.find(name)
        if index is not None:
            return ColumnAt(index, index + 1, self.columns.names[index])
        for number, each in enumerate(self.added):
            if folded(each) == folded(name):
                return ColumnAt(len(self.columns.names) + number, 0, each)
        return None

    def rows(self) -> Iterator[Row]:
        """The rows below the headers."""
        return (row for row in self.table.rows() if row.place.row > self.header_row)

    def titles(self) -> Iterator[Row]:
        """The rows above the headers."""
        for row in self.table.rows():
            if row.place.row >= self.header_row:
                return
            yield row

    def widened(self, row: Row, more: Sequence[CellValue] = ()) -> tuple[CellValue, ...]:
        """A row's cells, as many as there are headers, then those of joined sheets."""
        width = len(self.columns.names)
        own = row.cells[:width] + (None,) * (width - len(row.cells))
        return own + tuple(more)


def is_meant(table: Table, choice: SheetChoice) -> bool:
    """Whether an entry of the mapping names this sheet, by name or pattern; without either it means every sheet."""
    if choice.file is not None and not matches(PurePath(table.file).name, choice.file):
        return False
    return choice.sheet is None or (bool(table.sheet) and matches(table.sheet, choice.sheet))


def as_told(table: Table, choice: SheetChoice) -> Table:
    """The same table, delimited text with the encoding and the delimiter that the mapping states."""
    if not isinstance(table, DelimitedTable):
        return table
    if choice.encoding is not None:
        table = replace(table, encoding=choice.encoding, errors="replace")
    return table if choice.delimiter is None else replace(table, delimiter=choice.delimiter)


def read_sheet(table: Table, choice: SheetChoice, wanted: Iterable[str]) -> ReadSheet | None:
    """A table with its headers: in the row that is stated, or the first of the rows that hold most wanted names."""
    first = list(islice(table.rows(), _LOOKED_AT if choice.header is None else choice.header + 1))
    if choice.header is not None:
        stated = next((row for row in first if row.place.row == choice.header), None)
        return None if stated is None else ReadSheet(table, Columns.of(stated))
    keys = {folded(name) for name in wanted} - {""}
    best, most = None, 0
    for row in first:
        found = len(keys & {folded(cell) for cell in row.cells if isinstance(cell, str)})
        if found > most:
            best, most = row, found
    return None if best is None else ReadSheet(table, Columns.of(best))
