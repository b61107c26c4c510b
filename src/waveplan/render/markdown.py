"""Views as Markdown, for wikis and the comments of merge requests."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from rich.console import Group, RenderableType
from rich.text import Text

from waveplan.render.columns import Column, LaidTable
from waveplan.render.styles import PALETTE

_SIGNS = re.compile(r"([\\`*_\[\]<>|#~])")

_STRONG = {PALETTE["title"], PALETTE["heading"]}


def plain(text: str) -> str:
    """Text that Markdown shows as it stands, on one line."""
    return _SIGNS.sub(r"\\\1", " ".join(text.split("\n")))


def row_of(cells: Iterable[str]) -> str:
    """A row of a table."""
    return f"| {' | '.join(cells)} |"


def heads(columns: Iterable[tuple[str, bool]]) -> list[str]:
    """The two lines above the rows of a table: titles, and for each whether it stands to the right."""
    named = list(columns)
    return [row_of(plain(title) for title, _ in named), row_of("---:" if right else "---" for _, right in named)]


def view_markdown(renderables: Iterable[RenderableType]) -> str:
    """A view of texts and tables: tables whole, whatever the width, and texts line by line."""
    blocks = [block for renderable in renderables for block in _blocks(renderable)]
    return "\n\n".join(blocks) + "\n"


def _blocks(renderable: RenderableType) -> Iterator[str]:
    if isinstance(renderable, LaidTable):
        yield from _tables(renderable)
    elif isinstance(renderable, Group):
        for part in renderable.renderables:
            yield from _blocks(part)
    elif isinstance(renderable, Text | str):
        lines = [plain(line) for line in str(renderable).strip("\n").split("\n")]
        if any(lines):
            text = "  \n".join(lines)
            yield f"**{text}**" if isinstance(renderable, Text) and renderable.style in _STRONG else text
    else:  # a view that is drawn has no Markdown, and nothing of it may be lost without a word
        raise TypeError(f"{type(renderable).__name__} has no Markdown")


def _tables(laid: LaidTable) -> Iterator[str]:
    rows = len(laid.columns[0].cells) if laid.columns else 0
    first = 0
    for title, number in laid.sections or (("", rows),):
        if title:
            yield f"**{plain(title)}**"
        if laid.columns:
            yield "\n".join(_table(laid.columns, first, first + number))
        first += number


def _table(columns: Sequence[Column], first: int, last: int) -> Iterator[str]:
    yield from heads((column.title, column.right) for column in columns)
    for row in range(first, last):
        yield row_of("<br>".join(plain(line) for line in column.cells[row].text.split("\n")) for column in columns)
