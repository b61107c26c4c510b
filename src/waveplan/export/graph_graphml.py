"""The dependency graph as GraphML, for yEd, Gephi, Cytoscape and networkx."""

from __future__ import annotations

import xml.etree.ElementTree as ET

from waveplan.export.graph_view import GraphView

_NAMESPACE = "http://graphml.graphdrawing.org/xmlns"
_NODE_KEYS = ("kind", "name", "lot", "strategy", "criticality", "environment")
_EDGE_KEYS = ("kind", "order", "reason")


def format_graphml(view: GraphView) -> str:
    """One directed graph. Servers, clusters and rules that tie items are nodes of kind `tie`, lots an attribute."""
    root = ET.Element("graphml", xmlns=_NAMESPACE)
    for name in _NODE_KEYS:
        _key(root, f"n_{name}", "node", name, "string")
    for name in _EDGE_KEYS:
        _key(root, f"e_{name}", "edge", name, "string")
    _key(root, "e_weight", "edge", "weight", "double")
    graph = ET.SubElement(root, "graph", id="G", edgedefault="directed")
    _nodes(graph, view)
    _edges(graph, view)
    ET.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(root, encoding="unicode") + "\n"


def _key(root: ET.Element, key: str, kind: str, name: str, value_type: str) -> None:
    ET.SubElement(root, "key", {"id": key, "for": kind, "attr.name": name, "attr.type": value_type})


def _nodes(graph: ET.Element, view: GraphView) -> None:
    for node in view.nodes:
        element = ET.SubElement(graph, "node", id=node.id)
        values = ("item", node.name, node.lot, node.strategy, node.criticality, node.environment)
        for name, value in zip(_NODE_KEYS, values, strict=True):
            _data(element, f"n_{name}", value)
    for number, tie in enumerate(view.ties):
        element = ET.SubElement(graph, "node", id=f"tie {number}")  # no item's id holds a blank
        _data(element, "n_kind", "tie")
        _data(element, "n_name", tie.label)


def _edges(graph: ET.Element, view: GraphView) -> None:
    count = 0
    for edge in view.edges:
        element = ET.SubElement(graph, "edge", id=f"e{count}", source=edge.consumer, target=edge.provider)
        for name, value in zip(_EDGE_KEYS, (edge.kind, edge.order, edge.reason), strict=True):
            _data(element, f"e_{name}", value)
        _data(element, "e_weight", edge.weight)
        count += 1
    for number, tie in enumerate(view.ties):
        for item in tie.items:
            element = ET.SubElement(graph, "edge", id=f"e{count}", source=item, target=f"tie {number}")
            _data(element, "e_kind", "tie")
            count += 1


def _data(element: ET.Element, key: str, value: str) -> None:
    if value:
        ET.SubElement(element, "data", key=key).text = value
