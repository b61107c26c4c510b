"""The calendar view: what happens when, month by month and week by week."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from rich.console import RenderableType
from rich.text import Text

from waveplan.change_calendar.spans import iso_week
from waveplan.render.columns import Cell, Column, table, words
from waveplan.render.events import Event, events_of
from waveplan.render.language import BLANK, Shown
from waveplan.render.page import Page
from waveplan.render.styles import PALETTE, style_of


def calendar_view(page: Page) -> list[RenderableType]:
    """A heading a month, below it the month's events; the ISO week stands where it begins."""
    events = events_of(page)
    if not events:
        return [Text(page.language.say("Nothing is dated in this plan."), style=PALETTE["quiet"])]
    months = [list(group) for _, group in groupby(events, key=lambda event: (event.day.year, event.day.month))]
    return [event_table(page, events, [(page.language.month(month[0].day), len(month)) for month in months])]


def event_table(page: Page, events: Sequence[Event], sections: Sequence[tuple[Shown, int]] = ()) -> RenderableType:
    """Events in rows, under headings when there are any."""
    say = page.language.say
    begins = _beginnings(sections)
    weeks = _once([iso_week(event.day) for event in events], begins)
    days = _once([page.language.day(event.day, year=not sections) for event in events], begins)
    signs = [Cell(Shown(getattr(page.signs, event.kind)), style_of(event.kind)) for event in events]
    waves = [BLANK if page.wave is not None else event.wave for event in events]
    columns = [
        Column(say("Week"), words(weeks, PALETTE["quiet"]), rank=2),
        Column(say("Day"), words(days)),
        Column(say("Time"), words([event.time for event in events]), rank=3),
        Column(BLANK, signs),
        Column(say("Event"), [Cell(event.what, style_of(event.kind)) for event in events], fold=16),
        Column(say("Wave"), words(waves, PALETTE["cutover"])),
        Column(say("Detail"), words([event.detail for event in events]), rank=1, fold=18),
    ]
    return table(columns, page.width, page.language, page.signs, sections=sections)


def _beginnings(sections: Sequence[tuple[Shown, int]]) -> set[int]:
    found, row = set(), 0
    for _, rows in sections:
        found.add(row)
        row += rows
    return found


def _once(texts: Sequence[str], begins: set[int]) -> list[Shown]:
    """Leave out what the row above says already, unless a heading stands between them."""
    return [
        BLANK if row and row not in begins and texts[row - 1] == text else Shown(text) for row, text in enumerate(texts)
    ]
