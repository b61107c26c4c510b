"""Which rows are taken, by what their cells say."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from waveplan.domain.findings import Phrase
from waveplan.domain.import_mapping import Wanted
from waveplan.imports.mapping.patterns import matches
from waveplan.imports.mapping.sheets import ColumnAt, ReadSheet
from waveplan.imports.tables.model import CellValue
from waveplan.imports.values import text_of


@dataclass(slots=True)
class RowFilters:
    """Columns and the words that they must say, or must not."""

    wanted: list[tuple[ColumnAt, list[str]]]
    unwanted: list[tuple[ColumnAt, list[str]]]

    @classmethod
    def of(cls, when: Wanted, unless: Wanted, sheet: ReadSheet, missing: list[str]) -> RowFilters:
        """Filters with their columns; what the sheet does not have is noted, and filters nothing."""
        return cls(_found(when, sheet, missing), _found(unless, sheet, missing))

    def against(self, cells: tuple[CellValue, ...]) -> Phrase | None:
        """Why a row is not taken: a few sentences for any number of rows, so what their cells say is not in them."""
        for at, words in self.wanted:
            text = text_of(cells[at.index])
            if not any(matches(text, each) for each in words):
                values = {"column": at.header, "words": ", ".join(words)}
                return Phrase("the mapping takes rows whose '{column}' is {words}", values)
        for at, words in self.unwanted:
            text = text_of(cells[at.index])
            left_out = next((each for each in words if matches(text, each)), None)
            if left_out is not None:
                values = {"column": at.header, "word": left_out}
                return Phrase("the mapping leaves out rows whose '{column}' is {word}", values)
        return None

    def columns(self) -> Iterator[ColumnAt]:
        """The columns they look at."""
        return (at for at, _ in (*self.wanted, *self.unwanted))


def _found(given: Wanted, sheet: ReadSheet, missing: list[str]) -> list[tuple[ColumnAt, list[str]]]:
    found = []
    for name, words in given.items():
        at = sheet.find(name)
        if at is None:
            missing.append(name)
        else:
            found.append((at, [words] if isinstance(words, str) else list(words)))
    return found
