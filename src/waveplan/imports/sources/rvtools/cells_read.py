"""Cells of a sheet by field, with what is to be told of those that cannot be read."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from decimal import Decimal

from waveplan.domain.findings import Finding, Phrase
from waveplan.imports.records import located
from waveplan.imports.sources.rvtools.sheets import ExportedSheet
from waveplan.imports.tables.model import CellValue, Row
from waveplan.imports.values import UnreadableCellError, number_readings, read_number, text_of

_MOST_TOLD = 10  # of one column
LARGEST = 10**9  # a thousand TB in MiB
_EMPTY = "VM"  # what RVTools writes into cells of columns that it could not fill


@dataclass(slots=True)
class Cells:
    """The cells of one sheet's rows."""

    sheet: ExportedSheet
    findings: list[Finding]
    unread: Counter[int] = field(default_factory=Counter)  # by column

    def index(self, name: str) -> int | None:
        """The index of a field's column."""
        return self.sheet.positions.get(name)

    def column(self, name: str) -> int:
        """The same from 1; 0 where there is none."""
        index = self.sheet.positions.get(name)
        return 0 if index is None else index + 1

    def raw(self, row: Row, name: str) -> CellValue:
        """A cell as it is; None for one that holds nothing but `VM`."""
        index = self.sheet.positions.get(name)
        if index is None or index >= len(row.cells):
            return None
        value = row.cells[index]
        return None if value == _EMPTY else value

    def text(self, row: Row, name: str) -> str:
        """A cell as text of one line."""
        value = self.raw(row, name)
        if value is None:
            return ""
        if not isinstance(value, str):
            return text_of(value)
        return value.strip() if value.isprintable() else " ".join(value.split())

    def says_yes(self, row: Row, name: str) -> bool:
        """Whether a cell says yes: what it says else is no."""
        return self.text(row, name).lower() in {"true", "1", "yes", "vrai", "wahr", "oui", "ja", "verdadero", "vero"}

    def whole(self, row: Row, name: str, most: int = LARGEST) -> Decimal | None:
        """A whole number, which RVTools writes with marks between thousands in some countries; what is none is told.

        One below 0 says that there is no limit, or that nobody knows; one above `most` is no size of a machine.
        """
        number = self._number(row, name)
        if number is None or number < 0:
            return None
        if number > most:
            self._tell(row, name, Phrase("{number} is too large", {"number": f"{number:.3g}"}))
            return None
        return number

    def _number(self, row: Row, name: str) -> Decimal | None:
        value = self.raw(row, name)
        if isinstance(value, Decimal):
            return value
        try:
            if isinstance(value, str) and (readings := number_readings(text_of(value))):
                number = next((each for each in readings.values() if each == each.to_integral_value()), None)
                return number if number is not None else next(iter(readings.values()))
            return read_number(value)
        except UnreadableCellError as error:
            self._tell(row, name, error.phrase)
            return None

    def _tell(self, row: Row, name: str, why: Phrase) -> None:
        column = self.column(name)
        self.unread[column] += 1
        if self.unread[column] > _MOST_TOLD:
            return
        self.findings.append(
            Finding(
                code="WP503",
                template="a value of column {column} is left out: {why}",
                values={"column": self.sheet.columns.names[column - 1], "why": why},
                severity="warning",
                location=located(row.place, column),
            )
        )

    def tell_rest(self) -> None:
        """How many more cells of a column could not be read."""
        for column, number in sorted(self.unread.items()):
            if number > _MOST_TOLD:
                self.findings.append(
                    Finding(
                        code="WP503",
                        template="{number} more values of column {column} cannot be read",
                        values={"number": number - _MOST_TOLD, "column": self.sheet.columns.names[column - 1]},
                        severity="warning",
                        location=located(self.sheet.columns.place, column),
                    )
                )
