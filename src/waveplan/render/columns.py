"""Tables that fit: narrow screens fold what may be folded, then leave out the least important columns."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from rich.cells import cell_len
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from waveplan.render.laid_rows import LaidRows, RowCell, RowColumn
from waveplan.render.language import Language, Shown
from waveplan.render.signs import Signs
from waveplan.render.styles import PALETTE
from waveplan.render.text import folded, paragraph

_NARROWEST = 6

Sections = Sequence[tuple[Shown, int]]
"""Headings inside a table, each with the number of rows below it."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: text ready for the screen (a line break is kept), and its style."""

    text: Shown
    style: str = ""


@dataclass(frozen=True)
class Column:
    """A column and what may happen to it on a narrow screen.

    `rank` 0 always stays, the highest goes first. `fold` is the width down to which its cells may be wrapped; without
    it they never are. `short` replaces the title, `brief` the cells when the table does not fit otherwise.
    """

    title: Shown
    cells: Sequence[Cell]
    rank: int = 0
    right: bool = False
    fold: int | None = None
    short: Shown | None = None
    brief: Sequence[Cell] | None = None
    width: int = field(default=0, compare=False)

    @property
    def justify(self) -> Literal["left", "right"]:
        """Numbers stand to the right."""
        return "right" if self.right else "left"

    @property
    def heading(self) -> int:
        """Width of its title."""
        return max(cell_len(line) for line in self.title.split("\n"))

    @property
    def content(self) -> int:
        """Width of its widest cell."""
        return max((cell_len(line) for cell in self.cells for line in cell.text.split("\n")), default=0)


def words(texts: Iterable[Shown], style: str = "") -> list[Cell]:
    """Cells of one style."""
    return [Cell(text, style) for text in texts]


class LaidTable(Group):
    """A table as it was laid out, and the columns that it was made of: what is not a screen takes all of them."""

    def __init__(self, parts: Sequence[RenderableType], columns: Sequence[Column], sections: Sections) -> None:
        super().__init__(*parts)
        self.columns = columns
        self.sections = sections


def table(
    columns: Sequence[Column],
    width: int,
    language: Language,
    signs: Signs,
    *,
    sections: Sections = (),
) -> RenderableType:
    """A table that is at most `width` wide; below it, what had to be left out.

    `sections` are headings, each with the number of rows that stand below it.
    """
    filled = [column for column in columns if any(cell.text for cell in column.cells)]
    layout = fit(filled, width)
    rows = len(layout.columns[0].cells) if layout.columns else 0
    head, wide = _head(layout, signs), layout.width > width
    parts: list[RenderableType] = [head]
    if not sections:
        parts = [_with_rows(head, layout, 0, rows)] if wide else [head, _laid(layout, 0, rows)]
    row = 0
    for title, rows in sections:
        body = (
            _with_rows(_empty(layout, header=False), layout, row, row + rows)
            if wide
            else _laid(layout, row, row + rows)
        )
        parts += [Text("")] * (row > 0) + [Text(title, style=PALETTE["heading"]), body]
        row += rows
    hidden = [column.title for column in layout.hidden if column.title]  # a bar has none: its figure stands beside it
    if hidden:
        names = Shown(", ".join(hidden))
        said = language.say("Not shown at this width: {columns}.", columns=names)
        parts.append(paragraph([(said, PALETTE["quiet"])], width))
    return LaidTable(parts, filled, sections)


@dataclass(frozen=True)
class ColumnLayout:
    """Columns with their widths, the blanks between them, and the columns that found no room."""

    columns: list[Column]
    gap: int = 2
    hidden: list[Column] = field(default_factory=list)

    @property
    def width(self) -> int:
        """How wide it comes out."""
        return sum(column.width for column in self.columns) + self.gap * max(len(self.columns) - 1, 0)


def fit(columns: Sequence[Column], width: int) -> ColumnLayout:
    """Lay columns out, giving up as little as possible: long titles, air, details, lines, columns."""
    kept = list(columns)
    while True:
        tight = _abridged(kept, width)
        attempts = (_roomy(kept), _short(kept), _short(kept, 1), tight, _folded(tight, width))
        layout = next((attempt for attempt in attempts if attempt.width <= width), None)
        least = max(kept, key=lambda column: column.rank, default=None)
        if layout is None and (least is None or least.rank == 0):
            layout = _squeezed(attempts[-1], width)
        if layout is not None:
            return replace(layout, hidden=[column for column in columns if column not in kept])
        assert least is not None
        kept.remove(least)


def _roomy(columns: Sequence[Column]) -> ColumnLayout:
    return ColumnLayout([replace(column, width=max(column.content, column.heading)) for column in columns])


def _short(columns: Sequence[Column], gap: int = 2) -> ColumnLayout:
    """Short titles, wrapped between their words."""
    found = []
    for column in columns:
        title = column.short or column.title
        widest_word = max((cell_len(word) for word in title.split()), default=0)
        found.append(replace(column, title=title, width=max(column.content, widest_word)))
    return ColumnLayout(found, gap)


def _abridged(columns: Sequence[Column], width: int) -> ColumnLayout:
    """Brief cells, first in the least important columns, in as many columns as it takes."""
    layout, found = _short(columns, 1), list(columns)
    for place in sorted(range(len(found)), key=lambda each: -found[each].rank):
        brief = found[place].brief
        if layout.width > width and brief is not None:
            found[place] = replace(found[place], cells=brief)
            layout = _short(found, 1)
    return layout


def _folded(layout: ColumnLayout, width: int) -> ColumnLayout:
    """Take what is too much from the widest foldable columns, down to their smallest width."""
    widths = [column.width for column in layout.columns]
    for _ in range(layout.width - width):
        wide = [i for i, column in enumerate(layout.columns) if column.fold is not None and widths[i] > column.fold]
        if not wide:
            break
        widths[max(wide, key=lambda i: widths[i])] -= 1
    return _with_widths(layout, widths)


def _squeezed(layout: ColumnLayout, width: int) -> ColumnLayout:
    """Last resort on a very narrow screen: break even what should not be broken."""
    widths = [column.width for column in layout.columns]
    for _ in range(layout.width - width):
        if max(widths, default=0) > _NARROWEST:
            widths[widths.index(max(widths))] -= 1
    return _with_widths(layout, widths)


def _with_widths(layout: ColumnLayout, widths: Sequence[int]) -> ColumnLayout:
    columns = [replace(column, width=width) for column, width in zip(layout.columns, widths, strict=True)]
    return replace(layout, columns=columns)


def _empty(layout: ColumnLayout, *, header: bool) -> Table:
    drawn = Table(
        box=None, show_header=header, pad_edge=False, padding=(0, layout.gap, 0, 0), header_style=PALETTE["heading"]
    )
    for column in layout.columns:
        title = Text(column.title, justify=column.justify)
        drawn.add_column(title, justify=column.justify, width=column.width, overflow="fold")
    return drawn


def _head(layout: ColumnLayout, signs: Signs) -> Table:
    drawn = _empty(layout, header=True)
    drawn.add_row(*(Text(signs.rule * column.width, style=PALETTE["quiet"]) for column in layout.columns))
    return drawn


def _laid(layout: ColumnLayout, first: int, last: int) -> LaidRows:
    """Rows as they stand below the head of a table that fits."""
    columns = layout.columns
    rows = [
        [RowCell(folded(text, column.width).split("\n"), style) for text, style, column in row]
        for row in zip(
            *([(cell.text, cell.style, column) for cell in column.cells[first:last]] for column in columns), strict=True
        )
    ]
    return LaidRows([RowColumn(column.width, column.right) for column in columns], layout.gap, rows)


def _with_rows(drawn: Table, layout: ColumnLayout, first: int, last: int) -> Table:
    """Rows in the grid of the head: where not even the last resort fits, rich cuts both alike."""
    for row in zip(*(column.cells[first:last] for column in layout.columns), strict=True):
        cells = zip(row, layout.columns, strict=True)
        drawn.add_row(*(Text(folded(cell.text, column.width), style=cell.style) for cell, column in cells))
    return drawn
