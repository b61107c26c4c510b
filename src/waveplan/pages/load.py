"""The load of teams as a map of heat: by week while they are few, else by month with a strip of all weeks."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from markupsafe import Markup

from waveplan.change_calendar.spans import ONE_DAY, week_monday
from waveplan.domain.plan_loads import PeopleNeed
from waveplan.pages.context import Context
from waveplan.pages.svg import element, percent
from waveplan.pages.tables import PageCell, PageTable, columns, number, word
from waveplan.render.heat import peak_of, row_name
from waveplan.render.language import BLANK, Shown
from waveplan.render.made_ids import made_name
from waveplan.render.page import share_words
from waveplan.workload import Load, LoadRow, workload

_WEEKS = 26  # more than these are shown as months
_STEPS = 8


@dataclass(frozen=True, slots=True)
class HeatCell:
    """One period of one team: what it says, what it says in full, how hot it is (`h0` to `h8`, `hx` above all)."""

    words: Shown
    full: Shown
    heat: str


@dataclass(frozen=True, slots=True)
class HeatRow:
    """A team with its organisation, its cells, its highest load, and a strip of all weeks."""

    name: Shown
    organisation: Shown
    cells: tuple[HeatCell, ...]
    peak: Shown
    total: Shown
    strip: Markup
    waves: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class HeatMap:
    """Periods above, teams below."""

    periods: tuple[Shown, ...]
    rows: tuple[HeatRow, ...]
    by_month: bool


def heat_map(context: Context) -> HeatMap | None:
    """The loads that the plan states; none when no team has work."""
    weekly = workload(context.plan, "week")
    if not weekly.periods:
        return None
    by_month = len(weekly.periods) > _WEEKS
    shown = workload(context.plan, "month") if by_month else weekly
    of_week = {row.name: row for row in weekly.teams}
    rows = [
        _row(context, row, of_week[row.name], shown.periods, by_month, organisation.whole.name)
        for organisation in shown.organisations
        for row in organisation.teams
    ]
    return HeatMap(tuple(_period(context, each, by_month) for each in shown.periods), tuple(rows), by_month)


def rosters(context: Context) -> PageTable:
    """For each team the fullest days of its crew in windows, and of its people in hypercare."""
    language, say = context.language, context.language.say
    labels = {wave.id: context.label(wave) for wave in context.waves}
    rows = []
    for team, load in sorted(context.plan.teams.items()):
        for duty, needs in ((say("In the window"), load.crew), (say("In hypercare"), load.on_call)):
            if needs:
                fullest = max(needs, key=lambda need: (_tightness(need), -need.first.toordinal()))
                waves = (labels.get(cause) or made_name(language, cause) for cause in sorted(fullest.causes))
                there = say("no limit") if fullest.offered is None else language.number(fullest.offered)
                rows.append(
                    (
                        word(team),
                        word(duty),
                        PageCell(language.days(fullest.first, fullest.last), fullest.first.isoformat()),
                        number(language, fullest.needed),
                        PageCell(there, "" if fullest.offered is None else str(fullest.offered), right=True),
                        PageCell(Shown(", ".join(waves))),
                    )
                )
    names = columns(
        say("Team"), say("Duty"), say("Fullest on"), (say("Needed"), True), (say("There"), True), say("For")
    )
    return PageTable(say("People in windows and in hypercare, on their fullest days"), names, tuple(rows))


def _tightness(need: PeopleNeed) -> Fraction:
    """Needed ÷ offered; where there is no limit, only what is needed counts, after all that has one."""
    if need.offered is None:
        return Fraction(need.needed, 1_000_000)
    return Fraction(need.needed, need.offered) if need.offered else Fraction(1_000_000)


def _period(context: Context, period: str, by_month: bool) -> Shown:
    if by_month:
        return context.language.brief_month(dt.date.fromisoformat(f"{period}-01"))
    monday = week_monday(period)
    return context.language.day(monday, weekday=False, year=False)


def _row(
    context: Context,
    row: LoadRow,
    weekly: LoadRow,
    periods: tuple[str, ...],
    by_month: bool,
    organisation: str | None,
) -> HeatRow:
    language, peak = context.language, peak_of(weekly)
    waves = (wave for wave in context.waves if row.name is not None and wave.totals.effort.get(row.name))
    name = row_name(row)
    cells = tuple(_cell(context, name, row.periods.get(period), period, by_month) for period in periods)
    return HeatRow(
        name=name,
        organisation=row_name(LoadRow(organisation, {})) if organisation else BLANK,
        cells=cells,
        peak=share_words(language, peak[1]) if peak else BLANK,
        total=language.number(row.total.used, 1),
        strip=_strip(context, weekly) if by_month else Markup(""),
        waves=tuple(context.wave_place[wave.id] for wave in waves),
    )


def _cell(context: Context, team: Shown, load: Load | None, period: str, by_month: bool) -> HeatCell:
    language = context.language
    if load is None or not load.used:
        return HeatCell(BLANK, BLANK, "h0")
    when = _period(context, period, by_month)
    used = language.number(load.used, 1)
    if load.share is None:
        said = language.say("{team}, {when}: {used} person-days, no limit", team=team, when=when, used=used)
        return HeatCell(used, said, "hu")
    said = language.say(
        "{team}, {when}: {used} of {offered} person-days",
        team=team,
        when=when,
        used=used,
        offered=language.number(load.offered or Decimal(0), 1),
    )
    return HeatCell(share_words(language, load.share), said, heat_class(load.share))


def heat_class(share: Decimal) -> str:
    """Eight steps up to all that there is, and one above it."""
    if share > 1:
        return "hx"
    return f"h{max(1, int((share * _STEPS).to_integral_value(rounding='ROUND_CEILING')))}" if share else "h0"


def _strip(context: Context, row: LoadRow) -> Markup:
    """A rectangle for each week with work, on the axis of all charts."""
    found = []
    for week, load in sorted(row.periods.items()):
        if load.used:
            monday = week_monday(week)
            start, end = context.scale.at(monday), context.scale.at(monday + 7 * ONE_DAY)
            heat = heat_class(load.share) if load.share is not None else "hu"
            found.append(element("rect", class_=heat, x=percent(start), y=2, width=percent(end - start), height=18))
    return Markup("").join(found)
