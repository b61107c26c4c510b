"""What became of every row that was read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from waveplan.domain.findings import Phrase
from waveplan.imports.tables.model import RowPlace

Fate = Literal["imported", "merged", "skipped"]


@dataclass(frozen=True, slots=True)
class Entry:
    """A row, its fate, and why where it was not imported as it stands."""

    place: RowPlace
    fate: Fate
    reason: Phrase | None = None


@dataclass(slots=True)
class Accounts:
    """Every row counted once; rows that were skipped or merged are kept up to a number, counted beyond it."""

    counts: Counter[tuple[str, str, Fate, str]] = field(default_factory=Counter)  # file, sheet, fate, reason's template
    told: list[Entry] = field(default_factory=list)
    most_told: int = 200_000

    def tell(self, place: RowPlace, fate: Fate, reason: Phrase | None = None) -> None:
        """Say what became of a row."""
        self.counts[place.file, place.sheet, fate, reason.template if reason else ""] += 1
        if fate != "imported" and len(self.told) < self.most_told:
            self.told.append(Entry(place, fate, reason))

    def rows(self) -> int:
        """How many rows were accounted for."""
        return self.counts.total()

    def by_table(self) -> Iterator[tuple[tuple[str, str], dict[Fate, int]]]:
        """(file, sheet) → rows by fate, in the order of reading."""
        tables: dict[tuple[str, str], dict[Fate, int]] = {}
        for (file, sheet, fate, _), number in self.counts.items():
            fates = tables.setdefault((file, sheet), {"imported": 0, "merged": 0, "skipped": 0})
            fates[fate] += number
        yield from tables.items()
