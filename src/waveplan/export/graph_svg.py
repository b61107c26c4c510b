"""The dependency graph as a picture: lots as boxes in columns, consumers left of their providers."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from waveplan.errors import UsageError
from waveplan.export.graph_layout import GraphLayout, NodePlace, lay_out
from waveplan.export.graph_view import EdgeKind, GraphEdge, GraphNode, GraphView

MOST_NODES = 2_000
MOST_EDGES = 6_000
_NAMESPACE = "http://www.w3.org/2000/svg"
_MARGIN, _ROW, _HEAD, _FOOT, _LETTER, _BOLD = 24.0, 24.0, 24.0, 18.0, 7.2, 8.4
_LONGEST = 40  # letters of a name that are shown; the rest is in its tooltip
_STRENGTH: tuple[EdgeKind, ...] = ("hard", "soft", "shared")
_UNITS = "userSpaceOnUse"
LINES = (
    ("hard", "hard: moves with it"),
    ("soft", "soft: coexistence while apart"),
    ("shared", "shared service: no tie"),
)
LOT = "lot: cuts over together"
STAYING = (("retain", "lot stays", "stays"), ("retire", "lot retires", "retires"))
CRITICAL = "bold: critical"
_STYLE = """
text{font:12px system-ui,sans-serif;fill:#1f2933}
.lot rect{fill:#f7f9fb;stroke:#9aa5b1;rx:6}
.lot .head,.lot .foot{font-size:10px;fill:#616e7c}
.stays rect{fill:#e6e6e6}
.retires rect{fill:#fff;stroke-dasharray:4}
.critical{font-weight:600}
path{fill:none;stroke-width:1.2}
.hard{stroke:#b42318;stroke-width:2.2}
.soft{stroke:#52606d}
.shared{stroke:#2f6fab;stroke-dasharray:5 4}
.arrow{stroke:none}
"""
_COLOURS = {"hard": "#b42318", "soft": "#52606d", "shared": "#2f6fab"}


@dataclass(frozen=True, slots=True)
class _Box:
    """A lot with its items, or one item that never cuts over."""

    name: str
    lot: str
    nodes: tuple[GraphNode, ...]
    labels: tuple[str, ...]  # of its nodes
    foot: str

    @property
    def size(self) -> tuple[float, float]:
        letters = [_BOLD if node.criticality == "critical" else _LETTER for node in self.nodes]
        wide = [len(label) * letter for label, letter in zip(self.labels, letters, strict=True)]
        wide += [len(text) * _LETTER for text in (self.lot, self.foot)]
        head, foot = (_HEAD if self.lot else 0.0), (_FOOT if self.foot else 0.0)
        return max(wide) + 24, len(self.nodes) * _ROW + head + foot + 6

    def row(self, place: NodePlace, node: str) -> float:
        """Height at which an item's lines start and end."""
        number = next(n for n, each in enumerate(self.nodes) if each.id == node)
        return place.y + (_HEAD if self.lot else 0.0) + number * _ROW + _ROW / 2 + 3


def format_svg(view: GraphView, say: Callable[[str], str] = str) -> str:
    """One picture with its own styles and a legend, whose words `say` may translate.

    Raises UsageError when it would be too large to read.
    """
    edges = _merged(view)
    if len(view.nodes) > MOST_NODES or len(edges) > MOST_EDGES:
        raise UsageError(
            "{nodes} applications with {edges} dependencies make no legible picture "
            "(at most {most_nodes} and {most_edges}): show a part with --around, or use --format dot or graphml",
            nodes=len(view.nodes),
            edges=len(edges),
            most_nodes=MOST_NODES,
            most_edges=MOST_EDGES,
        )
    boxes = {box.name: box for box in _boxes(view)}
    home = {node.id: box.name for box in boxes.values() for node in box.nodes}
    lines = [(home[consumer], home[provider]) for consumer, provider in edges]
    layout = lay_out({name: box.size for name, box in boxes.items()}, lines, _MARGIN)
    return _draw(view, boxes, home, edges, layout, _legend(view, edges, say))


def _merged(view: GraphView) -> dict[tuple[str, str], list[GraphEdge]]:
    """Dependencies by their two ends: one line for each pair."""
    found: dict[tuple[str, str], list[GraphEdge]] = {}
    for edge in view.edges:
        found.setdefault((edge.consumer, edge.provider), []).append(edge)
    return found


def _boxes(view: GraphView) -> Iterator[_Box]:
    by_id = {node.id: node for node in view.nodes}
    label = _labels(view)
    lot_of = {item: lot for lot, members in view.lots.items() for item in members}
    ties: dict[str, list[str]] = {}
    for tie in view.ties:
        ties.setdefault(lot_of[tie.items[0]], []).append(tie.label)
    for number, (lot, members) in enumerate(view.lots.items()):
        labels = ties.get(lot, [])
        foot = ", ".join(labels[:2]) + (f" … (+{len(labels) - 2})" if len(labels) > 2 else "")
        nodes = tuple(by_id[item] for item in members)
        yield _Box(f"lot {number}", lot, nodes, tuple(label[node.id] for node in nodes), foot)
    for node in view.nodes:
        if not node.lot:
            yield _Box(f"item {node.id}", "", (node,), (label[node.id],), "")


def _labels(view: GraphView) -> dict[str, str]:
    """What each item is called; those of one name by their ids."""
    times = Counter(node.name for node in view.nodes)
    return {node.id: _short(node.name if times[node.name] == 1 else node.id) for node in view.nodes}


def _legend(
    view: GraphView, edges: dict[tuple[str, str], list[GraphEdge]], say: Callable[[str], str]
) -> list[tuple[str, str]]:
    """What is drawn and means something: class and words."""
    kinds = {edge.kind for found in edges.values() for edge in found}
    drawn: list[tuple[str, str]] = [(kind, say(words)) for kind, words in LINES if kind in kinds]
    strategies = {node.strategy for node in view.nodes if not node.lot}
    drawn += [("lot", say(LOT))] if view.lots else []
    drawn += [(style, say(words)) for strategy, style, words in STAYING if strategy in strategies]
    return [*drawn, *([("critical", say(CRITICAL))] if any(n.criticality == "critical" for n in view.nodes) else [])]


def _draw(
    view: GraphView,
    boxes: dict[str, _Box],
    home: dict[str, str],
    edges: dict[tuple[str, str], list[GraphEdge]],
    layout: GraphLayout,
    legend: list[tuple[str, str]],
) -> str:
    root = ET.Element("svg", xmlns=_NAMESPACE, role="img")
    ET.SubElement(root, "title").text = view.title
    ET.SubElement(root, "style").text = _STYLE
    _arrowheads(root)
    ET.SubElement(root, "rect", width="100%", height="100%", fill="#fff")
    right = layout.width
    for ends, found in edges.items():
        right = max(right, _line(root, ends, found, boxes, home, layout))
    for name, box in boxes.items():
        _box(root, box, layout.places[name])
    right = max(right, _draw_legend(root, legend, layout.height))
    width, height = f"{right:.0f}", f"{layout.height + _ROW + _MARGIN:.0f}"
    root.attrib |= {"width": width, "height": height, "viewBox": f"0 0 {width} {height}"}
    ET.indent(root)
    return ET.tostring(root, encoding="unicode") + "\n"


def _arrowheads(root: ET.Element) -> None:
    definitions = ET.SubElement(root, "defs")
    for kind, colour in _COLOURS.items():
        size = {"viewBox": "0 0 8 8", "refX": "8", "refY": "4", "markerWidth": "8", "markerHeight": "8"}
        marker = ET.SubElement(definitions, "marker", {"id": kind, "orient": "auto", "markerUnits": _UNITS, **size})
        ET.SubElement(marker, "path", {"class": "arrow", "d": "M0,0L8,4L0,8z", "style": f"fill:{colour}"})


def _line(
    root: ET.Element,
    ends: tuple[str, str],
    found: list[GraphEdge],
    boxes: dict[str, _Box],
    home: dict[str, str],
    layout: GraphLayout,
) -> float:
    """Draw one line, and tell how far right it reaches."""
    names = home[ends[0]], home[ends[1]]
    one, other = layout.places[names[0]], layout.places[names[1]]
    start, end = boxes[names[0]].row(one, ends[0]), boxes[names[1]].row(other, ends[1])
    reaches = 0.0
    kind = min((edge.kind for edge in found), key=_STRENGTH.index)
    if one.x + one.width < other.x:
        points = [(one.x + one.width, start)]
        for lane in layout.lanes.get(names, ()):
            points += [(lane.x, lane.middle), (lane.x + lane.width, lane.middle)]
        drawn = _curve([*points, (other.x, end)])
    else:  # within a box or a circle: around the right side
        right, back = one.x + one.width, other.x + other.width
        bulge = max(right, back) + 30 + abs(end - start) / 12
        reaches = bulge + _MARGIN / 2
        drawn = f"M{right:.1f},{start:.1f}C{bulge:.1f},{start:.1f} {bulge:.1f},{end:.1f} {back:.1f},{end:.1f}"
    path = ET.SubElement(root, "path", {"class": kind, "d": drawn, "marker-end": f"url(#{kind})"})
    ET.SubElement(path, "title").text = _tooltip(ends, found)
    return reaches


def _draw_legend(root: ET.Element, legend: list[tuple[str, str]], y: float) -> float:
    """One line below everything, each sign with its words; tells how far right it reaches."""
    group, x, middle = ET.SubElement(root, "g", {"class": "legend"}), _MARGIN, y + _ROW / 2
    for style, words in legend:
        if style in _COLOURS:
            ET.SubElement(
                group, "path", {"class": style, "d": f"M{x:.1f},{middle:.1f}h30", "marker-end": f"url(#{style})"}
            )
        elif style != "critical":
            box = ET.SubElement(group, "g", {"class": style})
            ET.SubElement(box, "rect", x=f"{x:.1f}", y=f"{middle - 8:.1f}", width="30", height="16")
        x += 0.0 if style == "critical" else 38.0
        _text(group, x, middle + 4, words, style if style == "critical" else "")
        x += len(words) * _BOLD + _MARGIN
    return x


def _curve(points: list[tuple[float, float]]) -> str:
    drawn = f"M{points[0][0]:.1f},{points[0][1]:.1f}"
    for (x, y), (to_x, to_y) in pairwise(points):
        middle = (x + to_x) / 2
        drawn += f"C{middle:.1f},{y:.1f} {middle:.1f},{to_y:.1f} {to_x:.1f},{to_y:.1f}"
    return drawn


def _tooltip(ends: tuple[str, str], found: list[GraphEdge]) -> str:
    each = ("; ".join(text for text in (edge.kind, edge.order, edge.reason) if text) for edge in found)
    return f"{ends[0]} → {ends[1]}: {' / '.join(each)}"


def _box(root: ET.Element, box: _Box, place: NodePlace) -> None:
    style = {"retain": "lot stays", "retire": "lot retires"}.get(box.nodes[0].strategy, "lot") if not box.lot else "lot"
    group = ET.SubElement(root, "g", {"class": style})
    width, height = f"{place.width:.1f}", f"{place.height:.1f}"
    ET.SubElement(group, "rect", x=f"{place.x:.1f}", y=f"{place.y:.1f}", width=width, height=height)
    if box.lot:
        _text(group, place.x + 10, place.y + 16, box.lot, "head")
    for node, label in zip(box.nodes, box.labels, strict=True):
        text = _text(group, place.x + 12, box.row(place, node.id) + 4, label, node.criticality)
        ET.SubElement(text, "title").text = f"{node.id}: {node.name} ({node.strategy}, {node.criticality})"
    if box.foot:
        _text(group, place.x + 10, place.y + place.height - 8, box.foot, "foot")


def _text(group: ET.Element, x: float, y: float, text: str, style: str) -> ET.Element:
    element = ET.SubElement(group, "text", {"x": f"{x:.1f}", "y": f"{y:.1f}", "class": style})
    element.text = text
    return element


def _short(name: str) -> str:
    return name if len(name) <= _LONGEST else name[: _LONGEST - 1] + "…"
