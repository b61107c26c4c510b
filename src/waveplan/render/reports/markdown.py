"""A report as Markdown, for wikis and merge requests."""

from __future__ import annotations

from collections.abc import Iterator

from waveplan.render.language import Language
from waveplan.render.markdown import heads, plain, row_of
from waveplan.render.reports.document import Report, ReportPart, in_words


def report_markdown(report: Report, language: Language) -> str:
    """Title, summary as a list, and a heading with a table for each part."""
    lines = [f"# {plain(report.title)}", "", *(f"- {plain(line)}" for line in report.summary)]
    for part in report.parts:
        lines += ["", f"## {plain(part.title)}", "", *_table(part, language)]
        lines += ["", plain(part.note)] if part.note else []
    return "\n".join(lines) + "\n"


def _table(part: ReportPart, language: Language) -> Iterator[str]:
    if not part.rows:
        yield plain(part.nothing)
        return
    yield from heads((field.title, field.right) for field in part.fields)
    for row in part.rows:
        yield row_of(plain(in_words(value, field, language)) for value, field in zip(row, part.fields, strict=True))
