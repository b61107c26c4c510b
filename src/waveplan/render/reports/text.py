"""A report on the terminal."""

from __future__ import annotations

from rich.console import RenderableType
from rich.text import Text

from waveplan.render.columns import Column, table, words
from waveplan.render.language import Language
from waveplan.render.reports.document import Report, ReportPart, in_words
from waveplan.render.signs import UNICODE, Signs
from waveplan.render.styles import PALETTE
from waveplan.render.text import paragraph


def report_view(report: Report, language: Language, width: int, signs: Signs = UNICODE) -> list[RenderableType]:
    """Title, summary and tables, at most `width` wide."""
    shown: list[RenderableType] = [paragraph([(report.title, PALETTE["title"])], width)]
    shown += [paragraph([(line, "")], width) for line in report.summary]
    for part in report.parts:
        shown += [Text(""), Text(part.title, style=PALETTE["heading"]), _table(part, language, width, signs)]
        if part.note:
            shown.append(paragraph([(part.note, PALETTE["quiet"])], width))
    return shown


def _table(part: ReportPart, language: Language, width: int, signs: Signs) -> RenderableType:
    if not part.rows:
        return paragraph([(part.nothing, PALETTE["quiet"])], width)
    columns = [
        Column(
            field.title,
            words([in_words(row[place], field, language) for row in part.rows]),
            right=field.right,
            rank=field.rank,
            fold=field.fold,
        )
        for place, field in enumerate(part.fields)
    ]
    return table(columns, width, language, signs)
