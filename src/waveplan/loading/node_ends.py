"""Where the parts of a YAML text begin and end, by the parser's positions."""

from __future__ import annotations

import re
from collections.abc import Iterator

import yaml

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
