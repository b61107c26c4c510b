"""The map of dependencies by wave: what stands apart, between which waves, for how long."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from markupsafe import Markup

from waveplan.assessment.apart import ApartItems, standing_apart
from waveplan.pages.context import Context
from waveplan.pages.gantt import GanttBarRow
from waveplan.pages.reasons import orders
from waveplan.pages.svg import element, percent, short, text, title
from waveplan.pages.tables import PageCell, PageTable, columns, date, number, word
from waveplan.render.language import BLANK, Shown, safe

_MARGIN, _WIDE_MARGIN = 30.0, 90.0  # beside the first wave and the last; before names that are written aslant
_NEAREST, _FURTHEST, _ROOM = 46.0, 90.0, 960.0  # between two waves, and all of them if they are few
_ROUND = 0.5  # height of an arc by the distance of its waves
_HIGHEST = 230.0
_SLANTED = 120.0  # room below for names that are written aslant
_BARS = 40  # so many ties are drawn as bars; all stand in the table
_TABLED = 2000

Pair = tuple[int, int]  # places of waves


@dataclass
class _Bundle:
    """All that leads from one wave to a later one."""

    apart: list[ApartItems] = field(default_factory=list)
    orders: int = 0

    @property
    def coexistence(self) -> Decimal:
        return sum((each.coexistence for each in self.apart), Decimal(0))


@dataclass(frozen=True, slots=True)
class ApartMap:
    """Arcs between waves, a bar for each tie that costs most, and a table of all of them."""

    words: Shown
    arcs: Markup
    width: str
    height: str
    bars: tuple[GanttBarRow, ...]
    table: PageTable


def apart_map(context: Context) -> ApartMap | None:
    """The map; none when nothing leads from one wave to another."""
    found = standing_apart(context.plan, context.placement.items)
    bundles = _bundles(context, found)
    if not bundles:
        return None
    step = min(max(_ROOM / max(len(context.waves) - 1, 1), _NEAREST), _FURTHEST)
    tallest = min(max((last - first) * step * _ROUND for first, last in bundles), _HIGHEST)
    return ApartMap(
        words=_words(context, found),
        arcs=_arcs(context, bundles, step, tallest),
        width=short(_margin(context) + _MARGIN + step * max(len(context.waves) - 1, 1)),
        height=short(tallest + (_SLANTED if context.page.several_streams else 52)),
        bars=tuple(_bar(context, each) for each in found[:_BARS]),
        table=_table(context, found),
    )


def _words(context: Context, found: list[ApartItems]) -> Shown:
    language = context.language
    total = sum((each.coexistence for each in found), Decimal(0))
    if not found:
        return language.say("No soft tie stands apart: whatever belongs together moves on one day.")
    longest = max(found, key=lambda each: each.days)
    return language.count(
        "{n} soft tie stands apart for a while, {total} in coexistence (weight × days); the longest for {days} days.",
        "{n} soft ties stand apart for a while, {total} in coexistence (weight × days); the longest for {days} days.",
        len(found),
        total=total,
        days=longest.days,
    )


def _bundles(context: Context, found: list[ApartItems]) -> Mapping[Pair, _Bundle]:
    bundles: dict[Pair, _Bundle] = defaultdict(_Bundle)
    for each in found:
        bundles[context.wave_place[each.first.id], context.wave_place[each.last.id]].apart.append(each)
    lot_of = {item: lot.id for lot in context.plan.lots for item in lot.items}
    wave_of = context.page.wave_of
    for first, second, _ in orders(context):
        waves = [wave_of.get(lot_of.get(str(item.id), "")) for item in (first, second)]
        places = [context.wave_place[wave.id] for wave in waves if wave is not None]
        if len(places) == 2 and places[0] != places[1]:
            bundles[min(places), max(places)].orders += 1
    return dict(sorted(bundles.items()))


def _arcs(context: Context, bundles: Mapping[Pair, _Bundle], step: float, tallest: float) -> Markup:
    base, margin = tallest + 12, _margin(context)
    most = max((each.coexistence for each in bundles.values()), default=Decimal(0)) or Decimal(1)
    parts = []
    for (first, last), bundle in bundles.items():
        width = short(1 + 6 * float(bundle.coexistence / most)) if bundle.apart else None
        drawn = element(
            "path",
            title(_told(context, first, last, bundle)),
            class_="arc" if bundle.apart else "arc o",
            d=_curve(margin + step * (first - 1), margin + step * (last - 1), base),
            stroke_width=width,
        )
        parts.append(drawn)
    parts += [_node(context, place, margin + step * (place - 1), base) for place in range(1, len(context.waves) + 1)]
    return Markup("").join(parts)


def _curve(left: float, right: float, base: float) -> str:
    """An arc from one wave to another; it comes up three quarters of the way to where it is pulled."""
    one, other, foot = short(left), short(right), short(base)
    top = short(base - min((right - left) * _ROUND, _HIGHEST) * 4 / 3)
    return f"M{one} {foot}C{one} {top} {other} {top} {other} {foot}"


def _node(context: Context, place: int, x: float, base: float) -> Markup:
    """A wave: a link to its section."""
    wave, at = context.waves[place - 1], short(x)
    day = context.language.day(wave.date, weekday=False, year=False)
    dot = element("circle", class_="node", cx=at, cy=short(base), r="5")
    if context.page.several_streams:  # names are long then, and would run into each other
        slant = {"transform": f"translate({at} {short(base + 14)}) rotate(-40)", "text_anchor": "end"}
        label, when = text(context.label(wave), **slant), text(day, class_="small", y="12", **slant)
    else:
        label = text(context.label(wave), x=at, y=short(base + 20), text_anchor="middle")
        when = text(day, class_="small", x=at, y=short(base + 34), text_anchor="middle")
    return element("a", dot, label, when, href=f"#w-{place}")


def _margin(context: Context) -> float:
    return _WIDE_MARGIN if context.page.several_streams else _MARGIN


def _told(context: Context, first: int, last: int, bundle: _Bundle) -> Shown:
    language = context.language
    one, other = context.waves[first - 1], context.waves[last - 1]
    parts = []
    if bundle.apart:
        parts.append(
            language.count(
                "{n} soft tie apart for {days} days, {total} in coexistence",
                "{n} soft ties apart for {days} days, {total} in coexistence",
                len(bundle.apart),
                days=(other.date - one.date).days,
                total=bundle.coexistence,
            )
        )
    if bundle.orders:
        parts.append(language.count("{n} order", "{n} orders", bundle.orders))
    said = language.listing(parts)
    return language.say("{first} to {last}: {said}", first=context.label(one), last=context.label(other), said=said)


def _bar(context: Context, each: ApartItems) -> GanttBarRow:
    scale, first, last = context.scale, context.wave_place[each.first.id], context.wave_place[each.last.id]
    start, end = scale.at(each.start), scale.at(each.last.date)
    bar = element("rect", class_="apart", x=percent(start), y=6, width=percent(end - start), height=10)
    return GanttBarRow(_tied(each), _bar_words(context, each), bar, f"#w-{last}", (first, last))


def _tied(each: ApartItems) -> Shown:
    other = each.tie.provider
    return Shown(f"{safe(each.tie.consumer)} – {safe(other)}") if other else safe(each.tie.consumer)


def _bar_words(context: Context, each: ApartItems) -> Shown:
    words = context.language.say(
        "{tie}: apart for {days} days, from {first} to {last}; weight {weight}, {total} in coexistence",
        tie=_tied(each),
        days=each.days,
        first=context.wave_day(each.first),
        last=context.wave_day(each.last),
        weight=each.tie.weight,
        total=each.coexistence,
    )
    return Shown(f"{words} ({safe(each.tie.reason)})") if each.tie.reason else words


def _table(context: Context, found: list[ApartItems]) -> PageTable:
    language, say = context.language, context.language.say
    rows = tuple(_row(context, each) for each in found[:_TABLED])
    note = BLANK
    if len(found) > _TABLED:
        more = len(found) - _TABLED
        note = language.count("{n} more costs less.", "{n} more cost less.", more)
    names = columns(
        say("Consumer"),
        say("Provider"),
        say("Apart from"),
        say("Until"),
        (say("Days"), True),
        (say("Weight"), True),
        (say("Coexistence"), True),
        say("Reason"),
    )
    places = tuple((context.wave_place[each.first.id], context.wave_place[each.last.id]) for each in found[:_TABLED])
    return PageTable(say("What stands apart"), names, rows, say("Nothing stands apart."), note, places)


def _row(context: Context, each: ApartItems) -> tuple[PageCell, ...]:
    language = context.language
    first, last = date(language, each.start, weekday=False), date(language, each.last.date, weekday=False)
    return (
        word(each.tie.consumer),
        word(each.tie.provider or language.say("its own batches")),
        PageCell(context.wave_day(each.first), first.key, f"#w-{context.wave_place[each.first.id]}"),
        PageCell(context.wave_day(each.last), last.key, f"#w-{context.wave_place[each.last.id]}"),
        number(language, each.days),
        number(language, each.tie.weight),
        number(language, each.coexistence),
        word(each.tie.reason or ""),
    )
