"""Runbooks as reports: what is done before, in and after a window, who is told, who watches, what a rollback takes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from waveplan.domain.wave_runbooks import WaveRunbook
from waveplan.render.language import Language
from waveplan.render.reports.document import Report, ReportPart
from waveplan.render.reports.runbook_around import AroundParts
from waveplan.render.reports.runbook_window import WindowParts


def runbook_report(runbooks: Sequence[WaveRunbook], programme: str, language: Language) -> Report:
    """One runbook, or several one after the other."""
    title = language.say("Runbooks of {programme}", programme=programme)
    if len(runbooks) == 1:
        title = language.say("Runbook of {wave}: {day}", wave=_whose(runbooks[0]), day=language.day(runbooks[0].date))
    parts = [part for each in runbooks for part in _parts(each, language, several=len(runbooks) > 1)]
    note = language.say("Times are by the clocks of the window's zone; days after the first one are counted (+1).")
    return Report(title, (note,), tuple(parts))


def _whose(runbook: WaveRunbook) -> str:
    return runbook.label if runbook.lot is None else f"{runbook.label}, {runbook.lot}"


def _parts(book: WaveRunbook, language: Language, *, several: bool) -> Iterator[ReportPart]:
    window, around = WindowParts(book, language, several=several), AroundParts(book, language, several=several)
    yield from window.in_short()
    yield from around.first()
    yield from window.all()
    yield from around.last()
