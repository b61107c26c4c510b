"""A text's YAML nodes with the places where they begin and end, by the parser that reads everything else.

Nothing is resolved: an alias is a node of its own, an anchor may be set again, tabs stand where the reader takes
them.
"""

from __future__ import annotations

import re
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


LINE_ENDS = ("\r\n", "\n", "\r")
_LINE_END = re.compile("\r\n|[\n\r\x85\u2028\u2029]")
_BREAKS = "\n\r\x85\u2028\u2029"


def line_start(text: str, place: int) -> int:
    """Where the line of a place begins."""
    return max(text.rfind(each, 0, place) for each in _BREAKS) + 1


def line_end(text: str, place: int) -> int:
    """Where the line after that of a place begins; of a place at the start of a line, that place itself."""
    if place > 0 and text[place - 1] in _BREAKS:
        return place
    found = _LINE_END.search(text, place)
    return len(text) if found is None else found.end()


def last_end(node: yaml.Node, key: yaml.Node | None = None) -> int:
    """Where the words of a node end: a block's own end mark stands behind the remarks that follow it."""
    return max((*ends(node), 0 if key is None else key.end_mark.index))


def ends(node: yaml.Node) -> Iterator[int]:
    """Where the parts of a node end, and where they begin."""
    children: list[yaml.Node] = []
    if isinstance(node, yaml.MappingNode) and not node.flow_style:
        children = [each for pair in node.value for each in pair]
    elif isinstance(node, yaml.SequenceNode) and not node.flow_style:
        children = list(node.value)
    else:
        yield node.end_mark.index
    yield node.start_mark.index
    for child in children:
        yield from ends(child)
