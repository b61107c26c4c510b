"""Crews in windows and people on call in hypercare: a strip of weeks, then each team's days with what needs it."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from rich.console import RenderableType
from rich.text import Text

from waveplan.render.columns import Cell, Column, table, words
from waveplan.render.heat import heat_scale, heat_strip, row_name
from waveplan.render.language import BLANK, Shown, marked
from waveplan.render.load_tables import month_words, share_bar
from waveplan.render.made_ids import made_name
from waveplan.render.page import Page, share_words
from waveplan.render.styles import PALETTE, heat_style
from waveplan.render.text import paragraph
from waveplan.rosters import Duty, Need, RosterPer, RosterRow, by_week, is_stated, roster
from waveplan.workload import LoadRow

_TITLES: dict[Duty, str] = {
    "crew": marked("Crews in windows, on days on which one runs"),
    "on_call": marked("On call in hypercare"),
}
_NONE: dict[Duty, str] = {
    "crew": marked("No team has a crew in a window of this plan."),
    "on_call": marked("No team is on call in hypercare in this plan."),
}


def roster_view(page: Page, duty: Duty) -> list[RenderableType]:
    """The strip and the table; for the page's team, wave and organisations where these were asked for."""
    per: RosterPer = page.per or "day"
    found = roster(page.plan, duty, per, team=page.team, wave=page.wave.id if page.wave else None)
    rows = found.teams if page.by == "team" else tuple(each.whole for each in found.organisations)
    title = Text(page.language.say(_TITLES[duty]), style=PALETTE["heading"])
    if not rows:
        return [title, paragraph([(_nothing(page, duty), PALETTE["quiet"])], page.width)]
    loads = [LoadRow(row.name, by_week(row)) for row in rows]
    weeks = sorted({week for row in loads for week in row.periods})
    strip = Text("\n").join([*heat_strip(page, loads, weeks), *heat_scale(page)])
    return [title, strip, Text(""), _table(page, rows, per), *_notes(page, per)]


def _nothing(page: Page, duty: Duty) -> Shown:
    if is_stated(page.plan):
        return page.language.say(_NONE[duty])
    return page.language.say("This plan states no crews and no people on call. `waveplan refresh` adds what is needed.")


def _table(page: Page, rows: Sequence[RosterRow], per: RosterPer) -> RenderableType:
    say, number = page.language.say, page.language.number
    needs = [need for row in rows for need in row.needs]
    shares = [need.load.share for need in needs]
    styles = ["" if share is None else heat_style(share) for share in shares]
    written = [BLANK if share is None else share_words(page.language, share) for share in shares]
    bars = [share_bar(page, share) for share in shares]
    columns = [
        *_when(page, needs, per),
        Column(say("Needed"), words([number(need.load.used, 0) for need in needs]), right=True),
        Column(say("There"), words([_there(page, need) for need in needs]), right=True),
        Column(say("Load"), [Cell(*each) for each in zip(written, styles, strict=True)], right=True),
        Column(BLANK, [Cell(*each) for each in zip(bars, styles, strict=True)], rank=2),
        Column(say("For"), words([_causes(page, need) for need in needs]), rank=1, fold=12),
    ]
    sections = [(row_name(row), len(row.needs)) for row in rows]
    return table(columns, page.width, page.language, page.signs, sections=sections)


def _when(page: Page, needs: Sequence[Need], per: RosterPer) -> list[Column]:
    say = page.language.say
    if per == "day":
        return [Column(say("Days"), words([_days(page, need) for need in needs]))]
    if per == "week":
        names = [Shown(need.period or "") for need in needs]
    else:
        names = [month_words(page.language, need.period or "") for need in needs]
    return [
        Column(say("Week") if per == "week" else say("Month"), words(names)),
        Column(say("Fullest on"), words([_days(page, need) for need in needs])),
    ]


def _days(page: Page, need: Need) -> Shown:
    first, last = need.days.first, need.days.last
    if first == last:
        return page.day(first)
    return page.language.say("{first} to {last}", first=page.day(first), last=page.day(last))


def _there(page: Page, need: Need) -> Shown:
    load = need.load
    if load.offered is None:
        return page.language.say("no limit")
    beside = f" +{page.language.number(load.unlimited, 0)}" if load.unlimited else ""
    return Shown(f"{page.language.number(load.offered or Decimal(0), 0)}{beside}")


def _causes(page: Page, need: Need) -> Shown:
    """Waves by their labels, retirements by what is retired."""
    labels = {wave.id: page.label(wave) for wave in page.plan.waves}
    return Shown(", ".join(labels.get(cause) or made_name(page.language, cause) for cause in sorted(need.causes)))


def _notes(page: Page, per: RosterPer) -> list[Text]:
    say = page.language.say
    notes: list[Shown] = []
    if per != "day":
        notes.append(say("A week or a month shows its fullest day."))
    if page.by == "organisation":
        notes.append(say("An organisation counts, on each day, its teams that are needed on it."))
    return [Text("")] * bool(notes) + [paragraph([(note, PALETTE["quiet"])], page.width) for note in notes]
