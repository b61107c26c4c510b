"""Runbooks as one HTML page: read on a phone, at night, without a network and without a script."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from waveplan.change_calendar.spans import instant
from waveplan.domain.nights import ScheduledTask
from waveplan.domain.wave_runbooks import WaveRunbook
from waveplan.pages.writing import night_page
from waveplan.render.language import Language, Shown
from waveplan.render.reports.document import ReportPart, in_words
from waveplan.render.reports.runbook import runbook_report
from waveplan.render.runbooks import clock_of, criticality_of, kind_words, reached, told, who

_QUARTER = 15
_WIDE, _ROW = 10, 14  # units of a quarter of an hour, and of a bar


@dataclass(frozen=True, slots=True)
class NightRow:
    """A task as a line of the page."""

    number: int
    id: str
    start: Shown
    end: Shown
    name: Shown
    who: Shown
    person: Shown  # by name, with a phone where there is one
    kind: Shown
    slack: Shown
    critical: bool
    evidence: Shown
    criteria: tuple[Shown, ...]
    turn: bool  # a decision or a checkpoint


@dataclass(frozen=True, slots=True)
class NightView:
    """One runbook as the page shows it."""

    label: str
    anchor: str
    day: Shown
    facts: tuple[tuple[Shown, Shown], ...]
    rows: tuple[NightRow, ...]
    bars: Markup
    tables: tuple[tuple[Shown, tuple[Shown, ...], tuple[tuple[Shown, ...], ...], Shown], ...]


def runbook_page(runbooks: Sequence[WaveRunbook], programme: str, language: Language) -> str:
    """One page for one or several waves; the same runbooks give the same bytes."""
    title = language.say("Runbooks of {programme}", programme=programme)
    views = [_view(book, programme, language, number) for number, book in enumerate(runbooks, 1)]
    return night_page(language, title=title, nights=views)


def _view(book: WaveRunbook, programme: str, language: Language, number: int) -> NightView:
    parts = runbook_report([book], programme, language).parts
    facts, tables = parts[0], [part for part in parts[1:] if part.in_csv]
    window = language.say("The window, task by task")
    return NightView(
        label=book.label if book.lot is None else f"{book.label}, {book.lot}",
        anchor=f"n{number}",
        day=language.day(book.date),
        facts=tuple(
            (in_words(row[0], facts.fields[0], language), in_words(row[1], facts.fields[1], language))
            for row in facts.rows
        ),
        rows=tuple(_rows(book, language)),
        bars=bars_svg(book, language),
        tables=tuple(_table(part, language) for part in tables if part.title != window),
    )


def _rows(book: WaveRunbook, language: Language) -> Iterator[NightRow]:
    first = book.night.night.start.date()
    for each in book.night.tasks:
        yield NightRow(
            number=each.task.number,
            id=each.task.id,
            start=clock_of(each.start.astimezone(book.night.night.start.tzinfo), first),
            end=clock_of(each.end.astimezone(book.night.night.start.tzinfo), first),
            name=told(language, each.task.name),
            who=who(language, each.task.owner, each.seats),
            person=reached(language, book.people_of(each)),
            kind=kind_words(language, each.task.kind),
            slack=criticality_of(each, language),
            critical=each.critical,
            evidence=told(language, each.task.evidence),
            criteria=tuple(told(language, criterion) for criterion in each.task.criteria),
            turn=each.task.is_point,
        )


def _table(
    part: ReportPart, language: Language
) -> tuple[Shown, tuple[Shown, ...], tuple[tuple[Shown, ...], ...], Shown]:
    rows = tuple(
        tuple(in_words(value, field, language) for value, field in zip(row, part.fields, strict=True))
        for row in part.rows
    )
    return part.title, tuple(field.title for field in part.fields), rows, part.nothing


def bars_svg(book: WaveRunbook, language: Language) -> Markup:
    """The night by quarters of an hour: a bar for each task that takes time, the hours over them."""
    lasting = [each for each in book.night.tasks if each.task.minutes]
    if not lasting:
        return Markup("")
    start = book.night.night.start
    quarters = -(-book.night.value // _QUARTER)
    width, height = quarters * _WIDE + 28, len(lasting) * _ROW + 24
    label = language.say("The window by quarters of an hour")
    pieces = [f'<svg viewBox="0 0 {width} {height}" width="{width}" height="{height}" role="img">']
    pieces += [f"<title>{Markup.escape(label)}</title>", *_hours(start, quarters, height)]
    pieces += [piece for row, each in enumerate(lasting) for piece in _bar(each, start, row)]
    return Markup("".join([*pieces, "</svg>"]))


def _hours(start: dt.datetime, quarters: int, height: int) -> Iterator[str]:
    """A line at each quarter, a stronger one with the clock at each hour of the night."""
    for quarter in range(quarters + 1):
        left = 28 + quarter * _WIDE
        hour = quarter % 4 == 0
        yield f'<line x1="{left}" y1="16" x2="{left}" y2="{height}" class="{"hour" if hour else "quarter"}"/>'
        if hour:
            here = (instant(start) + dt.timedelta(minutes=quarter * _QUARTER)).astimezone(start.tzinfo)
            yield f'<text x="{left + 1}" y="11">{here:%H:%M}</text>'


def _bar(each: ScheduledTask, start: dt.datetime, row: int) -> Iterator[str]:
    begin, end = (int((instant(when) - instant(start)).total_seconds()) // 60 for when in (each.start, each.end))
    top = 20 + row * _ROW
    left, wide = 28 + begin * _WIDE / _QUARTER, max(1.0, (end - begin) * _WIDE / _QUARTER)
    kind = "critical" if each.critical else "easy"
    yield f'<text x="24" y="{top + 9}" class="no">{each.task.number}</text>'
    yield f'<rect x="{left:.1f}" y="{top}" width="{wide:.1f}" height="10" rx="2" class="{kind}">'
    yield f"<title>{Markup.escape(each.task.id)}</title></rect>"
