"""The dependency graph for Mermaid, which refuses more than 500 edges or 50,000 characters: split where need be."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from waveplan.export.graph_parts import split_view
from waveplan.export.graph_view import GraphNode, GraphTie, GraphView

MAX_EDGES = 500
MAX_CHARACTERS = 48_000  # Mermaid stops at 50,000
_ARROWS = {"hard": "==>", "soft": "-->", "shared": "-.->", "tie": "---"}
_PLAIN = frozenset(" _-.,:/+()='")


def format_mermaid(view: GraphView) -> str:
    """One flowchart, or a Markdown page of several where Mermaid would refuse one."""
    graphs = split_mermaid(view)
    if len(graphs) == 1:
        return graphs[0]
    name = "".join(c if c.isalnum() or c == " " else f"\\{c}" for c in view.title)
    pages = (f"## {name} {number}/{len(graphs)}\n\n```mermaid\n{graph}```\n" for number, graph in enumerate(graphs, 1))
    return "\n".join(pages)


def split_mermaid(view: GraphView) -> tuple[str, ...]:
    """Flowcharts that together show everything; what hangs together stays together where it fits."""
    parts = split_view(view, MAX_EDGES, MAX_CHARACTERS, lambda text: len(escaped(text)))
    return tuple("\n".join(_lines(part)) + "\n" for part in parts)


def _lines(view: GraphView) -> Iterator[str]:
    names = {node.id: f"n{number}" for number, node in enumerate(view.nodes)}
    by_id = {node.id: node for node in view.nodes}
    yield "flowchart LR"
    for number, (lot, members) in enumerate(view.lots.items()):
        yield f'  subgraph lot{number}["{escaped(lot)}"]'
        yield from (f"    {_node(names, by_id[member])}" for member in members)
        yield "  end"
    yield from (f"  {_node(names, node)}" for node in view.nodes if not node.lot)
    for edge in view.edges:
        label = ", ".join(text for text in (edge.order, edge.reason) if text)
        yield f"  {_line(names[edge.consumer], edge.kind, names[edge.provider], label)}"
    for number, tie in enumerate(view.ties):
        yield from (f"  {line}" for line in _tie(names, tie, number))
    retained = [names[node.id] for node in view.nodes if node.strategy in {"retain", "retire"}]
    if retained:
        yield "  classDef stays fill:#e6e6e6,stroke-dasharray:4"
        yield f"  class {','.join(retained)} stays"


def _node(names: dict[str, str], node: GraphNode) -> str:
    return f'{names[node.id]}["{escaped(node.name)}"]'


def _line(one: str, kind: str, other: str, label: str = "") -> str:
    shown = f'|"{escaped(label)}"|' if label else ""
    return f"{one} {_ARROWS[kind]}{shown} {other}"


def _tie(names: dict[str, str], tie: GraphTie, number: int) -> Iterable[str]:
    if len(tie.items) == 2:
        return [_line(names[tie.items[0]], "tie", names[tie.items[1]], tie.label)]
    hub = f"t{number}"
    return [f'{hub}(["{escaped(tie.label)}"])', *(_line(hub, "tie", names[item]) for item in tie.items)]


def escaped(text: str) -> str:
    """Everything but letters, digits and a few harmless signs as Mermaid's entity codes."""
    return "".join(c if c.isalnum() or c in _PLAIN else f"#{ord(c)};" for c in text)
