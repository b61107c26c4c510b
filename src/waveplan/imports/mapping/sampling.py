"""The first rows of a sheet, by column: what a suggestion is made from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import islice
from pathlib import PurePath

from waveplan.imports.mapping.fields import FieldType
from waveplan.imports.mapping.sheets import ReadSheet
from waveplan.imports.mapping.synonyms import known_kinds, likenesses
from waveplan.imports.mapping.typed import read_typed
from waveplan.imports.tables.columns import Columns
from waveplan.imports.tables.model import CellValue, Table
from waveplan.imports.values import (
    AmbiguousCellError,
    UnreadableCellError,
    is_empty,
    split_cell,
    text_of,
    word_of,
)

SAMPLED_ROWS = 500
_HEADERS_WITHIN = 30


@dataclass(slots=True)
class SampledColumn:
    """A column with its cells, empty ones too."""

    index: int
    header: str
    cells: list[CellValue] = field(default_factory=list)

    @property
    def filled(self) -> list[CellValue]:
        """Cells that say something."""
        return [cell for cell in self.cells if word_of(cell) is not None]

    def words(self) -> list[str]:
        """What stands in it, each once, the most frequent first."""
        counts: dict[str, int] = {}
        for cell in self.filled:
            word = word_of(cell) or ""
            counts[word] = counts.get(word, 0) + 1
        return sorted(counts, key=lambda word: (-counts[word], word))

    def readable(self, kind: FieldType) -> float:
        """The share of its cells that a field can take; what means two things can be asked."""
        cells = [cell for cell in self.filled if kind.form == "word" or not is_empty(cell)]
        if not cells:
            return 1.0 if kind.form in {"word", "choice", "flag"} else 0.0
        return sum(_reads(cell, kind) for cell in cells) / len(cells)


def _reads(cell: CellValue, kind: FieldType) -> bool:
    try:
        for part in split_cell(cell) if kind.many else (cell,):
            read_typed(part, kind)
    except AmbiguousCellError:
        return True
    except UnreadableCellError:
        return False
    return True


@dataclass(slots=True)
class SampledSheet:
    """A sheet with its headers and first rows."""

    table: Table
    sheet: ReadSheet
    columns: list[SampledColumn]
    rows: int

    @property
    def name(self) -> str:
        """What the sheet, or the file of delimited text, is called."""
        return self.table.sheet or PurePath(self.table.file).stem


def sampled(table: Table, most: int = SAMPLED_ROWS) -> SampledSheet | None:
    """The beginning of a table; None where no row looks like headers."""
    first = list(islice(table.rows(), _HEADERS_WITHIN + most))
    best, most_known = None, 0
    for row in first[:_HEADERS_WITHIN]:
        known = _known_headers(text_of(cell) for cell in row.cells if isinstance(cell, str))
        if known > most_known:
            best, most_known = row, known
    if best is None:
        best = next((row for row in first if _looks_like_headers(row.cells)), None)
    if best is None:
        return None
    columns = Columns.of(best)
    named = [
        SampledColumn(index, name) for index, name in enumerate(columns.names) if name and index not in columns.repeated
    ]
    sheet = ReadSheet(table, columns)
    below = [row for row in first if row.place.row > best.place.row][:most]
    for row in below:
        cells = sheet.widened(row)
        for column in named:
            column.cells.append(cells[column.index])
    return SampledSheet(table, sheet, named, len(below))


def _known_headers(headers: Iterable[str]) -> int:
    """How many of these words are known headers of one kind of sheet."""
    words = [each for each in dict.fromkeys(headers) if 0 < len(each) <= 80]
    return max(sum(bool(likenesses(word, kind)) for word in words) for kind in known_kinds())


def _looks_like_headers(cells: tuple[CellValue, ...]) -> bool:
    texts = [text_of(cell) for cell in cells if cell is not None]
    return (
        len(texts) > 1
        and all(isinstance(cell, str) for cell in cells if cell is not None)
        and len(set(texts)) == len(texts)
    )
