"""Columns by their headers: the row of headers is found, and each column by any of the names that it may have."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import chain, islice

from waveplan.imports.tables.model import CellValue, Row, RowPlace, Table

_LOOKED_AT = 30  # rows before which the headers stand: titles, dates and notes may come first


@lru_cache(maxsize=10_000)
def folded(name: str) -> str:
    """A header without what differs between exports: case, accents, blanks, punctuation, a leading `*`.

    Units stay: `Provisioned MiB` is `provisionedmib`, `Memory (In MB)` is `memoryinmb`.
    """
    plain = unicodedata.normalize("NFKD", name).casefold()
    return "".join(character for character in plain if character.isalnum())


@dataclass(frozen=True, slots=True)
class Columns:
    """The headers of a table."""

    place: RowPlace  # of the row in which they stand
    names: tuple[str, ...]  # as written; empty where a column has none
    positions: dict[str, int] = field(default_factory=dict)  # folded → index, from 0; the first one of several
    repeated: tuple[int, ...] = ()  # indexes of columns whose name stood before

    @classmethod
    def of(cls, row: Row) -> Columns:
        """The headers that a row holds."""
        names = tuple("" if cell is None else str(cell).strip() for cell in row.cells)
        positions: dict[str, int] = {}
        repeated = []
        for index, name in enumerate(names):
            key = folded(name)
            if key and key in positions:
                repeated.append(index)
            elif key:
                positions[key] = index
        return cls(row.place, names, positions, tuple(repeated))

    def find(self, *names: str) -> int | None:
        """The index of the first of these names that there is; None where there is none."""
        return next((self.positions[key] for key in map(folded, names) if key in self.positions), None)

    def others(self, known: Collection[str]) -> Iterator[tuple[int, str]]:
        """Index and name of each named column that is none of the known ones, given folded; repeated ones left out."""
        for key, index in sorted(self.positions.items(), key=lambda each: each[1]):
            if key not in known:
                yield index, self.names[index]


@dataclass(frozen=True, slots=True)
class HeadedTable:
    """A table whose headers were found."""

    table: Table
    columns: Columns
    before: tuple[Row, ...]  # rows above the headers: titles and notes
    rows: Iterator[Row]  # rows below them; each is read once


def headed(table: Table, wanted: Collection[str], least: int = 1) -> HeadedTable | None:
    """A table with the row of its first ones that holds most of the wanted names; None where none holds `least`."""
    keys = {folded(name) for name in wanted}
    rows = table.rows()
    first = list(islice(rows, _LOOKED_AT))
    matches = [sum(folded(str(cell)) in keys for cell in row.cells if isinstance(cell, str)) for row in first]
    if not first or max(matches) < max(1, least):
        return None
    at = matches.index(max(matches))
    return HeadedTable(table, Columns.of(first[at]), tuple(first[:at]), chain(first[at + 1 :], rows))


def cell_of(row: Row, index: int | None) -> CellValue:
    """A row's cell; None where the row ends before it, or where there is no such column."""
    return row.cells[index] if index is not None and index < len(row.cells) else None


def text_of(row: Row, index: int | None) -> str:
    """The same as text without blanks at its ends; a whole number as people write it."""
    value = cell_of(row, index)
    return "" if value is None else str(value).strip()
