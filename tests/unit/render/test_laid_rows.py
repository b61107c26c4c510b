"""Rows that are written line by line look as rich's own grid would show them, to the last byte."""

from __future__ import annotations

import io
import random

import pytest
from rich.console import Console
from rich.measure import Measurement
from rich.table import Table
from rich.text import Text

from waveplan.render.console import write
from waveplan.render.laid_rows import LaidRows, RowCell, RowColumn

_STYLES = ("", "bold", "red", "on yellow", "dim underline")


def _shown(drawn: LaidRows | Table, width: int) -> str:
    file = io.StringIO()
    console = Console(file=file, width=width, force_terminal=True, color_system="256", highlight=False)
    write(console, [drawn])
    return file.getvalue()


def _drawn(seed: int) -> tuple[LaidRows, Table, int]:
    chance = random.Random(seed)
    gap = chance.randint(1, 2)
    columns = [RowColumn(chance.randint(1, 12), chance.random() < 0.4) for _ in range(chance.randint(1, 6))]
    grid = Table(box=None, show_header=False, pad_edge=False, padding=(0, gap, 0, 0))
    for column in columns:
        grid.add_column(justify="right" if column.right else "left", width=column.width, overflow="fold")
    rows = []
    for _ in range(chance.randint(0, 6)):
        row = []
        for column in columns:
            words = ("abcdefghijkl", "é█", "界界界界界界", "")
            lines = [chance.choice(words)[: column.width // 2] for _ in range(chance.choice((1, 1, 2, 3)))]
            row.append(RowCell(lines, chance.choice(_STYLES)))
        grid.add_row(*(Text("\n".join(cell.lines), style=cell.style) for cell in row))
        rows.append(row)
    return LaidRows(columns, gap, rows), grid, sum(column.width for column in columns) + gap * (len(columns) - 1)


@pytest.mark.parametrize("seed", range(60))
def test_they_are_what_a_grid_shows(seed: int) -> None:
    laid, grid, width = _drawn(seed)

    assert _shown(laid, width + 3) == _shown(grid, width + 3)


def test_they_are_as_wide_as_their_columns() -> None:
    laid, _, width = _drawn(3)
    console = Console(width=200, file=io.StringIO())

    assert Measurement.get(console, console.options, laid) == Measurement(width, width)
