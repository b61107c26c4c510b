"""Tables whose columns are known by where they stand, whatever their headings say."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from waveplan.imports.forms.cells import READERS, Convention
from waveplan.imports.forms.collecting import Collection
from waveplan.imports.forms.lines import EMPTY, SheetLine
from waveplan.imports.forms.telling import listed
from waveplan.imports.records import Given, located
from waveplan.imports.tables.model import Row, Table
from waveplan.imports.tables.opening import opened
from waveplan.imports.values import folded, text_of, word_of


def lines_of(
    collection: Collection,
    files: Sequence[Path],
    paths: Sequence[str],
    read_as: Mapping[str, str],
    is_record: Callable[[Sequence[str]], bool],
    rest: str,
) -> Iterator[SheetLine]:
    """Every row that is a record, its cells under these paths; cells beyond them under `rest0`, `rest1` and so on.

    The first row that is no record is the headings; other such rows are accounted for.
    """
    for path in files:
        given = opened(path)
        collection.harvest.findings.extend(given.findings)
        for table in given.tables:
            yield from _records(collection, table, paths, read_as, is_record, rest)


def _records(
    collection: Collection,
    table: Table,
    paths: Sequence[str],
    read_as: Mapping[str, str],
    is_record: Callable[[Sequence[str]], bool],
    rest: str,
) -> Iterator[SheetLine]:
    first: Row | None = None
    found = 0
    for row in table.rows():
        words = [text_of(cell) for cell in row.cells]
        if is_record(words):
            found += 1
            yield _line(row, paths, read_as, rest)
        elif not any(word_of(cell) for cell in row.cells):
            collection.harvest.accounts.tell(row.place, "skipped", EMPTY)
        elif first is None and not found:
            first = row
        else:
            collection.skip(row.place, "its record type is not known")
    if first is not None and not found:
        values = {
            "source": collection.source,
            "names": listed([text_of(cell) for cell in first.cells if text_of(cell)]),
        }
        template = "this is none of the exports of {source} that are read; its first row is {names}"
        hint = "see docs/import-sources.md for the files and columns of each source, or import it with a mapping file"
        if len(first.cells) < 2 or not folded(text_of(first.cells[0])).startswith("record type"):
            collection.telling.note("WP510", located(first.place), template, values, hint=hint)


def _line(row: Row, paths: Sequence[str], read_as: Mapping[str, str], rest: str) -> SheetLine:
    line = SheetLine(row.place)
    for index, cell in enumerate(row.cells):
        path = paths[index] if index < len(paths) else f"{rest}{index - len(paths)}"
        value = None if cell is None else READERS[read_as.get(path, "text")](cell, Convention())
        if value is not None:
            line.values[path] = Given(value, index + 1)
    return line
