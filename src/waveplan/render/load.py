"""Loads of teams and organisations: by week as a strip and figures, by month as the common workload plan."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import RenderableType
from rich.text import Text

from waveplan.render.columns import Column, table, words
from waveplan.render.heat import heat_scale, heat_strip, row_name
from waveplan.render.language import Shown, safe
from waveplan.render.load_tables import load_tables, month_words, one_row
from waveplan.render.page import Page
from waveplan.render.styles import PALETTE
from waveplan.render.text import paragraph
from waveplan.workload import USUAL_PERIOD, LoadRow, Workload, workload


def load_view(page: Page) -> list[RenderableType]:
    """The strip and the table, or months with their totals; for one team its weeks or months in detail."""
    per = page.per or USUAL_PERIOD[page.by]
    loads = workload(page.plan, per, page.team)
    if not any(load.used for team in loads.teams for load in team.periods.values()):
        return [Text(page.language.say("No team has work in this plan."), style=PALETTE["quiet"])]
    shown = month_view(page, loads) if per == "month" else _week_view(page, loads)
    return [*shown, *adoption_view(page, loads)]


def adoption_view(page: Page, loads: Workload) -> list[RenderableType]:
    """What of the loads people are told, taught and asked, by team and entry; if anything."""
    rows, language, say = loads.adoption, page.language, page.language.say
    if not rows:
        return []
    columns = [
        Column(say("Team"), words([safe(each.team) for each in rows], PALETTE["heading"]), fold=12),
        Column(say("Entry"), words([safe(each.entry) for each in rows]), fold=14),
        Column(say("Person-days"), words([language.number(each.total, 1) for each in rows]), right=True),
        Column(say("From"), words([_period(page, loads, min(each.periods)) for each in rows])),
        Column(say("To"), words([_period(page, loads, max(each.periods)) for each in rows])),
    ]
    title = Text(say("Of it for communication and adoption"), style=PALETTE["heading"])
    return [Text(""), title, table(columns, page.width, language, page.signs)]


def _period(page: Page, loads: Workload, period: str) -> Shown:
    return month_words(page.language, period) if loads.per == "month" else safe(period)


def _rows(page: Page, loads: Workload) -> tuple[LoadRow, ...]:
    return loads.teams if page.by == "team" else tuple(each.whole for each in loads.organisations)


def _week_view(page: Page, loads: Workload) -> list[RenderableType]:
    rows = _rows(page, loads)
    weeks = [week for week in loads.periods if any(week in row.periods and row.periods[week].used for row in rows)]
    strip = Text("\n").join([*heat_strip(page, rows, weeks), *heat_scale(page), *_beyond_limits(page, rows)])
    if len(rows) == 1:
        return [strip, Text(""), one_row(page, rows[0], weeks, "week")]
    return [strip, *_apart(load_tables(page, rows, weeks, "week"))]


def month_view(page: Page, loads: Workload) -> list[RenderableType]:
    """Months in rows, with totals: organisations side by side, then the teams of each; or all teams side by side."""
    if page.by == "team":
        rows = list(loads.teams)
        tables = [one_row(page, rows[0], loads.periods, "month")] if len(rows) == 1 else _months(page, rows, loads)
        return [*_apart(tables)[1:], *_month_notes(page, rows)]
    rows = [each.whole for each in loads.organisations]
    whole = [loads.whole] if len(rows) > 1 else []
    parts = _apart(_months(page, [*rows, *whole], loads, page.language.say("together")))[1:]
    for each in loads.organisations:
        parts += [Text(""), Text(row_name(each.whole), style=PALETTE["heading"])]
        parts += _apart(_months(page, each.teams, loads))[1:]
    return [*parts, *_month_notes(page, [*rows, *whole])]


def _months(page: Page, rows: Sequence[LoadRow], loads: Workload, last: str | None = None) -> list[RenderableType]:
    return load_tables(page, rows, loads.periods, "month", last=last)


def _apart(tables: Sequence[RenderableType]) -> list[RenderableType]:
    return [part for each in tables for part in (Text(""), each)]


def _month_notes(page: Page, rows: Sequence[LoadRow]) -> list[RenderableType]:
    say = page.language.say
    said = say("What a month offers is that of all of its weeks; a week counts in the month of its Thursday.")
    notes = paragraph([(said, PALETTE["quiet"])], page.width)
    return [*heat_scale(page), notes, *_beyond_limits(page, rows)]


def _beyond_limits(page: Page, rows: Sequence[LoadRow]) -> list[Text]:
    """What `+` means, where a team without a limit stands beside others with one."""
    if not any(load.unlimited and load.offered is not None for row in rows for load in row.periods.values()):
        return []
    said = page.language.say("Behind a + stands work of teams without a limit, in person-days.")
    return [paragraph([(said, PALETTE["quiet"])], page.width)]
