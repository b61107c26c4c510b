"""The load of teams by week as a heat map: formulas over the table of loads, with their values beside them."""

from __future__ import annotations

import datetime as dt
from typing import Any

from waveplan.domain.findings import column_letters
from waveplan.export.formats.xlsx_sheets import Styles
from waveplan.export.programme import ProgrammeView, Words

_TEAM_WIDTH, _WEEK_WIDTH = 24, 5.5
_GREEN, _YELLOW, _RED = "#FFFFFF", "#FFD966", "#E06666"


def load_sheet(sheet: Any, view: ProgrammeView, source: str, styles: Styles, words: Words) -> None:
    """A row for each team, a column for each week in which any has work; used ÷ offered."""
    loads = {(load.team, load.monday): load for load in view.loads}
    teams = sorted({load.team for load in view.loads})
    weeks = sorted({load.monday for load in view.loads if load.used})
    last = len(view.loads) + 1
    columns = {name: f"'{source}'!${letter}$2:${letter}${last}" for name, letter in _LETTERS.items()}
    sheet.write_string(0, 0, words.say("Team"), styles.head)
    for place, monday in enumerate(weeks, start=1):
        sheet.write_datetime(0, place, dt.datetime.combine(monday, dt.time()), styles.slanted)
    for row, team in enumerate(teams, start=1):
        sheet.write_string(row, 0, team)
        for place, monday in enumerate(weeks, start=1):
            load = loads.get((team, monday))
            value = float(load.used / load.offered) if load is not None and load.offered else ""
            sheet.write_formula(row, place, _formula(columns, row, place), styles.of("share"), value)
    sheet.set_column(0, 0, _TEAM_WIDTH)
    sheet.set_column(1, max(len(weeks), 1), _WEEK_WIDTH)
    sheet.set_row(0, 62)
    sheet.freeze_panes(1, 1)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    if teams and weeks:
        heat: dict[str, object] = {"type": "3_color_scale", "min_type": "num", "mid_type": "num", "max_type": "num"}
        heat |= {"min_value": 0, "mid_value": 0.75, "max_value": 1}
        heat |= {"min_color": _GREEN, "mid_color": _YELLOW, "max_color": _RED}
        sheet.conditional_format(1, 1, len(teams), len(weeks), heat)


_LETTERS = {"team": "A", "monday": "D", "used": "E", "offered": "F"}


def _formula(columns: dict[str, str], row: int, place: int) -> str:
    """Sum of what is used ÷ sum of what is offered, empty without an offer."""
    week = f"{column_letters(place + 1)}$1"
    where = f"{columns['team']},$A{row + 1},{columns['monday']},{week}"
    used, offered = (f"SUMIFS({columns[name]},{where})" for name in ("used", "offered"))
    return f'=IF({offered}=0,"",{used}/{offered})'
