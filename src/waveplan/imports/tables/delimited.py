"""Delimited text as a table, read as a stream: a file of any size takes the memory of one row."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO, TextIO

from waveplan.imports.tables.delimiters import delimiter_of, stated_delimiter
from waveplan.imports.tables.encodings import SAMPLE, encoding_of
from waveplan.imports.tables.limits import LIMITS, MEGABYTE, ReadingLimits
from waveplan.imports.tables.model import Row, RowPlace
from waveplan.imports.tables.refusals import not_read
from waveplan.imports.tables.stored import Stored

_SAMPLED_CHARACTERS = 100_000
_NOT_TEXT = "it is not text: it holds bytes that are zero"


@dataclass(frozen=True, slots=True)
class DelimitedTable:
    """A CSV file, or another whose cells are divided by a character."""

    stored: Stored
    encoding: str
    errors: str
    delimiter: str
    limits: ReadingLimits = LIMITS

    @property
    def file(self) -> str:
        """The file as it was named."""
        return self.stored.name

    @property
    def sheet(self) -> str:
        """Delimited text has none."""
        return ""

    def rows(self) -> Iterator[Row]:
        """Every row that is not empty; a row that has several lines counts from its first one.

        Raises UnreadableInputError for a cell or a line that is too long, and for zeros.
        """
        csv.field_size_limit(self.limits.cell)
        with self.stored.open() as binary, _text(binary, self.encoding, self.errors) as text:
            reader = csv.reader(_lines(text, self.stored.name), delimiter=self.delimiter, skipinitialspace=True)
            first = 1
            try:
                for cells in reader:
                    if any(cells) and not (first == 1 and stated_delimiter(self.delimiter.join(cells))):
                        yield Row(RowPlace(self.file, "", first), tuple(cell or None for cell in cells))
                    first = reader.line_num + 1
            except csv.Error:
                raise not_read(
                    self.file,
                    "a cell in row {row} has more than {most} million characters: is a quotation mark left open there?",
                    row=first,
                    most=self.limits.cell // MEGABYTE,
                ) from None


def delimited(stored: Stored, limits: ReadingLimits = LIMITS) -> DelimitedTable:
    """A text file as a table. Raises UnreadableInputError when it is no text."""
    start = stored.start(SAMPLE)
    if not start:
        raise not_read(stored.name, "the file is empty")
    found = encoding_of(start)
    if found is None:
        raise not_read(stored.name, _NOT_TEXT)
    encoding, errors = found
    sample = start.decode(encoding, errors if len(start) < SAMPLE else "replace")[:_SAMPLED_CHARACTERS]
    _refuse_binary(sample, stored.name)
    csv.field_size_limit(limits.cell)
    whole = sample if len(sample) < _SAMPLED_CHARACTERS else sample[: sample.rfind("\n") + 1] or sample
    delimiter = stated_delimiter(whole.split("\n", 1)[0]) or delimiter_of(whole)
    return DelimitedTable(stored, encoding, errors, delimiter, limits)


def _text(binary: BinaryIO, encoding: str, errors: str) -> TextIO:
    return io.TextIOWrapper(binary, encoding=encoding, errors=errors, newline="")


def _lines(text: TextIO, name: str) -> Iterator[str]:
    """Lines as the file has them; one without an end does not fill the memory."""
    while line := text.readline(LIMITS.cell):
        if "\0" in line:
            raise not_read(name, _NOT_TEXT)
        if len(line) >= LIMITS.cell:
            raise not_read(name, "a line has more than {most} million characters", most=LIMITS.cell // MEGABYTE)
        yield line


def _refuse_binary(sample: str, name: str) -> None:
    """Refuse what is no table: control characters that no text has, by number."""
    odd = sum(character < " " and character not in "\t\n\r\f\v" for character in sample)
    if odd > 10 and odd * 50 > len(sample):
        raise not_read(name, "it is not text, whatever its name says")
