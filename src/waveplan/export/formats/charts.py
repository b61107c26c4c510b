"""What charts as text show, whichever language they are drawn in: bars by wave, and what depends on what by wave."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from waveplan.export.formats.clock_times import ClockTime, clock
from waveplan.export.programme import ProgrammeView, Words
from waveplan.export.programme.view import DependencyView, ItemView, LotView, WaveView

BarKind = Literal["preparation", "cutover", "hypercare", "freeze", "gate", "rehearsal", "milestone"]
_ONE_DAY = dt.timedelta(days=1)
_MANY = frozenset({"purge_order", "acknowledgement"})  # as many as servers and items


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar by the clocks of the programme, its end excluded; what has one day alone ends where it starts."""

    key: str
    name: str
    kind: BarKind
    start: ClockTime
    end: ClockTime

    @property
    def is_point(self) -> bool:
        """Whether it is drawn as a point."""
        return self.start == self.end


@dataclass(frozen=True, slots=True)
class ChartSection:
    """Bars under one heading."""

    title: str
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class WaveGraph:
    """The lots of a wave, what depends on what in it, and items of other waves at the other ends."""

    wave: WaveView
    lots: tuple[LotView, ...]
    others: tuple[ItemView, ...]
    edges: tuple[DependencyView, ...]


def sections_of(view: ProgrammeView, words: Words) -> list[ChartSection]:
    """What is the whole programme's, then a section for each wave."""
    found = [ChartSection(wave.label, tuple(_bars(wave, words))) for wave in view.waves]
    points = tuple(_points(view, words))
    freezes = tuple(_freezes(view))
    if points:
        found.insert(0, ChartSection(words.say("Milestones"), points))
    if freezes:
        found.insert(0, ChartSection(words.say("Freezes"), freezes))
    return found


def chart_notes(view: ProgrammeView, words: Words) -> Iterator[str]:
    """What no chart holds."""
    yield words.say("a chart holds no servers, loads, duties, evidence or assumptions")
    number = sum(each.kind in _MANY for each in view.milestones)
    if number:
        yield words.count(
            "{n} purge or acknowledgement is not drawn", "{n} purges and acknowledgements are not drawn", number
        )


def _at(day: dt.date) -> ClockTime:
    return dt.datetime.combine(day, dt.time())


def _bars(wave: WaveView, words: Words) -> Iterator[Bar]:
    say, label = words.say, wave.label
    if wave.preparation_start < wave.date:
        name = say("{wave}: preparation", wave=label)
        yield Bar(f"{wave.key}:preparation", name, "preparation", _at(wave.preparation_start), _at(wave.date))
    for each in wave.rehearsals:
        name = say("{wave}: rehearsal {name} of {lot}", wave=label, name=each.id, lot=each.lot)
        yield Bar(each.key, name, "rehearsal", _at(each.date), _at(each.date + _ONE_DAY))
    for gate in wave.gates:
        name = say("GO/NO-GO {name}", name=gate.id) if gate.decides else gate.id
        name = say("{wave}: {name}", wave=label, name=name)
        yield Bar(gate.key, name, "gate", _at(gate.date), _at(gate.date))
    start, end = clock(wave.start), clock(wave.end)
    yield Bar(f"{wave.key}:cutover", say("{wave}: cutover", wave=label), "cutover", start, end)
    name = say("{wave}: hypercare", wave=label)
    yield Bar(f"{wave.key}:hypercare", name, "hypercare", end, clock(wave.hypercare_end))


def _points(view: ProgrammeView, words: Words) -> Iterator[Bar]:
    for each in view.milestones:
        if each.kind not in _MANY:
            name = words.say("{kind}: {name}", kind=each.what, name=each.name)
            several = each.start is not None and each.start < each.date
            start, end = (_at(each.start or each.date), _at(each.date + _ONE_DAY)) if several else (_at(each.date),) * 2
            yield Bar(each.key, name, "milestone", start, end)
    for date in view.hard_dates:
        name = words.say("hard date: {name}", name=date.name)
        yield Bar(date.key, name, "milestone", _at(date.date), _at(date.date))


def _freezes(view: ProgrammeView) -> Iterator[Bar]:
    for each in view.freezes:
        name = f"{each.reason} ({each.scope})" if each.reason else each.scope
        start = _at(each.first) if each.start is None else clock(each.start)
        end = _at(each.last + _ONE_DAY) if each.end is None else clock(each.end)
        yield Bar(each.key, f"× {name}", "freeze", start, end)


def wave_graphs(view: ProgrammeView) -> Iterator[WaveGraph]:
    """One for each wave: every dependency of which an end is in it."""
    items = {item.id: item for item in (*view.items, *view.other_items)}
    for wave in view.waves:
        own = {item.id for lot in wave.lots for item in lot.items}
        edges = tuple(each for each in view.dependencies if each.consumer in own or each.provider in own)
        ends = {end for each in edges for end in (each.consumer, each.provider)} - own
        others = tuple(items[end] for end in sorted(ends) if end in items)
        known = own | {item.id for item in others}
        kept = tuple(each for each in edges if each.consumer in known and each.provider in known)
        yield WaveGraph(wave, wave.lots, others, kept)


def between_waves(view: ProgrammeView) -> dict[tuple[str, str], int]:
    """How many dependencies there are from the items of one wave on those of another."""
    wave_of = {item.id: item.wave for item in view.items}
    pairs = Counter(
        (wave_of[each.consumer], wave_of[each.provider])
        for each in view.dependencies
        if each.consumer in wave_of and each.provider in wave_of
    )
    return {pair: number for pair, number in sorted(pairs.items()) if pair[0] != pair[1]}
