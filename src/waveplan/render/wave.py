"""One wave in detail."""

from __future__ import annotations

import datetime as dt

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from waveplan.domain.plan import PlanGate, Wave
from waveplan.render.about import about_table, server_table
from waveplan.render.calendar import event_table
from waveplan.render.columns import Cell, Column, table, words
from waveplan.render.events import in_order, wave_events
from waveplan.render.language import BLANK, Shown, safe
from waveplan.render.lots import plan_lot_table, plan_server_rows
from waveplan.render.moments import by_start, programme_zone, site_hours_words, site_names, whole_span, with_offset
from waveplan.render.page import Page, load_share, load_words, preparation_weeks, wave_hours, wave_load
from waveplan.render.styles import PALETTE, heat_style


def wave_detail(page: Page) -> list[RenderableType]:
    """Its dates, its gates with their criteria, its size, its people and its lots; for each wave to show."""
    parts: list[RenderableType] = []
    for number, wave in enumerate(page.waves):
        parts += [Text("")] * (number > 0) + _detail(page, wave)
    return parts


def _detail(page: Page, wave: Wave) -> list[RenderableType]:
    title = Text(f"{page.label(wave)}  {page.language.day(wave.date)}", style=PALETTE["cutover"])
    events = in_order(wave_events(page, wave))
    one = Page(page.plan, page.language, page.width, page.signs, wave=wave, names=page.names)
    parts: list[RenderableType] = [title, _facts(page, wave), Text(""), event_table(one, events)]
    if any(gate.criteria for gate in wave.gates):
        parts += [Text(""), *_criteria(page, wave.gates)]
    if wave.totals.effort:
        parts += [Text(""), _effort(page, wave)]
    said = about_table([each for lot in one.lots for each in lot.about], page.language, page.width, page.signs)
    servers = plan_server_rows(one, all_of_them=False)
    hosts = [server_table(servers, page.language, page.width, page.signs, names=page.names)] if servers else []
    return [*parts, *(each for view in ([plan_lot_table(one)], said, hosts) if view for each in (Text(""), *view))]


def _facts(page: Page, wave: Wave) -> RenderableType:
    language, say, totals = page.language, page.language.say, wave.totals
    size = [
        language.count("{n} lot", "{n} lots", len(wave.lots)),
        language.count("{n} application", "{n} applications", totals.applications) if totals.applications else BLANK,
        language.count("{n} server", "{n} servers", totals.servers) if totals.servers else BLANK,
        language.count("{n} site", "{n} sites", totals.sites) if totals.sites else BLANK,
        language.count("{n} user", "{n} users", totals.users) if totals.users else BLANK,
        say("{amount} GB to transfer", amount=totals.transfer_gb) if totals.transfer_gb else BLANK,
    ]
    facts = [
        (say("Wave"), safe(wave.id)),
        (say("Tranche"), safe(wave.tranche or "")),
        (say("Window"), _window(page, wave)),
        *((site_names(hours), site_hours_words(language, page.plan, hours)) for hours in by_start(wave)),
        (say("Point of no return"), _moment(page, wave.point_of_no_return)),
        (say("Hypercare until"), _moment(page, wave.hypercare_end)),
        (say("Size"), Shown(", ".join(part for part in size if part))),
        (say("Load"), _load(page, wave)),
        (say("Replication"), _replication(page, wave)),
    ]
    return _pairs([(name, text) for name, text in facts if text])


def _pairs(facts: list[tuple[Shown, Shown]]) -> RenderableType:
    drawn = Table.grid(padding=(0, 2, 0, 0))
    for name, text in facts:
        drawn.add_row(Text(name, style=PALETTE["quiet"], no_wrap=True), Text(text))
    return drawn


def _window(page: Page, wave: Wave) -> Shown:
    start, end = whole_span(page.plan, wave)
    return page.language.say(
        "{window}: {start} to {end} in all, {hours} h by the clock of each site"
        if wave.site_hours
        else "{window}: {start} to {end}, {hours} h",
        window=wave.slot.window,
        start=_moment(page, start),
        end=_moment(page, end),
        hours=wave_hours(wave),
    )


def _moment(page: Page, moment: dt.datetime) -> Shown:
    """A moment of programme time, with its distance from UTC."""
    return with_offset(page.language, moment.astimezone(programme_zone(page.plan)))


def _load(page: Page, wave: Wave) -> Shown:
    share = wave_load(page.plan, wave)
    if share is None:
        return BLANK
    return page.language.say("{share} at its highest, in the weeks of preparation", share=load_words(page, share))


def _replication(page: Page, wave: Wave) -> Shown:
    """Pairs of sites whose links replicate in the weeks of its preparation, each at its highest."""
    weeks, language = preparation_weeks(wave), page.language
    found = []
    for name, link in sorted(page.plan.links.items()):
        shares = [share for week in weeks if week in link.weeks and (share := load_share(link.weeks[week])) is not None]
        if shares:
            one, _, other = name.partition(" ")
            found.append(
                language.say("{one}–{other} {share}", one=one, other=other, share=load_words(page, max(shares)))
            )
    if not found:
        return BLANK
    return language.say("{links} at its highest, in the weeks of preparation", links=language.listing(found))


def _criteria(page: Page, gates: list[PlanGate]) -> list[Text]:
    lines = []
    for gate in sorted(gates, key=lambda gate: (gate.date, gate.id)):
        if gate.criteria:
            line = Text(page.language.say("To pass {gate}:", gate=gate.id) + " ", style=PALETTE["gate"])
            lines.append(line.append(page.language.listing(safe(each) for each in gate.criteria), style="default"))
    return lines


def _effort(page: Page, wave: Wave) -> RenderableType:
    say, language = page.language.say, page.language
    teams = sorted(wave.totals.effort)
    peaks = [_peak(page, wave, team) for team in teams]
    columns = [
        Column(say("Team"), words([safe(team) for team in teams], PALETTE["heading"]), fold=12),
        Column(say("Person-days"), words([language.number(wave.totals.effort[team], 1) for team in teams]), right=True),
        Column(say("Highest load"), peaks, right=True, rank=1),
    ]
    return table(columns, page.width, language, page.signs)


def _peak(page: Page, wave: Wave, team: str) -> Cell:
    share = wave_load(page.plan, wave, team)
    return Cell(BLANK) if share is None else Cell(load_words(page, share), heat_style(share))
