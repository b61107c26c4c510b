"""Runbooks as a workbook: all tasks, the bars of each night, then each table of the report."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Any

from waveplan.change_calendar.spans import instant
from waveplan.domain.wave_runbooks import WaveRunbook
from waveplan.export.report_xlsx import NightBars, ReportSheet, dump_report_xlsx
from waveplan.render.language import Language
from waveplan.render.reports.document import ReportPart
from waveplan.render.reports.runbook import runbook_report
from waveplan.render.reports.runbook_table import runbook_table
from waveplan.render.runbooks import told


def runbook_workbook(runbooks: Sequence[WaveRunbook], programme: str, language: Language) -> bytes:
    """The workbook; its date is that of the first wave, so that the same runbooks give the same bytes."""
    first = min((book.date for book in runbooks), default=dt.date(1970, 1, 1))
    tables = list(_tables(runbooks, programme, language))
    return dump_report_xlsx(tables, dt.datetime.combine(first, dt.time(), dt.UTC))


def _tables(runbooks: Sequence[WaveRunbook], programme: str, language: Language) -> Iterator[ReportSheet | NightBars]:
    for part in runbook_table(runbooks, programme, language).parts:
        yield _table(part)
    for book in runbooks:
        yield _bars(book, language)
    for part in runbook_report(runbooks, programme, language).parts:
        if part.in_csv and part.rows:
            yield _table(part)


def _table(part: ReportPart) -> ReportSheet:
    rows = tuple(tuple(_cell(value) for value in row) for row in part.rows)
    return ReportSheet(str(part.title), tuple(str(field.title) for field in part.fields), rows)


def _cell(value: Any) -> Any:
    return str(value) if isinstance(value, str) else value


def _bars(book: WaveRunbook, language: Language) -> NightBars:
    start = instant(book.night.night.start)
    bars = []
    for each in book.night.tasks:
        if each.task.minutes:
            begin, end = (int((instant(when) - start).total_seconds()) // 60 for when in (each.start, each.end))
            bars.append((each.task.number, str(told(language, each.task.name)), begin, end, each.critical))
    say = language.say
    name = str(say("Bars {wave}", wave=book.label))
    return NightBars(name, book.night.night.start, (str(say("No.")), str(say("Task"))), tuple(bars))
