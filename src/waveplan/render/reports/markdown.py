"""A report as Markdown, for wikis and merge requests."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from waveplan.render.language import Language
from waveplan.render.reports.document import Report, ReportPart, in_words

_SIGNS = re.compile(r"([\\`*_\[\]<>|#])")


def report_markdown(report: Report, language: Language) -> str:
    """Title, summary as a list, and a heading with a table for each part."""
    lines = [f"# {_plain(report.title)}", "", *(f"- {_plain(line)}" for line in report.summary)]
    for part in report.parts:
        lines += ["", f"## {_plain(part.title)}", "", *_table(part, language)]
        lines += ["", _plain(part.note)] if part.note else []
    return "\n".join(lines) + "\n"


def _table(part: ReportPart, language: Language) -> Iterator[str]:
    if not part.rows:
        yield _plain(part.nothing)
        return
    yield _row(field.title for field in part.fields)
    yield _row_of("---:" if field.right else "---" for field in part.fields)
    for row in part.rows:
        yield _row(in_words(value, field, language) for value, field in zip(row, part.fields, strict=True))


def _row(cells: Iterable[str]) -> str:
    return _row_of(_plain(cell) for cell in cells)


def _row_of(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _plain(text: str) -> str:
    """Text that Markdown shows as it stands, on one line."""
    return _SIGNS.sub(r"\\\1", " ".join(text.split("\n")))
