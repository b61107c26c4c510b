"""A text's YAML nodes with the places where they begin and end, by the parser that reads everything else.

Nothing is resolved: an alias is a node of its own, an anchor may be set again, tabs stand where the reader takes
them.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import yaml
from yaml.events import (
    AliasEvent,
    Event,
    MappingEndEvent,
    NodeEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from waveplan.loading.yaml_reader import PARSER


class AliasNode(yaml.Node):
    """Where an alias stands."""


def composed(text: str) -> yaml.Node | None:
    """The node of a text's only document; None for a text that says nothing."""
    events = (event for event in yaml.parse(text, Loader=PARSER) if _is_of_nodes(event))
    first = next(events, None)
    return None if first is None else _node(first, events)


def first_dash(text: str, node: yaml.Node) -> int:
    """The column of the first '-' of a list of an entry a line."""
    start = node.start_mark.index
    tokens = yaml.scan(text, Loader=PARSER)
    dashes = (token for token in tokens if isinstance(token, yaml.BlockEntryToken))
    return next((dash.start_mark.column for dash in dashes if dash.start_mark.index >= start), node.start_mark.column)


def _is_of_nodes(event: Event) -> bool:
    return isinstance(event, NodeEvent | SequenceEndEvent | MappingEndEvent)


def _node(event: Any, events: Iterator[Any]) -> yaml.Node:
    start: Any = event.start_mark
    end: Any = event.end_mark
    if isinstance(event, AliasEvent):
        return AliasNode("alias", event.anchor, start, end)
    if isinstance(event, ScalarEvent):
        return yaml.ScalarNode("word", event.value, start, end, style=event.style)
    children: list[yaml.Node] = []
    while not isinstance(inner := next(events), SequenceEndEvent | MappingEndEvent):
        children.append(_node(inner, events))
    end = inner.end_mark
    if isinstance(event, SequenceStartEvent):
        return yaml.SequenceNode("list", children, start, end, flow_style=event.flow_style)
    pairs = list(zip(children[::2], children[1::2], strict=True))
    return yaml.MappingNode("mapping", pairs, start, end, flow_style=event.flow_style)
