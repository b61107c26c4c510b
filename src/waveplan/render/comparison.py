"""Plans side by side: a column each, rows in groups; more tables when plans are too many for the width."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len
from rich.console import RenderableType
from rich.text import Text

from waveplan.domain.figures import Compared, Comparison
from waveplan.render.columns import Column, table, words
from waveplan.render.comparison_rows import Section, sections_of
from waveplan.render.language import BLANK, Language, Shown, safe
from waveplan.render.page import SMALLEST_WIDTH
from waveplan.render.signs import UNICODE, Signs
from waveplan.render.styles import PALETTE
from waveplan.render.text import folded, paragraph

_NARROW_LABELS = 16
_HEADING = 16


def comparison_view(
    comparison: Comparison, language: Language, width: int = 80, signs: Signs = UNICODE
) -> list[RenderableType]:
    """The table, or as many as the width asks for, and below it what the columns are."""
    width = max(width, SMALLEST_WIDTH)
    sections = sections_of(comparison.columns, language, signs)
    plans = [_plan_column(column, number, sections) for number, column in enumerate(comparison.columns)]
    labels = Column(BLANK, words(row.label for section in sections for row in section.rows), fold=_NARROW_LABELS)
    heads = [(section.title, len(section.rows)) for section in sections]
    views: list[RenderableType] = []
    for group in _groups(plans, labels, width):
        views += [Text("")] * bool(views) + [table([labels, *group], width, language, signs, sections=heads)]
    names = [_named(column, width) for column in comparison.columns if column.name]
    return [*views, *([Text("")] * bool(names)), *names]


def _plan_column(column: Compared, number: int, sections: Sequence[Section]) -> Column:
    rows = [row for section in sections for row in section.rows]
    return Column(
        Shown(folded(safe(column.id), _HEADING)),
        [row.cells[number] for row in rows],
        right=True,
        brief=[row.brief[number] for row in rows],
    )


def _groups(plans: Sequence[Column], labels: Column, width: int) -> list[list[Column]]:
    """Plans table by table: all in one if that is possible at all, with brief cells and wrapped labels if need be."""
    room = width - min(labels.content, _NARROW_LABELS)
    groups: list[list[Column]] = [[]]
    taken = 0
    for column in plans:
        cells = [line for cell in column.brief or column.cells for line in cell.text.split("\n")]
        need = 1 + max(column.heading, *(cell_len(line) for line in cells))
        if groups[-1] and taken + need > room:
            groups.append([])
            taken = 0
        groups[-1].append(column)
        taken += need
    return groups


def _named(column: Compared, width: int) -> Text:
    return paragraph([(safe(column.id), PALETTE["heading"]), (f" {safe(column.name)}", PALETTE["quiet"])], width)
