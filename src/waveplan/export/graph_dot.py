"""The dependency graph for Graphviz: lots as clusters, kinds of tie as styles of line."""

from __future__ import annotations

from collections.abc import Iterator

from waveplan.export.graph_view import GraphEdge, GraphNode, GraphTie, GraphView

_EDGE_STYLES = {
    "hard": "style=bold, color=firebrick",
    "soft": "style=solid, color=gray30",
    "shared": "style=dashed, color=steelblue",
}
_TIE_STYLE = "dir=none, style=dotted, color=darkorange3"


def format_dot(view: GraphView) -> str:
    """One `digraph`; consumers point at their providers."""
    return "\n".join(_lines(view)) + "\n"


def _lines(view: GraphView) -> Iterator[str]:
    yield f"digraph {_quoted(view.title)} {{"
    yield '  graph [rankdir=LR, fontname="sans-serif", compound=true];'
    yield '  node [shape=box, style="rounded,filled", fillcolor=white, fontname="sans-serif"];'
    yield '  edge [fontname="sans-serif", fontsize=9];'
    by_id = {node.id: node for node in view.nodes}
    for number, (lot, members) in enumerate(view.lots.items()):
        yield f"  subgraph cluster_{number} {{"
        yield f'    label={_quoted(lot)}; style="rounded"; color=gray60; fontcolor=gray30;'
        yield from (f"    {_node(by_id[member])}" for member in members)
        yield "  }"
    yield from (f"  {_node(node)}" for node in view.nodes if not node.lot)
    yield from (f"  {_edge(edge)}" for edge in view.edges)
    for number, tie in enumerate(view.ties):
        yield from (f"  {line}" for line in _tie(tie, number))
    yield "}"


def _node(node: GraphNode) -> str:
    attributes = [f"label={_quoted(node.name)}"]
    if node.strategy == "retain":
        attributes.append("fillcolor=gray90")
    elif node.strategy == "retire":
        attributes.append('style="rounded,dashed"')
    if node.criticality == "critical":
        attributes.append("penwidth=2")
    return f"{_quoted(node.id)} [{', '.join(attributes)}];"


def _edge(edge: GraphEdge) -> str:
    label = ", ".join(text for text in (edge.order, edge.reason) if text)
    shown = f", label={_quoted(label)}" if label else ""
    return f"{_quoted(edge.consumer)} -> {_quoted(edge.provider)} [{_EDGE_STYLES[edge.kind]}{shown}];"


def _tie(tie: GraphTie, number: int) -> Iterator[str]:
    if len(tie.items) == 2:
        ends = " -> ".join(_quoted(item) for item in tie.items)
        yield f"{ends} [{_TIE_STYLE}, label={_quoted(tie.label)}];"
        return
    hub = f'"tie {number}"'  # no item's id holds a blank
    yield f"{hub} [shape=plaintext, style=solid, fontsize=9, label={_quoted(tie.label)}];"
    yield from (f"{hub} -> {_quoted(item)} [{_TIE_STYLE}];" for item in tie.items)


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
