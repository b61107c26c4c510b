"""An entry as somebody would type it, and where it was read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from waveplan.domain.findings import Phrase
from waveplan.imports.tables.model import RowPlace

Options = Mapping[str, str | list[str]]


@dataclass(frozen=True, slots=True)
class SaidEntry:
    """Words after `waveplan record FILE`, and its options by name."""

    place: RowPlace
    words: tuple[str, ...]
    options: Options = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PassedOver:
    """A row of which no entry is made, and why. What is `unclear` needs somebody to say something."""

    place: RowPlace
    why: Phrase
    unclear: bool = False


@dataclass(slots=True)
class ReadProgress:
    """All that was read: every row is in one of the two, or went into the entry of its wave."""

    said: list[SaidEntry] = field(default_factory=list)
    passed_over: list[PassedOver] = field(default_factory=list)
    rows: int = 0

    def skip(self, place: RowPlace, template: str, *, unclear: bool = False, **values: object) -> None:
        """Pass a row over."""
        self.passed_over.append(PassedOver(place, Phrase(template, values), unclear))
