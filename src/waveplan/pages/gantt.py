"""The Gantt chart of a page: rows of bars by wave, lot, team and site; every length worked out here."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from markupsafe import Markup

from waveplan.change_calendar.spans import ONE_DAY
from waveplan.domain.plan import Wave
from waveplan.domain.plan_lots import PlanLot
from waveplan.pages.context import Context
from waveplan.pages.facts import lot_facts, site_facts, team_facts, wave_facts
from waveplan.pages.svg import element, percent, short
from waveplan.render.language import BLANK, Shown, marked, safe
from waveplan.render.moments import spans_of

HEIGHT, MIDDLE = 22, 11
VIEWS = {"wave": marked("By wave"), "lot": marked("By lot"), "team": marked("By team"), "site": marked("By site")}


@dataclass(frozen=True, slots=True)
class GanttBarRow:
    """One row: its name, what it says when pointed at, its bars, where its link leads; places of waves and lot."""

    name: Shown
    facts: Shown
    bars: Markup
    link: str
    waves: tuple[int, ...]
    lot: int | None = None
    state: str = ""
    mark: str = ""  # the sign of its state


@dataclass(frozen=True, slots=True)
class GanttGroup:
    """Rows under a heading; none for a chart of one group."""

    title: Shown
    rows: tuple[GanttBarRow, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """One way to look at the plan."""

    view: str
    title: Shown
    groups: tuple[GanttGroup, ...]


def charts(context: Context) -> list[Chart]:
    """The chart by wave, lot, team and site; a view without rows is left out."""
    rows = {"wave": _by_wave, "lot": _by_lot, "team": _by_team, "site": _by_site}
    found = []
    for view, title in VIEWS.items():
        groups = tuple(group for group in rows[view](context) if group.rows)
        if groups:
            found.append(Chart(view, context.language.say(title), groups))
    return found


def _by_wave(context: Context) -> Iterator[GanttGroup]:
    for title, waves in _grouped(context):
        yield GanttGroup(title, tuple(_wave_row(context, wave) for wave in waves))


def _grouped(context: Context) -> Iterator[tuple[Shown, list[Wave]]]:
    """Waves by tranche, else by stream, where there are several of either; else all together."""
    keys = [(wave.tranche or "") for wave in context.waves]
    if len(set(keys)) < 2:
        keys = [wave.stream for wave in context.waves]
    if len(set(keys)) < 2:
        yield BLANK, context.waves
        return
    for key in sorted(dict.fromkeys(keys), key=lambda key: not key):  # as they begin; those without come last
        title = safe(key) if key else context.language.say("of no tranche")
        yield title, [wave for wave, own in zip(context.waves, keys, strict=True) if own == key]


def _wave_row(context: Context, wave: Wave) -> GanttBarRow:
    place = context.wave_place[wave.id]
    bars = Markup("").join([*_spans(context, wave), *_marks(context, wave)])
    name = Shown(f"{context.label(wave)} {context.language.day(wave.date, weekday=False, year=False)}")
    state, mark = context.mark_of(wave)
    return GanttBarRow(name, wave_facts(context, wave), bars, f"#w-{place}", (place,), state=state, mark=mark)


def _by_lot(context: Context) -> Iterator[GanttGroup]:
    rows = []
    for lot in context.lots:
        wave = context.page.wave_of.get(lot.id)
        if wave is not None:
            rows.append(_lot_row(context, lot, wave))
    yield GanttGroup(BLANK, tuple(rows))


def _lot_row(context: Context, lot: PlanLot, wave: Wave) -> GanttBarRow:
    bars = [*_spans(context, wave, lot.id), *_marks(context, wave, lot.id)]
    place = context.lot_place[lot.id]
    name = Shown(f"{context.label(wave)} {safe(lot.id)}")
    facts, (state, mark) = lot_facts(context, lot, wave), context.mark_of(wave)
    waves = (context.wave_place[wave.id],)
    return GanttBarRow(name, facts, Markup("").join(bars), f"#l-{place}", waves, place, state, mark)


def _by_team(context: Context) -> Iterator[GanttGroup]:
    rows = []
    for team in context.teams:
        waves = [wave for wave in context.waves if wave.totals.effort.get(team)]
        if waves:
            bars = Markup("").join(bar for wave in waves for bar in _spans(context, wave, faint=True))
            places = tuple(context.wave_place[wave.id] for wave in waves)
            rows.append(GanttBarRow(safe(team), team_facts(context, team, waves), bars, "#load", places))
    yield GanttGroup(BLANK, tuple(rows))


def _by_site(context: Context) -> Iterator[GanttGroup]:
    of_site: dict[str, dict[str, Wave]] = {site: {} for site in context.sites}
    for lot, sites in context.sites_of.items():
        wave = context.page.wave_of.get(lot)
        if wave is not None:
            for site in sites:
                of_site[site][wave.id] = wave
    rows = []
    for site, touched in of_site.items():
        waves = [wave for wave in context.waves if wave.id in touched]
        if waves:
            bars = [bar for wave in waves for bar in _spans(context, wave, faint=True)]
            bars += [_mark(context, day, kind) for day, kind in _site_marks(context, site)]
            places = tuple(context.wave_place[wave.id] for wave in waves)
            rows.append(
                GanttBarRow(safe(site), site_facts(context, site, waves), Markup("").join(bars), "#sites", places)
            )
    yield GanttGroup(BLANK, tuple(rows))


def _site_marks(context: Context, site: str) -> Iterator[tuple[dt.date, str]]:
    """When it is empty in the plan, and when it must be."""
    for milestone in context.plan.milestones:
        if milestone.kind == "site_exit" and milestone.subject == site:
            yield milestone.date, "milestone"
    for date in context.plan.calendar.hard_dates:
        if date.id == f"exit {site}":
            yield date.date, "hard"


def _spans(context: Context, wave: Wave, lot: str | None = None, *, faint: bool = False) -> Iterator[Markup]:
    """Preparation, the windows, hypercare."""
    scale = context.scale
    windows = spans_of(context.plan, wave, lot)
    if wave.preparation_start < wave.date:
        start, end = scale.at(wave.preparation_start), scale.moment(windows[0][0])
        yield _bar("p f" if faint else "p", start, end, thin=True)
    last = max(scale.moment(end) for _, end in windows)
    yield _bar("h f" if faint else "h", last, scale.at(wave.hypercare_last_day + ONE_DAY), thin=True)
    for opens, closes in windows:
        yield _bar("c", scale.moment(opens), scale.moment(closes))


def _bar(name: str, start: float, end: float, *, thin: bool = False) -> Markup:
    top, height = (7, 8) if thin else (3, 16)
    width = max(end - start, 0.0)
    return element("rect", class_=name, x=percent(start), y=top, width=percent(width), height=height)


def _marks(context: Context, wave: Wave, lot: str | None = None) -> Iterator[Markup]:
    """Gates and rehearsals."""
    for gate in wave.gates:
        yield _mark(context, gate.date, "gate" if gate.decides else "notice")
    for rehearsal in wave.rehearsals:
        if lot in (None, rehearsal.lot):
            yield _mark(context, rehearsal.date, "rehearsal")


def _mark(context: Context, day: dt.date, kind: str) -> Markup:
    return element("use", href=f"#m-{kind}", x=percent(_noon(context, day)), y=MIDDLE)


def _noon(context: Context, day: dt.date) -> float:
    return context.scale.at(day) + 0.5 / context.scale.days


# --- what stands behind and above the rows ---------------------------------------------------------------------------


def backdrop(context: Context) -> Markup:
    """Months, freezes, the deadline and other hard dates, today: as tall as the chart."""
    scale, parts = context.scale, []
    for freeze in context.plan.calendar.freezes:
        start, end = scale.at(freeze.first), scale.at(freeze.last + ONE_DAY)
        if end > start:
            parts.append(element("rect", class_="z", x=percent(start), y=0, width=percent(end - start), height="100%"))
    parts += [_line("t", tick.at) for tick in scale.ticks() if tick.at]
    dates = sorted({each.date for each in context.plan.calendar.hard_dates} | {context.plan.programme.deadline})
    parts += [_line("d", scale.at(day + ONE_DAY)) for day in dates if scale.shows(day)]
    if context.source.as_of is not None and scale.shows(context.source.as_of):
        parts.append(_line("now", _noon(context, context.source.as_of)))
    return Markup("").join(parts)


def _line(name: str, at: float) -> Markup:
    return element("line", class_=name, x1=percent(at), x2=percent(at), y1=0, y2="100%")


def ruler(context: Context) -> list[tuple[str, Shown, str]]:
    """Where each month, or quarter, begins, its name, and the year where one begins."""
    found = []
    for number, tick in enumerate(context.scale.ticks()):
        year = str(tick.day.year) if not number or tick.day.month == 1 else ""
        found.append((percent(tick.at), context.language.month_tick(tick.day, 5), year))
    return found


def programme_rows(context: Context) -> list[GanttBarRow]:
    """Above all others: freezes, and milestones with hard dates."""
    say, scale = context.language.say, context.scale
    rows = []
    freezes = sorted(context.plan.calendar.freezes, key=lambda each: (each.first, each.last))
    if freezes:
        bars = [_bar("z", scale.at(each.first), scale.at(each.last + ONE_DAY), thin=True) for each in freezes]
        told = [
            Shown(f"{context.language.days(each.first, each.last)}{context.language.colon}{safe(each.reason or '–')}")
            for each in freezes
        ]
        rows.append(GanttBarRow(say("freezes"), context.language.listing(told), Markup("").join(bars), "#dates", ()))
    marks = _dated(context)
    if marks:
        bars = [_mark(context, day, kind) for day, kind, _ in marks]
        told = [Shown(f"{context.language.day(day)}{context.language.colon}{words}") for day, _, words in marks]
        rows.append(GanttBarRow(say("milestones"), context.language.listing(told), Markup("").join(bars), "#dates", ()))
    return rows


def _dated(context: Context) -> list[tuple[dt.date, str, Shown]]:
    """Milestones and hard dates: what there are as many of as servers is left to the tables."""
    from waveplan.render.made_ids import made_name
    from waveplan.render.milestone_lines import TOGETHER, milestone_lines

    found = [
        (line.date, "milestone", line.name)
        for line in milestone_lines(context.plan, context.language)
        if line.kind not in TOGETHER
    ]
    found += [(each.date, "hard", made_name(context.language, each.id)) for each in context.plan.calendar.hard_dates]
    return sorted(found, key=lambda each: (each[0], each[1], each[2]))


def symbols() -> Markup:
    """The marks, drawn around their own middle."""
    diamond, up, down = "M0-6L6 0 0 6-6 0z", "M0-6L6 5-6 5z", "M0 6L6-5-6-5z"
    shapes: Iterable[Markup] = (
        element("path", id="m-gate", class_="g", d=diamond),
        element("path", id="m-notice", class_="g o", d=diamond),
        element("circle", id="m-rehearsal", class_="g o", r=short(4.5)),
        element("path", id="m-milestone", class_="m", d=up),
        element("path", id="m-hard", class_="d", d=down),
    )
    return element("defs", *shapes)
