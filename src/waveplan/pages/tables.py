"""Tables of a page: cells that know their words, what they are sorted by, and where they lead."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from waveplan.render.language import BLANK, Language, Shown, safe
from waveplan.render.reports.document import Field, ReportPart, Value, in_words

_BROAD = 48  # characters of a cell that a column may want to show in one line
_AIR = 4


@dataclass(frozen=True, slots=True)
class PageCell:
    """One cell. `key` sorts it (dates as they are written in files, numbers as digits); `style` is a verdict."""

    words: Shown
    key: str = ""
    link: str = ""
    style: str = ""
    right: bool = False


@dataclass(frozen=True, slots=True)
class PageTable:
    """A table under a heading; `nothing` stands for it when it has no rows. `places` are waves that a row is about."""

    title: Shown
    columns: tuple[tuple[Shown, bool], ...]  # name, and whether it is set to the right
    rows: tuple[tuple[PageCell, ...], ...]
    nothing: Shown = BLANK
    note: Shown = BLANK
    places: tuple[tuple[int, ...], ...] = ()


def word(text: object, *, link: str = "", style: str = "") -> PageCell:
    """Words, or a name from a file."""
    return PageCell(safe(text), link=link, style=style)


def date(language: Language, day: dt.date | None, *, weekday: bool = True) -> PageCell:
    """A date; nothing for none."""
    return PageCell(BLANK) if day is None else PageCell(language.day(day, weekday=weekday), day.isoformat())


def number(language: Language, value: int | Decimal | None, places: int | None = None) -> PageCell:
    """A number, set to the right; nothing for none."""
    return (
        PageCell(BLANK, right=True)
        if value is None
        else PageCell(language.number(value, places), str(value), right=True)
    )


def columns(*names: Shown | tuple[Shown, bool]) -> tuple[tuple[Shown, bool], ...]:
    """Names of columns; a pair says whether it is set to the right."""
    return tuple(name if isinstance(name, tuple) else (name, False) for name in names)


def table_of(part: ReportPart, language: Language) -> PageTable:
    """A part of any report."""
    names = tuple((each.title, each.right) for each in part.fields)
    rows = tuple(_cells(row, part.fields, language) for row in part.rows)
    return PageTable(part.title, names, rows, part.nothing, part.note)


def _cells(row: Sequence[Value], fields: Sequence[Field], language: Language) -> tuple[PageCell, ...]:
    return tuple(
        PageCell(in_words(value, each, language), _key(value), right=each.right)
        for value, each in zip(row, fields, strict=True)
    )


def _key(value: Value) -> str:
    if isinstance(value, dt.date):
        return value.isoformat()
    return str(value) if isinstance(value, int | Decimal) else ""


def shares(table: PageTable) -> list[int]:
    """How much of the width each column wants, in percent: its longest word at least, its longest cell at most."""
    wants = []
    for place, (name, _) in enumerate(table.columns):
        cells = [row[place] for row in table.rows]
        words = max((len(word) for text in (name, *(cell.words for cell in cells)) for word in text.split()), default=1)
        whole = max((len(cell.words) for cell in cells if cell.right or cell.key), default=0)
        longest = max((len(cell.words) for cell in cells), default=1)
        wants.append(max(words, whole, min(longest, _BROAD)) + _AIR)
    return [max(round(want * 100 / sum(wants)), 1) for want in wants]
