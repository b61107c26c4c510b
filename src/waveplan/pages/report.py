"""The page of any report that is a summary and tables."""

from __future__ import annotations

from waveplan.pages.tables import table_of
from waveplan.pages.writing import page
from waveplan.render.language import Language
from waveplan.render.reports.document import Report


def report_page(report: Report, language: Language) -> str:
    """Title, summary and tables as one HTML file: without a script, and plain enough for word processors."""
    tables = [table_of(part, language) for part in report.parts]
    return page("report.html.j2", language, scripted=False, report=report, tables=tables)
