"""What became of every row that was read."""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from waveplan.domain.findings import Phrase
from waveplan.imports.tables.model import RowPlace

Fate = Literal["imported", "merged", "skipped"]
_Group = tuple[str, str, Fate, str]  # file, sheet, fate, reason as text: phrases of one template all have one hash


@dataclass(frozen=True, slots=True)
class Entry:
    """A row, its fate, and why where it was not imported as it stands."""

    place: RowPlace
    fate: Fate
    reason: Phrase | None = None


@dataclass(slots=True)
class Accounts:
    """Every row, in four bytes each: rows of one fate and one reason are kept as numbers."""

    _rows: dict[_Group, array[int]] = field(default_factory=dict)
    _reasons: dict[str, Phrase] = field(default_factory=dict)  # by text

    def tell(self, place: RowPlace, fate: Fate, reason: Phrase | None = None) -> None:
        """Say what became of a row."""
        text = "" if reason is None else str(reason)
        if reason is not None:
            self._reasons.setdefault(text, reason)
        group = (place.file, place.sheet, fate, text)
        rows = self._rows.get(group)
        if rows is None:
            rows = self._rows[group] = array("L")
        rows.append(place.row)

    def rows(self) -> int:
        """How many rows were accounted for."""
        return sum(map(len, self._rows.values()))

    def entries(self) -> Iterator[Entry]:
        """Every row with its fate, file by file and sheet by sheet in the order of reading, rows in their order."""
        tables: dict[tuple[str, str], list[_Group]] = {}
        for group in self._rows:
            tables.setdefault(group[:2], []).append(group)
        for (file, sheet), groups in tables.items():
            numbered = [(row, group) for group in groups for row in self._rows[group]]
            for row, group in sorted(numbered, key=lambda each: each[0]):
                yield Entry(RowPlace(file, sheet, row), group[2], self._reasons.get(group[3]))

    def by_table(self) -> Iterator[tuple[tuple[str, str], dict[Fate, int]]]:
        """(file, sheet) → rows by fate, in the order of reading."""
        tables: dict[tuple[str, str], dict[Fate, int]] = {}
        for (file, sheet, fate, _), rows in self._rows.items():
            fates = tables.setdefault((file, sheet), {"imported": 0, "merged": 0, "skipped": 0})
            fates[fate] += len(rows)
        yield from tables.items()

    def reasons(self) -> Iterator[tuple[Entry, int]]:
        """The first row of each fate and reason in a sheet, and how many there are, in the order of reading."""
        for (file, sheet, fate, text), rows in self._rows.items():
            yield Entry(RowPlace(file, sheet, min(rows)), fate, self._reasons.get(text)), len(rows)
