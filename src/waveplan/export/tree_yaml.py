"""A tree of mappings, lists and words as YAML: an inventory put together from several files, in one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from waveplan.export.plan_facts import quoted

_PLAIN = re.compile(r"\w[\w./+%-]*(?: [\w./+%(-][\w./+%()-]*)*\Z")
_NOTHING = frozenset({"null", "Null", "NULL"})


def dump_tree(tree: Mapping[str, Any]) -> str:
    """Sections in their order, an entry a line. What is empty is left out; every word reads back as it was."""
    return "".join(f"{line}\n" for line in _lines(tree, ""))


def _lines(node: Mapping[str, Any], indent: str) -> Iterator[str]:
    for key, value in node.items():
        head = f"{indent}{word(key)}:"
        if isinstance(value, Mapping) and any(isinstance(each, Mapping | list) for each in value.values()):
            yield head
            yield from _lines(value, indent + "  ")
        elif isinstance(value, list) and any(isinstance(each, Mapping) for each in value):
            yield head
            yield from (f"{indent}  - {_flow(each)}" for each in value)
        elif value is not None:
            yield f"{head} {_flow(value)}"


def _flow(value: Any) -> str:
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{word(key)}: {_flow(each)}" for key, each in value.items() if each is not None) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(_flow(each) for each in value) + "]"
    return "null" if value is None else word(str(value))


def word(text: str) -> str:
    """A word as it stands where that reads back alike, else in quotes."""
    return text if _PLAIN.match(text) and text not in _NOTHING else quoted(text)
