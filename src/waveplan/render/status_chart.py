"""The burn-up as a chart: a row a week or month, a bar for servers, applications and services."""

from __future__ import annotations

import datetime as dt

from rich.console import RenderableType

from waveplan.change_calendar.spans import iso_week
from waveplan.domain.status import BurnUp, BurnUpPoint, Status
from waveplan.render.columns import Cell, Column, words
from waveplan.render.language import Shown
from waveplan.render.status_tables import Frame
from waveplan.render.styles import PALETTE

_LONGEST_BAR, _SHORTEST_BAR = 40, 6
_BESIDE = 14  # columns for the period, and about as many beside each bar for its numbers


def burn_up_chart(status: Status, frame: Frame) -> list[RenderableType]:
    """Bars of what is done, then of what was planned beyond it, on the scale of all that will cut over."""
    found, say = status.burn_up, frame.language.say
    kinds = [kind for kind, total in found.totals.items() if total]
    if not kinds or not found.points:
        return []
    room = (frame.width - _BESIDE) // len(kinds) - _BESIDE
    bar = max(min(room, _LONGEST_BAR), _SHORTEST_BAR)
    titles = {"servers": say("Servers"), "applications": say("Applications"), "services": say("Services")}
    columns = [Column(_period_title(found, frame), words([_period(found, each.start, frame) for each in found.points]))]
    for rank, kind in enumerate(kinds):
        cells = [_bar(each, kind, found.totals[kind], bar, frame) for each in found.points]
        columns.append(Column(Shown(f"{titles[kind]} ({found.totals[kind]})"), cells, rank=rank))
    return [frame.drawn(columns)]


def _period_title(found: BurnUp, frame: Frame) -> Shown:
    return frame.language.say("Week") if found.per == "week" else frame.language.say("Month")


def _period(found: BurnUp, start: dt.date, frame: Frame) -> Shown:
    return Shown(iso_week(start)) if found.per == "week" else frame.language.brief_month(start)


def _bar(point: BurnUpPoint, kind: str, total: int, width: int, frame: Frame) -> Cell:
    planned = point.planned[kind]
    done = None if point.done is None else point.done[kind]
    full, meant = _cells(done or 0, total, width), _cells(planned, total, width)
    drawn = frame.signs.cutover * full + frame.signs.preparation * max(meant - full, 0)
    figures = f"{frame.signs.none if done is None else done}/{planned}"
    style = PALETTE["quiet"] if done is None else PALETTE["good"] if done >= planned else PALETTE["fair"]
    return Cell(Shown(f"{drawn:<{width}} {figures}"), style)


def _cells(number: int, total: int, width: int) -> int:
    """How many characters of a bar stand for a number: none for none, all of them for all only."""
    return -(-number * width // total) if number < total else width
