"""What a table is to those who read one: rows of cells, each with its place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Protocol

CellValue = str | Decimal | bool | date | datetime | None
"""What a cell holds; delimited text has only text, empty cells are None."""


@dataclass(frozen=True, slots=True, order=True)
class RowPlace:
    """Where a row stands; rows count from 1 as the spreadsheet or the text file counts them."""

    file: str
    sheet: str = ""  # empty for delimited text
    row: int = 1


@dataclass(frozen=True, slots=True)
class Row:
    """A row that is not empty."""

    place: RowPlace
    cells: tuple[CellValue, ...]


class Table(Protocol):
    """A sheet, or a file of delimited text."""

    @property
    def file(self) -> str:
        """The file as it was named."""

    @property
    def sheet(self) -> str:
        """The sheet's name; empty for delimited text."""

    def rows(self) -> Iterator[Row]:
        """Every row that is not empty, the header's too, in order; read as they are asked for."""
