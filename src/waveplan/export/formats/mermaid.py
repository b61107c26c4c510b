"""Mermaid: a Gantt chart with explicit dates, the map of waves, and each wave's dependencies; within its limits."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar

from waveplan.export.formats.charts import (
    Bar,
    ChartSection,
    WaveGraph,
    between_waves,
    chart_notes,
    sections_of,
    wave_graphs,
)
from waveplan.export.formats.protocol import Asked, Exported, clocks, left_out, untold
from waveplan.export.graph_mermaid import MAX_CHARACTERS, MAX_EDGES, escaped
from waveplan.export.programme import ProgrammeView, Words
from waveplan.export.programme.view import DependencyView

_POINT = "milestone, "
_TAGS = {"cutover": "crit, ", "hypercare": "active, ", "freeze": "done, "}
_ARROWS = {"hard": "==>", "shared": "-.->"}
_FEWEST = 2
_Edge = TypeVar("_Edge")


def write(view: ProgrammeView, words: Words, asked: Asked) -> Exported:
    """Files of one diagram each, or a Markdown page with all of them."""
    files = dict(_diagrams(view, words))
    page = [f"# {_markdown(view.name)}\n"]
    page += [f"## {name.removesuffix('.mmd')}\n\n```mermaid\n{text}```\n" for name, text in files.items()]
    content = {name: text.encode("utf-8") for name, text in files.items()}
    return Exported(content, "\n".join(page).encode("utf-8"), tuple(_notes(view, words)))


def _diagrams(view: ProgrammeView, words: Words) -> Iterator[tuple[str, str]]:
    charts = list(_charts(view, words))
    yield from _numbered("gantt", charts)
    yield from _numbered("waves", list(_maps(view)))
    for graph in wave_graphs(view):
        name = re.sub(r"[^\w-]+", "-", graph.wave.label)
        yield from _numbered(name, list(_graphs(graph)))


def _numbered(name: str, texts: Sequence[str]) -> Iterator[tuple[str, str]]:
    for number, text in enumerate(texts, 1):
        yield (f"{name}.mmd" if len(texts) < _FEWEST else f"{name}-{number}.mmd"), text


# --- the Gantt chart -----------------------------------------------------------------------------------------------


def _charts(view: ProgrammeView, words: Words) -> Iterator[str]:
    """One; several where Mermaid would refuse one for its length."""
    head = f"gantt\n  title {_text(view.name)}\n  dateFormat YYYY-MM-DD HH:mm\n  axisFormat %Y-%m-%d\n"
    text, number = head, 0
    for section in sections_of(view, words):
        for block in _blocks(section, number):
            if len(text) + len(block) > MAX_CHARACTERS and text != head:
                yield text
                text = head
            text += block
        number += len(section.bars)
    yield text


def _blocks(section: ChartSection, number: int) -> Iterator[str]:
    """The section; in pieces when it is too long by itself."""
    head = f"  section {_text(section.title)}\n"
    block = head
    for place, bar in enumerate(section.bars, number):
        line = _line(bar, place)
        if len(block) + len(line) > MAX_CHARACTERS // 2 and block != head:
            yield block
            block = head
        block += line
    yield block


def _line(bar: Bar, number: int) -> str:
    start = f"{bar.start:%Y-%m-%d %H:%M}"
    end = "0d" if bar.is_point else f"{bar.end:%Y-%m-%d %H:%M}"
    tag = _POINT if bar.is_point else _TAGS.get(bar.kind, "")
    return f"  {_text(bar.name)} :{tag}b{number}, {start}, {end}\n"


def _text(text: str) -> str:
    """A text of a Gantt chart, in which a colon ends it."""
    return escaped(text).replace(":", "#58;")


# --- dependencies --------------------------------------------------------------------------------------------------


def _maps(view: ProgrammeView) -> Iterator[str]:
    """Waves, and on how many items of which other waves those of each depend."""
    names = {wave.id: f"w{number}" for number, wave in enumerate(view.waves)}
    nodes = [f'  {names[wave.id]}["{escaped(wave.label)}<br>{wave.date}"]' for wave in view.waves]
    edges = [f'  {names[one]} -->|"{number}"| {names[other]}' for (one, other), number in between_waves(view).items()]
    for chunk in _chunks(edges):
        yield "\n".join(["flowchart LR", *nodes, *chunk]) + "\n"


def _graphs(graph: WaveGraph) -> Iterator[str]:
    """A wave's lots and what its items depend on; the other ends are told by their wave."""
    items = [*(item for lot in graph.lots for item in lot.items), *graph.others]
    names = {item.id: f"n{number}" for number, item in enumerate(items)}
    for number, chunk in enumerate(_chunks(graph.edges)):
        ends = {end for each in chunk for end in (each.consumer, each.provider)}
        lines = ["flowchart LR"]
        for place, lot in enumerate(graph.lots):
            members = [item for item in lot.items if number == 0 or item.id in ends]
            if members:
                lines.append(f'  subgraph lot{place}["{escaped(lot.id)}"]')
                lines += [f'    {names[item.id]}["{escaped(item.title)}"]' for item in members]
                lines.append("  end")
        for item in graph.others:
            if item.id in ends:
                where = f"<br>{escaped(item.wave_label)}" if item.wave_label else ""
                lines.append(f'  {names[item.id]}(["{escaped(item.title)}{where}"])')
        lines += [_edge(each, names) for each in chunk]
        yield "\n".join(lines) + "\n"


def _edge(edge: DependencyView, names: dict[str, str]) -> str:
    label = "" if edge.order == "any" else f'|"{escaped(edge.order)}"|'
    return f"  {names[edge.consumer]} {_ARROWS.get(edge.coupling, '-->')}{label} {names[edge.provider]}"


def _chunks(edges: Sequence[_Edge]) -> Iterator[Sequence[_Edge]]:
    """So many at a time as Mermaid draws; one chunk without any."""
    for begin in range(0, max(len(edges), 1), MAX_EDGES):
        yield edges[begin : begin + MAX_EDGES]


def _markdown(text: str) -> str:
    return "".join(c if c.isalnum() or c == " " else f"\\{c}" if c.isascii() else c for c in text)


def _notes(view: ProgrammeView, words: Words) -> Iterable[str]:
    yield clocks(view, words)
    yield from chart_notes(view, words)
    yield from left_out(view, words)
    yield from untold(view, words)
