"""Tables whose columns are known by where they stand, whatever their headings say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from waveplan.imports.forms.cells import READERS, Convention
from waveplan.imports.forms.collecting import Collection
from waveplan.imports.forms.lines import EMPTY, SheetLine
from waveplan.imports.forms.recognising import tell_other
from waveplan.imports.records import Given
from waveplan.imports.tables.model import Row
from waveplan.imports.tables.opening import opened
from waveplan.imports.values import folded, text_of, word_of


@dataclass(frozen=True, slots=True)
class Positions:
    """What stands in which column."""

    paths: tuple[str, ...]
    rest: str  # cells beyond the paths are `rest0`, `rest1` and so on
    records: frozenset[str]  # what the first cell of a record holds
    headings: str  # how the first cell of the headings begins, folded
    read_as: Mapping[str, str] = field(default_factory=dict)  # by path, where it is not text


def lines_of(collection: Collection, files: Sequence[Path], positions: Positions) -> Iterator[SheetLine]:
    """Every row that is a record. The first row that is none is the headings; others are accounted for."""
    for path in files:
        given = opened(path)
        collection.harvest.findings.extend(given.findings)
        others: list[Row] = []  # the first rows of tables without a record
        for table in given.tables:
            first, is_known = None, False
            for row in table.rows():
                line = _line(row, positions)
                is_first, first = first is None, first or row
                is_known = is_known or line is not None or (is_first and _is_heading(row, positions))
                if line is not None:
                    yield line
                elif not (is_first and is_known):
                    _skip(collection, row)
            others += [] if first is None or is_known else [first]
        for row in others:
            tell_other(row, collection.source, collection.telling, is_error=len(others) == len(given.tables))


def _skip(collection: Collection, row: Row) -> None:
    if any(word_of(cell) for cell in row.cells):
        collection.skip(row.place, "its record type is not known")
    else:
        collection.harvest.accounts.tell(row.place, "skipped", EMPTY)


def _is_heading(row: Row, positions: Positions) -> bool:
    return folded(text_of(row.cells[0])).startswith(positions.headings)


def _line(row: Row, positions: Positions) -> SheetLine | None:
    """A record with its values; None for a row that is none."""
    if text_of(row.cells[0]) not in positions.records:
        return None
    line = SheetLine(row.place)
    for index, cell in enumerate(row.cells):
        beyond = index - len(positions.paths)
        path = f"{positions.rest}{beyond}" if beyond >= 0 else positions.paths[index]
        value = None if cell is None else READERS[positions.read_as.get(path, "text")](cell, Convention())
        if value is not None:
            line.values[path] = Given(value, index + 1)
    return line
