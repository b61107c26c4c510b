"""The wave table."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from rich.console import RenderableType
from rich.text import Text

from waveplan.domain.plan import PlanGate, Wave
from waveplan.render.columns import Cell, Column, table, words
from waveplan.render.language import BLANK, Shown, safe
from waveplan.render.moments import clock, spans_of, whole_span
from waveplan.render.page import Page, length, load_words, wave_load
from waveplan.render.styles import PALETTE, heat_style


def wave_table(page: Page) -> RenderableType:
    """One row a wave, and their sum: when, what, how much, who decides and until when it is watched."""
    if not page.waves:
        return Text(page.language.say("No waves."), style=PALETTE["quiet"])
    return table([*_when(page), *_what(page), *_after(page)], page.width, page.language, page.signs)


def _column(page: Page, title: Shown, cells: Sequence[Shown], *, rank: int = 0, style: str = "") -> Column:
    """A column of words, with nothing in the row of sums."""
    return Column(title, [*words(cells, style), *[Cell(BLANK)] * _summed(page)], rank=rank)


def _days(page: Page, title: Shown, days: Sequence[dt.date | None], *, rank: int, style: str = "") -> Column:
    """A column of dates; weekdays are the first thing to go when there is no room."""
    full = [BLANK if day is None else page.day(day) for day in days]
    brief = [BLANK if day is None else page.day(day, weekday=False) for day in days]
    column = _column(page, title, full, rank=rank, style=style)
    return replace(column, brief=_column(page, title, brief, style=style).cells)


def _summed(page: Page) -> bool:
    return len(page.waves) > 1


def _amounts(
    page: Page,
    title: Shown,
    amounts: Sequence[Decimal | int],
    *,
    places: int | None = None,
    rank: int = 0,
    short: Shown | None = None,
) -> Column:
    """A column of numbers, with their sum below."""
    cells = words([_some(page, amount, places) for amount in amounts])
    if _summed(page):
        cells.append(Cell(_some(page, sum(amounts, Decimal(0)), places), PALETTE["heading"]))
    return Column(title, cells, rank=rank, right=True, short=short)


def _some(page: Page, amount: Decimal | int, places: int | None) -> Shown:
    """A number, or a dash for none at all."""
    return page.language.number(amount, places) if amount else Shown(page.signs.none)


def _when(page: Page) -> list[Column]:
    say, waves = page.language.say, page.waves
    labels = words([page.label(wave) for wave in waves], PALETTE["cutover"])
    return [
        Column(say("Wave"), [*labels, *[Cell(say("All"), PALETTE["heading"])] * _summed(page)]),
        _column(page, say("Tranche"), [safe(wave.tranche or "") for wave in waves], rank=1),
        _column(page, say("Cutover"), [page.day(wave.date) for wave in waves]),
        _column(page, say("Window"), [window_words(page, wave) for wave in waves], rank=4),
    ]


def window_words(page: Page, wave: Wave) -> Shown:
    """When a wave's window opens, and for how long."""
    if len(wave.site_hours) > 1:
        start, end = whole_span(page.plan, wave)
        say = page.language.say
        return say("{first} to {last}, by site", first=_at(page, start), last=_at(page, end))
    start, end = spans_of(page.plan, wave)[0]
    return Shown(f"{clock(start)} +{page.language.say('{hours} h', hours=length(start, end))}")


def _at(page: Page, moment: dt.datetime) -> Shown:
    return page.language.moment(moment, year=False)


def _what(page: Page) -> list[Column]:
    say, waves = page.language.say, page.waves
    totals = [wave.totals for wave in waves]
    applications = [each.applications for each in totals]
    efforts = [sum(each.effort.values(), Decimal(0)) for each in totals]
    load = [load_cell(page, wave_load(page.plan, wave)) for wave in waves]
    return [
        _amounts(page, say("Lots"), [len(wave.lots) for wave in waves], rank=2),
        _amounts(page, say("Applications"), applications, rank=6, short=say("Apps")),
        _amounts(page, say("Servers"), [each.servers for each in totals]),
        *_rolled_out(page),
        _amounts(page, say("TB"), [each.transfer_gb / 1000 for each in totals], places=1, rank=3),
        _amounts(page, say("Person-days"), efforts, places=1, rank=8, short=say("Effort")),
        Column(say("Load"), [*load, *[Cell(BLANK)] * _summed(page)], right=True, rank=3),
    ]


def _rolled_out(page: Page) -> list[Column]:
    """Sites and users, where some wave is about these rather than servers; without a sum: a site may be in several."""
    totals = [wave.totals for wave in page.waves]
    if not any(each.sites and not each.servers for each in totals):
        return []
    sites = _column(page, page.language.say("Sites"), [_some(page, each.sites, None) for each in totals])
    users = _column(page, page.language.say("Users"), [_some(page, each.users, None) for each in totals], rank=4)
    return [replace(sites, right=True), replace(users, right=True)]


def load_cell(page: Page, share: Decimal | None) -> Cell:
    """A load in its colour."""
    return Cell(BLANK) if share is None else Cell(load_words(page, share), heat_style(share))


def _after(page: Page) -> list[Column]:
    say, waves = page.language.say, page.waves
    begins = [wave.preparation_start for wave in waves]
    decisions = [gate.date if (gate := last_decision(wave)) else None for wave in waves]
    others = _column(page, say("Other gates"), [_gates(page, wave) for wave in waves], rank=9, style=PALETTE["gate"])
    brief = _column(page, BLANK, [_gates(page, wave, weekday=False) for wave in waves], style=PALETTE["gate"])
    ends = [wave.hypercare_last_day for wave in waves]
    return [
        _days(page, say("Preparation from"), begins, rank=7),
        _days(page, say("GO/NO-GO"), decisions, rank=1, style=PALETTE["gate"]),
        replace(others, brief=brief.cells),
        _days(page, say("Hypercare until"), ends, rank=1, style=PALETTE["hypercare"]),
    ]


def last_decision(wave: Wave) -> PlanGate | None:
    """The last deciding gate before a cutover."""
    return max((gate for gate in wave.gates if gate.decides), key=lambda gate: gate.date, default=None)


def _others(wave: Wave) -> list[PlanGate]:
    decision = last_decision(wave)
    return sorted((gate for gate in wave.gates if gate is not decision), key=lambda gate: (gate.date, gate.id))


def _gates(page: Page, wave: Wave, *, weekday: bool = True) -> Shown:
    return Shown("\n".join(f"{page.day(gate.date, weekday=weekday)} {safe(gate.id)}" for gate in _others(wave)))


def left_out(page: Page) -> list[RenderableType]:
    """Lots that the plan leaves out, with the reasons."""
    lots = page.plan.unplanned
    if not lots or page.wave is not None:
        return []
    say = page.language.say
    columns = [
        Column(say("Left out"), words([safe(lot.lot) for lot in lots], PALETTE["bad"]), fold=20),
        Column(say("Reason"), words([page.language.written(lot.reason) for lot in lots]), fold=24),
    ]
    return [Text(""), table(columns, page.width, page.language, page.signs)]
