"""Rows of a table whose columns have their widths: written line by line, since rich lays each cell out anew.

A runbook of sixty lots has thousands of lines; a grid of rich asks for most of the time that writing them takes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, RenderResult
from rich.measure import Measurement
from rich.segment import Segment
from rich.style import Style


@dataclass(frozen=True, slots=True)
class RowCell:
    """A cell as it stands: lines no wider than its column, and the style of all of its column's width."""

    lines: Sequence[str]
    style: str = ""


@dataclass(frozen=True, slots=True)
class RowColumn:
    """How wide a column is, and to which side its cells stand."""

    width: int
    right: bool = False


class LaidRows:
    """Rows of cells as rich's own grid would show them, with so many blanks between two columns."""

    def __init__(self, columns: Sequence[RowColumn], gap: int, rows: Sequence[Sequence[RowCell]]) -> None:
        self._columns, self._gap, self._rows = columns, " " * gap, rows

    def __rich_measure__(self, console: Console, options: ConsoleOptions) -> Measurement:
        """It has one width."""
        width = sum(column.width for column in self._columns) + len(self._gap) * max(len(self._columns) - 1, 0)
        return Measurement(width, width)

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Line after line."""
        styles = {name: console.get_style(name) for name in {cell.style for row in self._rows for cell in row}}
        for row in self._rows:
            height = max((len(cell.lines) for cell in row), default=0)
            for number in range(height):
                yield from self._line(row, number, styles)
                yield Segment.line()

    def _line(self, row: Sequence[RowCell], number: int, styles: dict[str, Style]) -> Iterator[Segment]:
        plain = ""  # what has no style of its own is one piece with the blanks beside it
        for place, (cell, column) in enumerate(zip(row, self._columns, strict=True)):
            text = _set(cell.lines[number] if number < len(cell.lines) else "", column)
            style = styles[cell.style]
            if style and number < len(cell.lines):
                yield Segment(plain)
                yield Segment(text, style)
                plain = ""
            else:
                plain += text
            plain += self._gap if place + 1 < len(row) else ""
        yield Segment(plain)


def _set(line: str, column: RowColumn) -> str:
    blanks = " " * (column.width - cell_len(line))
    return blanks + line if column.right else line + blanks
