"""How the columns of a sheet write numbers and days: stated by the mapping, or learnt from all their cells."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from waveplan.domain.import_mapping import ColumnUse, ImportMapping, MappedSheet
from waveplan.imports.mapping.joining import LookedUp
from waveplan.imports.mapping.sheets import ReadSheet
from waveplan.imports.mapping.typed import WayOfWriting
from waveplan.imports.mapping.uses import PreparedUse, unit_of
from waveplan.imports.tables.model import CellValue
from waveplan.imports.values import (
    DATE_ORDERS,
    DECIMAL_MARKS,
    DateOrder,
    DayEvidence,
    DecimalMark,
    NumberEvidence,
    number_part,
    split_cell,
)


@dataclass(frozen=True, slots=True)
class StatedWays:
    """What was stated with the command: it comes before the mapping, but for what that says of one column."""

    decimal: DecimalMark | None = None
    date_order: DateOrder | None = None


@dataclass(frozen=True, slots=True)
class Stating:
    """All who may state how a column is written."""

    mapped: MappedSheet
    mapping: ImportMapping
    stated: StatedWays

    def decimal(self, use: ColumnUse) -> DecimalMark | None:
        """The decimal mark of a use's columns, if anybody states it."""
        return use.decimal or self.stated.decimal or self.mapped.decimal or self.mapping.decimal

    def order(self, use: ColumnUse) -> DateOrder | None:
        """The order of a use's days, if anybody states it."""
        return use.date_order or self.stated.date_order or self.mapped.date_order or self.mapping.date_order


@dataclass(slots=True)
class _Seen:
    """What cells say, by the index of their column in a row."""

    numbers: dict[int, NumberEvidence] = field(default_factory=dict)
    days: dict[int, DayEvidence] = field(default_factory=dict)

    def see(self, cells: Sequence[CellValue], start: int = 0) -> None:
        """Learn from cells, the first of which has the index `start`."""
        for index, of_numbers in self.numbers.items():
            if start <= index < start + len(cells) and isinstance(cell := cells[index - start], str):
                of_numbers.see_cell(number_part(cell))
        for index, of_days in self.days.items():
            if start <= index < start + len(cells) and isinstance(cell := cells[index - start], str):
                for part in split_cell(cell, (";", "\n", "|")):
                    of_days.see_cell(part)


def learn_ways(uses: Iterable[PreparedUse], sheet: ReadSheet, joins: Sequence[LookedUp], stating: Stating) -> None:
    """Give every use the ways of its columns; the sheet's rows are read once more where they have to say."""
    uses = list(uses)
    seen = _Seen()
    for use in uses:
        for at in use.columns:
            if use.kind.writes_numbers and stating.decimal(use.use) is None:
                seen.numbers.setdefault(at.index, NumberEvidence())
            if use.kind.form == "day" and stating.order(use.use) is None:
                seen.days.setdefault(at.index, DayEvidence())
    if any(index < len(sheet.columns.names) for index in (*seen.numbers, *seen.days)):
        for row in sheet.rows():
            seen.see(row.cells[: len(sheet.columns.names)])
    for join in joins:
        for cells in join.rows.values():
            seen.see(cells, join.start)
    for use in uses:
        decimal, order = stating.decimal(use.use), stating.order(use.use)
        for at in use.columns:
            numbers, days = seen.numbers.get(at.index), seen.days.get(at.index)
            marks = (decimal,) if decimal else numbers.possible if numbers else DECIMAL_MARKS
            orders = (order,) if order else days.possible if days else DATE_ORDERS
            use.ways[at.index] = WayOfWriting(marks, orders, unit_of(use.use, at))
