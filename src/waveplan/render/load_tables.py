"""Loads as figures: a row a week or month, a column a team or organisation."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal

from rich.cells import cell_len
from rich.console import RenderableType

from waveplan.change_calendar.spans import week_monday
from waveplan.render.columns import Cell, Column, table, words
from waveplan.render.heat import row_name
from waveplan.render.language import BLANK, Language, Shown
from waveplan.render.page import Page, preparation_weeks, share_words
from waveplan.render.signs import heat_sign
from waveplan.render.styles import PALETTE, heat_style
from waveplan.render.text import folded, widest_piece
from waveplan.workload import Load, LoadRow, Per, month_of

_BAR = 20


def load_tables(
    page: Page, rows: Sequence[LoadRow], periods: Sequence[str], per: Per, *, last: str | None = None
) -> list[RenderableType]:
    """A column for each, with person-days where there is room; more tables when they are many. Months have totals.

    `last` names the last one when it is all others together.
    """
    names = [row_name(row) for row in rows]
    if last is not None and len(rows) > 1:
        names[-1] = Shown(last)
    named = list(zip(names, rows, strict=True))
    head = _period_columns(page, periods, per)
    room = page.width - sum(max(column.content, cell_len(column.title)) + 2 for column in head)
    groups = _groups([_column(page, *each, periods, per, in_full=True) for each in named], room)
    if len(groups) > 1 and per == "week":  # months are few: their figures stay
        groups = _groups([_column(page, *each, periods, per, in_full=False) for each in named], room)
    return [table([*head, *group], page.width, page.language, page.signs) for group in groups]


def _column(page: Page, name: Shown, row: LoadRow, periods: Sequence[str], per: Per, *, in_full: bool) -> Column:
    title = Shown(folded(name, max(cell_len(name) // 2 + 1, widest_piece(name, 14), 10)))
    cells = [_cell(page, row.periods.get(period), per, in_full) for period in periods]
    return Column(title, [*cells, _cell(page, row.total, per, in_full)] if per == "month" else cells)


def _groups(columns: Sequence[Column], room: int) -> list[list[Column]]:
    groups: list[list[Column]] = [[]]
    taken = 0
    for column in columns:
        need = max(column.content, column.heading)
        if groups[-1] and taken + need > room:
            groups.append([])
            taken = 0
        groups[-1].append(column)
        taken += need + 2
    return groups


def _period_columns(page: Page, periods: Sequence[str], per: Per) -> list[Column]:
    say = page.language.say
    if per == "month":
        names = [month_words(page.language, period) for period in periods]
        return [Column(say("Month"), [*words(names), Cell(say("Total"), PALETTE["heading"])])]
    mondays = [page.language.day(week_monday(week), weekday=False, year=False) for week in periods]
    return [Column(say("Week"), words([Shown(week) for week in periods])), Column(say("From"), words(mondays))]


def month_words(language: Language, month: str) -> Shown:
    """A month written `2026-03` as people write it."""
    return language.month(dt.date.fromisoformat(f"{month}-01"))


def _cell(page: Page, load: Load | None, per: Per, in_full: bool) -> Cell:
    if load is None or (per == "week" and not load.used):
        return Cell(BLANK)
    share, number = load.share, page.language.number
    if share is None:
        return Cell(page.language.say("{sign} {used} d", sign=Shown(page.signs.unmeasured), used=number(load.used, 1)))
    sign = heat_sign(share, page.signs) if load.limited else " "
    beside = f" +{number(load.unlimited, 1)}" if load.unlimited else ""
    figures = f"  {number(load.limited, 1)}/{number(load.offered or Decimal(0), 1)}{beside}" if in_full else ""
    return Cell(Shown(f"{sign} {share_words(page.language, share).rjust(5)}{figures}"), heat_style(share))


def one_row(page: Page, row: LoadRow, periods: Sequence[str], per: Per) -> RenderableType:
    """One team's weeks or months: used, offered, share as a bar, and the waves it prepares."""
    say = page.language.say
    loads = [row.periods.get(period, Load(Decimal(0), None)) for period in periods]
    prepared = [_prepared(page, period, per) for period in periods]
    if per == "month":
        loads, prepared = [*loads, row.total], [*prepared, BLANK]
    styles = ["" if load.share is None else heat_style(load.share) for load in loads]
    columns = [
        *_period_columns(page, periods, per),
        Column(say("Used"), words([page.language.number(load.used, 1) for load in loads]), right=True),
        Column(say("Offered"), words([_offered(page, load) for load in loads]), right=True),
        Column(say("Load"), _styled([_share(page, load) for load in loads], styles), right=True),
        Column(BLANK, _styled([share_bar(page, load.share) for load in loads], styles), rank=2),
        Column(say("Prepares"), words(prepared), rank=1, fold=12),
    ]
    return table(columns, page.width, page.language, page.signs)


def _styled(texts: Sequence[Shown], styles: Sequence[str]) -> list[Cell]:
    return [Cell(text, style) for text, style in zip(texts, styles, strict=True)]


def _offered(page: Page, load: Load) -> Shown:
    if load.offered is None:
        return page.language.say("no limit") if load.used else BLANK
    return page.language.number(load.offered, 1)


def _share(page: Page, load: Load) -> Shown:
    return BLANK if load.share is None else share_words(page.language, load.share)


def share_bar(page: Page, share: Decimal | None) -> Shown:
    """A share as a bar of twenty characters, with a sign behind it when it is over."""
    if share is None:
        return BLANK
    filled = min(int(share * _BAR), _BAR)
    return Shown(
        page.signs.cutover * filled + page.signs.preparation * (_BAR - filled) + (page.signs.over if share > 1 else "")
    )


def _prepared(page: Page, period: str, per: Per) -> Shown:
    waves = [
        wave
        for wave in page.waves
        if any(period == (week if per == "week" else month_of(week)) for week in preparation_weeks(wave))
    ]
    return Shown(" ".join(page.label(wave) for wave in waves))
