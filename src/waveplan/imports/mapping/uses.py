"""One value's way from its cells to the format: columns, extraction, splitting, words, then the kind of its field."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from waveplan.domain.import_mapping import ColumnUse
from waveplan.imports.mapping.fields import WORD, FieldType
from waveplan.imports.mapping.patterns import compiled_pattern, extracted, filled, template_columns
from waveplan.imports.mapping.sheets import ColumnAt, ReadSheet
from waveplan.imports.mapping.typed import WayOfWriting, read_typed
from waveplan.imports.records import Scalar
from waveplan.imports.tables.model import CellValue
from waveplan.imports.values import (
    SEPARATORS,
    UnreadableCellError,
    folded,
    header_unit,
    is_unit,
    split_cell,
    text_of,
    word_of,
)
from waveplan.imports.values.refusals import quoted

NAME = WORD
_MOST_KNOWN = 4096
KEY_TYPES: dict[str, FieldType] = {
    "external": WORD,
    "vcenter": WORD,
    "instance": FieldType("uuid"),
    "uuid": FieldType("uuid"),
    "macs": FieldType("mac", many=True),
    "addresses": FieldType("address", many=True),
    "fqdn": FieldType("host"),
    "hostname": FieldType("host"),
}


@dataclass(frozen=True, slots=True)
class Unread:
    """A cell that could not be read, and why."""

    at: ColumnAt | None
    error: UnreadableCellError


@dataclass(slots=True)
class PreparedUse:
    """A use of columns, with the columns found in one sheet."""

    use: ColumnUse
    kind: FieldType
    columns: list[ColumnAt]
    ways: dict[int, WayOfWriting] = field(default_factory=dict)  # by index of the cell
    parts: dict[str, ColumnAt] = field(default_factory=dict)  # of a template
    pattern: re.Pattern[str] | None = None
    words: dict[str, str] = field(default_factory=dict)
    _known: dict[str, tuple[Scalar, ...]] = field(default_factory=dict)  # texts that were read before

    @property
    def place(self) -> int:
        """The column in which its values stand, 0 if they come from several or from none."""
        return self.columns[0].column if len(self.columns) == 1 and not self.parts else 0

    def values(self, cells: tuple[CellValue, ...], unread: list[Unread]) -> tuple[Scalar, ...]:
        """What a row gives for the field: one value, several where it takes many or cells are split, or none."""
        only = cells[self.columns[0].index] if len(self.columns) == 1 and not self.parts else None
        if not isinstance(only, str):
            return self._values(cells, unread)
        known = self._known.get(only)
        if known is None:
            before = len(unread)
            known = self._values(cells, unread)
            if len(unread) == before:  # what could not be read is told at every cell
                if len(self._known) >= _MOST_KNOWN:
                    self._known.clear()
                self._known[only] = known
        return known

    def _values(self, cells: tuple[CellValue, ...], unread: list[Unread]) -> tuple[Scalar, ...]:
        found: dict[Scalar, None] = {}
        try:
            for cell, at in self._origin(cells):
                for part in self._parted(cell):
                    value = self._read(part, at, unread)
                    if value is not None:
                        found[value] = None
        except UnreadableCellError as error:
            unread.append(Unread(None, error))
        if not found and self.use.default is not None:
            value = read_typed(self.use.default, self.kind)
            return () if value is None else (value,)
        return tuple(found)

    def _read(self, part: CellValue, at: ColumnAt | None, unread: list[Unread]) -> Scalar | None:
        try:
            return read_typed(self._worded(part), self.kind, self._way(at))
        except UnreadableCellError as error:
            unread.append(Unread(at, error))
            return None

    def _way(self, at: ColumnAt | None) -> WayOfWriting:
        return self.ways.get(at.index, WayOfWriting()) if at else WayOfWriting(unit=self.use.unit or "")

    def _origin(self, cells: tuple[CellValue, ...]) -> Iterator[tuple[CellValue, ColumnAt | None]]:
        use = self.use
        if use.constant is not None:
            yield use.constant, None
        elif use.template is not None:
            texts = {name: word_of(cells[at.index]) or "" for name, at in self.parts.items()}
            yield (filled(use.template, texts) if all(texts.values()) else None), None
        elif len(self.columns) > 1 and use.combine == "sum" and not self.kind.many:
            yield self._sum(cells), None
        elif len(self.columns) > 1 and use.combine == "join" and not self.kind.many:
            yield " ".join(filter(None, (word_of(cells[at.index]) for at in self.columns))), None
        elif use.combine == "first" and not self.kind.many:
            filled_in = (at for at in self.columns if word_of(cells[at.index]) is not None)
            yield from ((cells[at.index], at) for at in list(filled_in)[:1])
        else:
            yield from ((cells[at.index], at) for at in self.columns)

    def _sum(self, cells: tuple[CellValue, ...]) -> CellValue:
        """The sum of several columns, each by its own unit; in the unit of the field."""
        read = [read_typed(cells[at.index], self.kind, self._way(at)) for at in self.columns]
        numbers = [each for each in read if isinstance(each, Decimal)]
        return sum(numbers, Decimal(0)) if numbers else None

    def _parted(self, cell: CellValue) -> tuple[CellValue, ...]:
        """A cell's values as they stand in it."""
        if self.pattern is not None and word_of(cell) is not None:
            text = text_of(cell)
            cell = extracted(self.pattern, text)
            if cell is None:
                raise UnreadableCellError("'extract' finds nothing in {shown}", shown=quoted(text))
        if self.use.split or self.kind.many:
            return split_cell(cell, self.use.split or SEPARATORS)
        return (cell,)

    def _worded(self, cell: CellValue) -> CellValue:
        if not self.words:
            return cell
        text = text_of(cell)
        known = self.words.get(folded(text)) if text else None
        if known is None and word_of(cell) is not None and self.use.otherwise is not None:
            return self.use.otherwise
        return cell if known is None else known


def prepared(use: ColumnUse, kind: FieldType, sheet: ReadSheet, missing: list[str]) -> PreparedUse | None:
    """A use with its columns; names that the sheet does not have are added to `missing`. None where nothing is left."""
    names = [use.column] if use.column is not None else list(use.columns)
    parts = template_columns(use.template) if use.template is not None else []
    found = {name: sheet.find(name) for name in (*names, *parts)}
    missing += [name for name, at in found.items() if at is None]
    columns = [at for name in names if (at := found[name]) is not None]
    in_template = {name: at for name in parts if (at := found[name]) is not None}
    if (names and not columns and use.default is None) or len(in_template) < len(set(parts)):
        return None
    pattern = compiled_pattern(use.extract) if use.extract is not None else None
    words = {folded(said): meant for said, meant in use.values.items()}
    return PreparedUse(use, kind, columns, {}, in_template, pattern, words)


def unit_of(use: ColumnUse, at: ColumnAt) -> str:
    """The unit of a column's bare numbers: as the mapping says, else as its header does."""
    if use.unit is not None:
        return use.unit
    unit = header_unit(at.header)
    return unit if is_unit(unit) else ""
