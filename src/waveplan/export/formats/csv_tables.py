"""CSV: one table, or each in a file of its own. Heads are keys, the same in every language; dates are ISO ones."""

from __future__ import annotations

from waveplan.errors import UsageError
from waveplan.export.formats.csv_text import CsvText
from waveplan.export.formats.protocol import Asked, Exported, clocks
from waveplan.export.programme import ProgrammeView, Words
from waveplan.export.tables import TABLES, ExportTable, tables


def write(view: ProgrammeView, words: Words, asked: Asked) -> Exported:
    """The table that was asked for, or every table that has rows. Raises UsageError for one that does not exist."""
    if asked.table is not None and asked.table not in TABLES:
        raise UsageError("there is no table {name}: name one of {known}", name=asked.table, known=", ".join(TABLES))
    every = tables(view, words)
    text = CsvText(semicolon=asked.semicolon)
    if asked.table is not None:
        content = _content(every[asked.table], text)
        return Exported.single(f"{asked.table}.csv", content, _notes(view, words, text))
    files = {f"{name}.csv": _content(table, text) for name, table in every.items() if table.rows}
    return Exported(files, None, _notes(view, words, text))


def _content(table: ExportTable, text: CsvText) -> bytes:
    return text.text([column.key for column in table.columns], table.rows).encode("utf-8")


def _notes(view: ProgrammeView, words: Words, text: CsvText) -> tuple[str, ...]:
    if not text.semicolon:
        return text.notes(words)
    return (*text.notes(words), clocks(view, words))
