"""PlantUML: a Gantt chart of days, and each wave's dependencies, all in one file.

Texts come from files: whatever could start a directive, a call (`%getenv`), a link or mark-up is written as a code.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

from waveplan.export.formats.charts import Bar, WaveGraph, between_waves, chart_notes, sections_of, wave_graphs
from waveplan.export.formats.protocol import Asked, Exported, left_out, untold
from waveplan.export.programme import ProgrammeView, Words

_PLAIN = frozenset(" .,-:()/+")
_COLOURS = {
    "preparation": "LightSteelBlue",
    "cutover": "Firebrick",
    "hypercare": "Khaki",
    "freeze": "Silver",
    "rehearsal": "PaleGreen",
    "milestone": "Plum",
    "gate": "Black",
}
_ARROWS = {"hard": "-[bold]->", "shared": "-[dashed]->"}
_TICK = dt.timedelta(microseconds=1)


def write(view: ProgrammeView, words: Words, asked: Asked) -> Exported:
    """The chart, the map of waves, then a diagram for each wave."""
    parts = [_chart(view, words), _map(view), *map(_graph, wave_graphs(view))]
    return Exported.single("plan.puml", "\n".join(parts), tuple(_notes(view, words)))


def _chart(view: ProgrammeView, words: Words) -> str:
    first = min((bar.start.date() for section in sections_of(view, words) for bar in section.bars), default=view.start)
    lines = [
        "@startgantt",
        f"title {escaped(view.name)}",
        "printscale weekly",
        f"Project starts {min(first, view.start)}",
    ]
    titles: set[str] = set()
    for section in sections_of(view, words):
        lines.append(f"-- {escaped(section.title)} --")
        for bar in section.bars:
            lines += _bar(bar, f"b{len(titles) + 1}", _unique(_title(bar), bar, titles))
    return "\n".join([*lines, "@endgantt", ""])


def _title(bar: Bar) -> str:
    """Its name; with its hours where it has any, as charts know days."""
    if bar.is_point or (bar.start.time() == dt.time() and bar.end.time() == dt.time()):
        return bar.name
    return f"{bar.name} ({bar.start:%Y-%m-%d %H:%M} - {bar.end:%Y-%m-%d %H:%M})"


def _unique(title: str, bar: Bar, titles: set[str]) -> str:
    """Two tasks of one name are one to PlantUML: the second has its day, a third on that day its number."""
    found = title if title not in titles else f"{title} ({bar.start:%Y-%m-%d})"
    number = 1
    while found in titles:
        number += 1
        found = f"{title} ({bar.start:%Y-%m-%d} {number})"
    titles.add(found)
    return found


def _bar(bar: Bar, name: str, title: str) -> Iterator[str]:
    if bar.is_point:
        yield f"[{escaped(title)}] as [{name}] happens {bar.start:%Y-%m-%d}"
        return
    last = max(bar.start, bar.end - _TICK)
    yield f"[{escaped(title)}] as [{name}] starts {bar.start:%Y-%m-%d} and ends {last:%Y-%m-%d}"
    yield f"[{name}] is colored in {_COLOURS[bar.kind]}"


def _map(view: ProgrammeView) -> str:
    names = {wave.id: f"w{number}" for number, wave in enumerate(view.waves)}
    lines = ["@startuml", f"title {escaped(view.name)}", "left to right direction"]
    lines += [f'rectangle "{escaped(wave.label)}\\n{wave.date}" as {names[wave.id]}' for wave in view.waves]
    lines += [f"{names[one]} --> {names[other]} : {number}" for (one, other), number in between_waves(view).items()]
    return "\n".join([*lines, "@enduml", ""])


def _graph(graph: WaveGraph) -> str:
    items = [*(item for lot in graph.lots for item in lot.items), *graph.others]
    names = {item.id: f"n{number}" for number, item in enumerate(items)}
    lines = ["@startuml", f"title {escaped(graph.wave.label)} {graph.wave.date}", "left to right direction"]
    for place, lot in enumerate(graph.lots):
        lines.append(f'package "{escaped(lot.id)}" as lot{place} {{')
        lines += [f'  rectangle "{escaped(item.title)}" as {names[item.id]}' for item in lot.items]
        lines.append("}")
    for item in graph.others:
        where = f"\\n{escaped(item.wave_label)}" if item.wave_label else ""
        lines.append(f'rectangle "{escaped(item.title)}{where}" as {names[item.id]} #line.dotted')
    for edge in graph.edges:
        label = "" if edge.order == "any" else f" : {escaped(edge.order)}"
        lines.append(f"{names[edge.consumer]} {_ARROWS.get(edge.coupling, '-->')} {names[edge.provider]}{label}")
    return "\n".join([*lines, "@enduml", ""])


def escaped(text: str) -> str:
    """Letters, digits and harmless signs; everything else of ASCII as its code."""
    return "".join(c if c.isalnum() or c in _PLAIN or not c.isascii() else f"<U+{ord(c):04X}>" for c in text)


def _notes(view: ProgrammeView, words: Words) -> Iterable[str]:
    yield words.say("charts know days: hours stand in names, by the clocks of {zone}", zone=view.zone)
    yield from chart_notes(view, words)
    yield from left_out(view, words)
    yield from untold(view, words)
