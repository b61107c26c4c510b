"""Loads as a strip of heat: one line a team, one character a week."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal

from rich.cells import cell_len
from rich.text import Text

from waveplan.change_calendar.spans import ONE_DAY, iso_week, week_monday
from waveplan.render.grid import Grid, month_ruler, week_ruler, weekly_grid, year_ruler
from waveplan.render.language import Shown, safe
from waveplan.render.page import Page, share_words
from waveplan.render.signs import heat_sign
from waveplan.render.styles import PALETTE, heat_style
from waveplan.render.text import in_lines, shorten_apart
from waveplan.rosters import RosterRow
from waveplan.workload import LoadRow


def row_name(row: LoadRow | RosterRow) -> Shown:
    """A team or an organisation; a dash for teams without one."""
    return safe(row.name) if row.name is not None else Shown("-")


def peak_of(row: LoadRow) -> tuple[str, Decimal] | None:
    """The period of the highest share, the first of them, and the share."""
    shares = [(share, period) for period, load in sorted(row.periods.items()) if (share := load.share) is not None]
    if not shares:
        return None
    highest = max(share for share, _ in shares)
    return next(period for share, period in shares if share == highest), highest


def heat_strip(page: Page, rows: Sequence[LoadRow], weeks: Sequence[str]) -> list[Text]:
    """Rulers over these weeks, then a line a team with its peak at the end."""
    gutter = min(max(*(cell_len(row_name(row)) for row in rows), 10), page.width // 4)
    peaks = [_peak(page, row) for row in rows]
    tail = max(cell_len(peak) for peak in peaks) + 2
    grid = weekly_grid(week_monday(weeks[0]), week_monday(weeks[-1]), page.width - gutter - 1 - tail)
    lines = [_ruler(label, ruler, gutter) for label, ruler in _rulers(page, grid) if ruler]
    names = shorten_apart([row_name(row) for row in rows], gutter, page.signs)
    for row, name, peak in zip(rows, names, peaks, strict=True):
        line = Text(name + " " * (gutter + 1 - cell_len(name)), no_wrap=True, overflow="crop")
        for first in grid.starts:
            line.append(*_sign(page, row, first, grid))
        lines.append(line.append("  " + peak))
    return lines


def _rulers(page: Page, grid: Grid) -> list[tuple[str, str]]:
    years = year_ruler(grid)
    months = month_ruler(grid, page.language)
    return [
        ("", years),
        ("" if years else str(grid.last.year), months),
        (page.language.say("ISO week"), week_ruler(grid)),
    ]


def _ruler(label: str, ruler: str, gutter: int) -> Text:
    return Text(f"{label:<{gutter}} {ruler}", style=PALETTE["quiet"], no_wrap=True, overflow="crop")


def _sign(page: Page, row: LoadRow, first: dt.date, grid: Grid) -> tuple[str, str]:
    mondays = [first + n * 7 * ONE_DAY for n in range(max(grid.days // 7, 1))]
    found = [row.periods[key] for day in mondays if (key := iso_week(day)) in row.periods]
    shares = [share for each in found if each.limited and (share := each.share) is not None]
    if shares:
        return heat_sign(max(shares), page.signs), heat_style(max(shares))
    return (page.signs.unmeasured, PALETTE["quiet"]) if any(each.used for each in found) else (" ", "")


def _peak(page: Page, row: LoadRow) -> Shown:
    peak = peak_of(row)
    if peak is None:
        return page.language.say("no limit")
    week, share = peak
    return page.language.say("peak {share} in {week}", share=share_words(page.language, share), week=week)


def heat_scale(page: Page) -> list[Text]:
    """What the characters of the strip mean."""
    signs, say = page.signs, page.language.say
    steps = say("to {sign}: share of what the team offers, in eighths", sign=Shown(signs.heat[-1]))
    entries = [
        (signs.heat[0], PALETTE["good"], steps),
        (signs.over, PALETTE["bad"], say("over what it offers")),
        (signs.unmeasured, PALETTE["quiet"], say("work without a limit")),
    ]
    return [Text(""), *in_lines(entries, page.width)]
