"""Charts of amounts over time: steps down as sites empty, steps up as targets fill and as the programme gets on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from markupsafe import Markup

from waveplan.assessment.emptying import Emptying, Filling, emptying, filling
from waveplan.change_calendar.spans import ONE_DAY, next_month
from waveplan.domain.status import BurnUp
from waveplan.pages.context import Context
from waveplan.pages.scale import Scale
from waveplan.pages.svg import element, percent
from waveplan.render.language import Shown, marked, safe

_TALL = 90.0  # of the drawing; its frame adds to that
_TOP = 6.0
_NAMES = 7  # of months, at most: these charts are small
MEASURES = {"vcpu": marked("vCPU"), "ram_gb": marked("GB of memory"), "disk_tb": marked("TB of disk")}
KINDS = {"servers": marked("servers"), "applications": marked("applications"), "services": marked("services")}

Step = tuple[dt.date, float]


@dataclass(frozen=True, slots=True)
class StepChart:
    """A drawing with its name, the words that say the same, and the highest amount on it."""

    name: Shown
    words: Shown
    highest: Shown
    drawing: Markup
    ticks: tuple[tuple[str, Shown], ...]


def site_charts(context: Context) -> list[StepChart]:
    """Servers that still stand on each site that something leaves; the date by which it must be empty is a line."""
    return [_emptying(context, each) for each in emptying(context.plan, context.placement)]


def _emptying(context: Context, found: Emptying) -> StepChart:
    language, say = context.language, context.language.say
    exits = {each.id: each.date for each in context.plan.calendar.hard_dates}
    due = exits.get(f"exit {found.site}")
    steps = [(context.plan.programme.start, float(found.before))]
    steps += [(day, float(left)) for day, left in found.after]
    last = found.after[-1][0] if found.after else None
    words = say(
        "{before} at the start, {left} after {day}",
        before=language.count("{n} server", "{n} servers", found.before),
        left=found.left,
        day=language.day(last) if last else "–",
    )
    if due is not None:
        words = language.listing([words, say("must be empty on {day}", day=language.day(due))])
    return _chart(context, safe(found.site), words, found.before, [("s", steps, True)], due)


def target_charts(context: Context) -> list[StepChart]:
    """What each target holds of each measure, below what it has."""
    return [_filling(context, each) for each in filling(context.placement)]


def _filling(context: Context, found: Filling) -> StepChart:
    language, say = context.language, context.language.say
    measure, start = say(MEASURES[found.key]), context.plan.programme.start
    held = [(start, 0.0), *((day, float(amount)) for day, amount in found.held)]
    offered = [(max(day, context.scale.first), float(amount)) for day, amount in found.offered]
    most = max((amount for _, amount in found.held), default=Decimal(0))
    given = found.offered[-1][1]
    words = say(
        "{most} of {given} {measure} at the end",
        most=language.number(found.held[-1][1], None),
        given=language.number(given),
        measure=measure,
    )
    name = Shown(f"{safe(found.site)} · {measure}")
    top = max(float(most), *(amount for _, amount in offered))
    return _chart(context, name, words, top, [("s", held, True), ("lim", offered, False)], None)


def progress_charts(context: Context, found: BurnUp) -> list[StepChart]:
    """Servers, applications and services that have cut over by the plan, and those that really have."""
    return [_progress(context, found, kind) for kind in found.totals]


def _progress(context: Context, found: BurnUp, kind: str) -> StepChart:
    say = context.language.say
    ends = _ends(found)
    planned = [(end, float(point.planned[kind])) for end, point in zip(ends, found.points, strict=True)]
    lines = [("s", [(context.plan.programme.start, 0.0), *planned], True)]
    words = say("{total} in all", total=found.totals[kind])
    if context.source.status is not None:
        done = [
            (min(end, context.source.status.as_of), float(point.done[kind]))
            for end, point in zip(ends, found.points, strict=True)
            if point.done is not None
        ]
        lines.append(("done", [(context.plan.programme.start, 0.0), *done], False))
        words = say(
            "{done} of {total} done, {planned} planned by now",
            done=found.today[kind],
            total=found.totals[kind],
            planned=found.planned_today[kind],
        )
    return _chart(context, say(KINDS[kind]), words, found.totals[kind], lines, None)


def _ends(found: BurnUp) -> list[dt.date]:
    """The last day of each period."""
    if found.per == "week":
        return [point.start + 6 * ONE_DAY for point in found.points]
    return [next_month(point.start) - ONE_DAY for point in found.points]


# --- drawing ---------------------------------------------------------------------------------------------------------


def _chart(
    context: Context,
    name: Shown,
    words: Shown,
    highest: float,
    lines: Sequence[tuple[str, list[Step], bool]],
    due: dt.date | None,
) -> StepChart:
    scale = context.scale
    parts = [_vertical("t", tick.at) for tick in scale.ticks() if tick.at]
    top = highest or 1.0
    for kind, steps, filled in lines:
        parts += _areas(scale, steps, top) if filled else []
        parts += _line(kind, scale, steps, top)
    if due is not None and scale.shows(due):
        parts.append(_vertical("d", scale.at(due) + 1 / scale.days))
    if context.source.as_of is not None and scale.shows(context.source.as_of):
        parts.append(_vertical("now", scale.at(context.source.as_of)))
    months = list(scale.ticks())
    named = months[:: -(-len(months) // _NAMES)]
    ticks = tuple((percent(tick.at), context.language.month_tick(tick.day, 5)) for tick in named)
    return StepChart(
        name, words, context.language.number(Decimal(str(round(highest, 2)))), Markup("").join(parts), ticks
    )


def _height(amount: float, top: float) -> float:
    return round(_TOP + (1 - amount / top) * (_TALL - _TOP), 1)


def _stretches(scale: Scale, steps: Iterable[Step]) -> list[tuple[float, float, float]]:
    """Where each level begins and ends, and the level."""
    ordered = sorted(steps, key=lambda step: step[0])
    starts = [scale.at(day) for day, _ in ordered]
    ends = [*starts[1:], 1.0]
    return [(start, end, level) for start, end, (_, level) in zip(starts, ends, ordered, strict=True)]


def _areas(scale: Scale, steps: Iterable[Step], top: float) -> list[Markup]:
    return [
        element(
            "rect",
            class_="area",
            x=percent(start),
            y=_height(level, top),
            width=percent(end - start),
            height=round(_TALL - _height(level, top), 1),
        )
        for start, end, level in _stretches(scale, steps)
        if end > start and level
    ]


def _line(kind: str, scale: Scale, steps: Sequence[Step], top: float) -> list[Markup]:
    """Level after level, and the steps between them. A line of what is done ends where it was last known."""
    found, before = [], None
    for start, end, level in _stretches(scale, steps):
        y = _height(level, top)
        if before is not None and before != y:
            found.append(element("line", class_=kind, x1=percent(start), x2=percent(start), y1=before, y2=y))
        if end > start and not (kind == "done" and end == 1.0):
            found.append(element("line", class_=kind, x1=percent(start), x2=percent(end), y1=y, y2=y))
        before = y
    return found


def _vertical(name: str, at: float) -> Markup:
    return element("line", class_=name, x1=percent(at), x2=percent(at), y1=0, y2=_TALL)
