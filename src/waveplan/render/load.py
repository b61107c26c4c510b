"""Load of teams by ISO week: a strip for the whole programme, then the figures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from rich.cells import cell_len
from rich.console import RenderableType
from rich.text import Text

from waveplan.change_calendar.spans import week_monday
from waveplan.domain.plan import WeekLoad
from waveplan.render.columns import Cell, Column, table, words
from waveplan.render.heat import Load, heat_scale, heat_strip
from waveplan.render.language import BLANK, Shown, safe
from waveplan.render.page import Page, load_share, preparation_weeks, share_words
from waveplan.render.styles import PALETTE, heat_sign, heat_style
from waveplan.render.text import folded

_BAR = 20


def load_view(page: Page) -> list[RenderableType]:
    """The heat strip and the table; for one team its weeks in detail."""
    loads = _loads(page)
    if not any(load.weeks for load in loads):
        return [Text(page.language.say("No team has work in this plan."), style=PALETTE["quiet"])]
    strip = Text("\n").join([*heat_strip(page, loads), *heat_scale(page)])
    if page.by == "organisation":
        said = page.language.say("What an organisation offers in a week is that of its teams with work in it.")
        strip.append("\n" + said, style=PALETTE["quiet"])
    if len(loads) == 1:
        return [strip, Text(""), _one(page, loads[0])]
    return [strip, *(part for each in _tables(page, loads) for part in (Text(""), each))]


def _loads(page: Page) -> list[Load]:
    teams = {page.team: page.plan.teams[page.team]} if page.team in page.plan.teams else page.plan.teams
    if page.by == "team":
        return [Load(safe(name), team.weeks) for name, team in sorted(teams.items())]
    names = sorted({team.organisation for team in teams.values() if team.organisation})
    groups = [(safe(name), [t.weeks for t in teams.values() if t.organisation == name]) for name in names]
    rest = [team.weeks for team in teams.values() if not team.organisation]
    if rest:
        groups.append((page.language.say("no organisation"), rest))
    return [Load(name, _sum(weeks)) for name, weeks in groups]


def _sum(teams: Sequence[Mapping[str, WeekLoad]]) -> dict[str, WeekLoad]:
    """Loads of several teams together; what is offered is known only when each of them says it."""
    total: dict[str, WeekLoad] = {}
    for week in sorted({week for weeks in teams for week in weeks}):
        loads = [weeks[week] for weeks in teams if week in weeks]
        offers = [load.offered for load in loads]
        offered = None if None in offers else sum((offer for offer in offers if offer is not None), Decimal(0))
        total[week] = WeekLoad(used=sum((load.used for load in loads), Decimal(0)), offered=offered)
    return total


def _tables(page: Page, loads: Sequence[Load]) -> list[RenderableType]:
    """A row a week and a column a team, with person-days where there is room; more tables when teams are many."""
    weeks = sorted({week for load in loads for week in load.weeks})
    head = _week_columns(page, weeks)
    room = page.width - sum(max(column.content, cell_len(column.title)) + 2 for column in head)
    groups = _groups([_team_column(page, load, weeks, in_full=True) for load in loads], room)
    if len(groups) > 1:
        groups = _groups([_team_column(page, load, weeks, in_full=False) for load in loads], room)
    return [table([*head, *group], page.width, page.language, page.signs) for group in groups]


def _team_column(page: Page, load: Load, weeks: Sequence[str], *, in_full: bool) -> Column:
    title = Shown(folded(load.name, max(cell_len(load.name) // 2 + 1, 10)))
    return Column(title, [_cell(page, load.weeks.get(week), in_full) for week in weeks])


def _groups(columns: Sequence[Column], room: int) -> list[list[Column]]:
    groups: list[list[Column]] = [[]]
    taken = 0
    for column in columns:
        need = max(column.content, *(cell_len(line) for line in column.title.split("\n")))
        if groups[-1] and taken + need > room:
            groups.append([])
            taken = 0
        groups[-1].append(column)
        taken += need + 2
    return groups


def _week_columns(page: Page, weeks: Sequence[str]) -> list[Column]:
    say = page.language.say
    return [
        Column(say("Week"), words([Shown(week) for week in weeks])),
        Column(say("From"), words([page.language.day(week_monday(week), weekday=False, year=False) for week in weeks])),
    ]


def _cell(page: Page, load: WeekLoad | None, in_full: bool) -> Cell:
    if load is None:
        return Cell(BLANK)
    share, used = load_share(load), page.language.number(load.used, 1)
    if share is None:
        return Cell(page.language.say("{sign} {used} d", sign=Shown(page.signs.unmeasured), used=used))
    percent = share_words(page.language, share).rjust(5)
    offered = f"  {used}/{page.language.number(load.offered or Decimal(0), 1)}" if in_full else ""
    return Cell(Shown(f"{heat_sign(share, page.signs)} {percent}{offered}"), heat_style(share))


def _one(page: Page, load: Load) -> RenderableType:
    """One team's weeks: used, offered, share as a bar, and the waves it prepares."""
    weeks, say, number = sorted(load.weeks), page.language.say, page.language.number
    loads = [load.weeks[week] for week in weeks]
    shares = [load_share(each) for each in loads]
    styles = ["" if share is None else heat_style(share) for share in shares]
    columns = [
        *_week_columns(page, weeks),
        Column(say("Used"), words([number(each.used, 1) for each in loads]), right=True),
        Column(
            say("Offered"),
            words([BLANK if each.offered is None else number(each.offered, 1) for each in loads]),
            right=True,
        ),
        Column(
            say("Load"),
            [
                Cell(BLANK if s is None else share_words(page.language, s), style)
                for s, style in zip(shares, styles, strict=True)
            ],
            right=True,
        ),
        Column(BLANK, [Cell(_bar(page, s), style) for s, style in zip(shares, styles, strict=True)], rank=2),
        Column(say("Prepares"), words([_prepared(page, week) for week in weeks]), rank=1, fold=12),
    ]
    return table(columns, page.width, page.language, page.signs)


def _bar(page: Page, share: Decimal | None) -> Shown:
    if share is None:
        return BLANK
    filled = min(int(share * _BAR), _BAR)
    return Shown(
        page.signs.cutover * filled + page.signs.preparation * (_BAR - filled) + (page.signs.over if share > 1 else "")
    )


def _prepared(page: Page, week: str) -> Shown:
    waves = [wave for wave in page.waves if week in preparation_weeks(wave)]
    return Shown(" ".join(page.label(wave) for wave in waves))
