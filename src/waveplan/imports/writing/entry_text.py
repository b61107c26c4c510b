"""Entries as YAML: between braces on one line where it is short, else a key a line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from waveplan.export.tree_yaml import word
from waveplan.imports.writing.drafts import Tree

_LONGEST = 118
ASSUMED = "assumed:"


def flow(value: Any) -> str:
    """A value on one line."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{word(key)}: {flow(each)}" for key, each in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(flow(each) for each in value) + "]"
    return word(str(value))


def entry_lines(tree: Tree, indent: str, remarks: Sequence[str] = ()) -> Iterator[str]:
    """An entry of a list, its dash `indent` deep, under a line for each remark."""
    for remark in remarks:
        yield f"{indent}# {ASSUMED} {_one_line(remark)}"
    line = f"{indent}- {flow(tree)}"
    if len(line) <= _LONGEST:
        yield line
        return
    lead = f"{indent}- "
    for key, value in tree.items():
        yield from key_lines(key, value, lead, indent + "  ")
        lead = indent + "  "


def key_lines(key: str, value: Any, lead: str, indent: str) -> Iterator[str]:
    """A key with its value; long lists and mappings an element a line."""
    line = f"{lead}{word(key)}: {flow(value)}"
    if len(line) <= _LONGEST or not value or isinstance(value, str):
        yield line
    elif isinstance(value, Mapping):
        yield f"{lead}{word(key)}:"
        for inner, each in value.items():
            yield from key_lines(inner, each, indent + "  ", indent + "  ")
    else:
        yield f"{lead}{word(key)}:"
        for each in value:
            yield f"{indent}  - {flow(each)}"


def _one_line(text: str) -> str:
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())
