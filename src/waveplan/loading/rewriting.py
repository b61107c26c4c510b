"""Brings the text of a YAML file up to new content: only what differs is written; comments, order and style stay."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from copy import copy
from decimal import Decimal, InvalidOperation
from typing import Any, Protocol

import yaml

from waveplan.loading.node_places import LINE_ENDS, last_end, line_end, line_start
from waveplan.loading.yaml_reader import PARSER

_NAMES = ("id", "lot", "goal", "file", "kind")  # keys by which entries of a list are known
_TRUE = frozenset({"true", "yes", "on"})
Edit = tuple[int, int, str]


class Style(Protocol):
    """How new content is written."""

    def flow(self, value: Any) -> str:
        """A value on one line."""

    def key_lines(self, key: str, value: Any, indent: str) -> list[str]:
        """A key with its value, on lines of their own."""

    def entry_lines(self, value: Any, indent: str) -> list[str]:
        """An entry of a list, on lines of their own."""


def rewritten(text: str, content: Mapping[str, Any], style: Style) -> str:
    """The text with what differs from the content put right.

    Entries of lists are matched by what they are called, wherever they stand; new ones come behind the entry that is
    before them in the content. Raises ValueError where the text is written in a way that cannot be kept.
    """
    try:
        root = yaml.compose(text, Loader=PARSER)
    except yaml.composer.ComposerError as error:  # an anchor that is set again
        raise ValueError(str(error.problem)) from None
    if not isinstance(root, yaml.MappingNode):
        raise ValueError("the document is no mapping")
    edits = _Edits(text, style)
    edits.mapping(root, content)
    return edits.applied()


class _Edits:
    def __init__(self, text: str, style: Style) -> None:
        self._text = text
        self._style = style
        self._found: list[Edit] = []
        self._break = next((end for end in LINE_ENDS if end in text), "\n")

    def applied(self) -> str:
        """The text after all edits."""
        text, last = self._text, len(self._text) + 1
        edits = sorted(self._found, key=lambda edit: (edit[0], edit[1]))  # those of one place stay in their order
        for start, end, words in reversed(edits):
            if end > last:
                raise ValueError("something stands in several places at once (an anchor)")
            text, last = text[:start] + words + text[end:], start
        return text

    def value(self, node: yaml.Node, new: Any) -> None:
        """Bring one value up to the new one."""
        if isinstance(node, yaml.MappingNode) and isinstance(new, Mapping):
            self.mapping(node, new)
        elif isinstance(node, yaml.SequenceNode) and isinstance(new, list):
            self._sequence(node, new)
        elif not (isinstance(node, yaml.ScalarNode) and _says(node, new)):
            space = " " if node.start_mark.index == node.end_mark.index else ""
            self._replace(node, space + self._style.flow(new))

    def _replace(self, node: yaml.Node, words: str) -> None:
        self._found.append((node.start_mark.index, node.end_mark.index, words))

    # --- mappings --------------------------------------------------------------------------------------------------

    def mapping(self, node: yaml.MappingNode, new: Mapping[str, Any]) -> None:
        """Values that differ; keys that are there no more, or not yet."""
        keys = [key.value for key, _ in node.value]
        if node.flow_style and set(keys) != set(new):
            self._replace(node, self._style.flow(_in_order(keys, new)))
            return
        for number, (key, value) in enumerate(node.value):
            if key.value in new:
                self.value(value, new[key.value])
            else:
                self._remove_key(node, number)
        before: yaml.Node | None = None
        known = {key.value: value for key, value in node.value}
        for name in new:
            if name in known:
                before = known[name]
            else:
                indent = " " * node.start_mark.column
                self._add(before, node, self._style.key_lines(name, new[name], indent))

    def _remove_key(self, node: yaml.MappingNode, number: int) -> None:
        key, value = node.value[number]
        start = line_start(self._text, key.start_mark.index)
        if self._text[start : key.start_mark.index].strip(" "):  # it stands behind the dash of its entry
            if number + 1 == len(node.value):
                raise ValueError("an entry has no other key")
            self._found.append((key.start_mark.index, node.value[number + 1][0].start_mark.index, ""))
        else:
            self._found.append((start, line_end(self._text, last_end(value, key)), ""))

    # --- lists -----------------------------------------------------------------------------------------------------

    def _sequence(self, node: yaml.SequenceNode, new: list[Any]) -> None:
        stated, wanted = _by_name(map(_node_name, node.value)), _by_name(map(_name, new))
        if (node.flow_style or not new) and stated.keys() != wanted.keys():
            self._replace(node, self._style.flow(new))
            return
        for name, number in wanted.items():
            if name in stated:
                self.value(node.value[stated[name]], new[number])
        for number, child in enumerate(node.value):
            if stated[_node_name(child)] != number or _node_name(child) not in wanted:
                start = line_start(self._text, child.start_mark.index)
                self._found.append((start, line_end(self._text, last_end(child)), ""))
        before: yaml.Node | None = None
        for name, number in wanted.items():
            if name in stated:
                before = node.value[stated[name]]
            else:
                self._add(before, node, self._style.entry_lines(new[number], " " * node.start_mark.column))

    # --- lines -----------------------------------------------------------------------------------------------------

    def _add(self, before: yaml.Node | None, node: yaml.Node, lines: Sequence[str]) -> None:
        """Whole lines behind a value, or before everything in a block."""
        words = "".join(f"{line}{self._break}" for line in lines)
        place = line_start(self._text, node.start_mark.index)
        if before is not None:
            place = line_end(self._text, last_end(before))
            if place == len(self._text) and not self._text.endswith(self._break):
                words = self._break + words.removesuffix(self._break)
        self._found.append((place, place, words))


def _in_order(keys: Sequence[str], new: Mapping[str, Any]) -> Any:
    """New content between braces, in the order in which it stood."""
    ordered = [*(key for key in keys if key in new), *(key for key in new if key not in keys)]
    found: Any = copy(new)  # a record stays one
    found.clear()
    found.update((key, new[key]) for key in ordered)
    return found


def _by_name(names: Iterator[str]) -> dict[str, int]:
    """The first entry of each name, by its number."""
    found: dict[str, int] = {}
    for number, name in enumerate(names):
        found.setdefault(name, number)
    return found


def _node_name(node: yaml.Node) -> str:
    if not isinstance(node, yaml.MappingNode):
        return _words(node)
    named = {key.value: value.value for key, value in node.value if key.value in _NAMES}
    return repr(sorted(named.items())) if named else _words(node)


def _name(new: Any) -> str:
    """What an entry is called, as `_node_name` has it: by the keys that name it, else by all that it says."""
    if not isinstance(new, Mapping):
        return _new_words(new)
    named = {key: str(new[key]) for key in _NAMES if key in new}
    return repr(sorted(named.items())) if named else _new_words(new)


def _words(node: yaml.Node) -> str:
    if isinstance(node, yaml.MappingNode):
        return repr(sorted((key.value, _words(value)) for key, value in node.value))
    if isinstance(node, yaml.SequenceNode):
        return repr(sorted(map(_words, node.value)))
    return str(node.value)


def _new_words(new: Any) -> str:
    if isinstance(new, Mapping):
        return repr(sorted((key, _new_words(value)) for key, value in new.items()))
    if isinstance(new, list):
        return repr(sorted(map(_new_words, new)))
    return new.isoformat() if isinstance(new, dt.date) else str(new)


def _says(node: yaml.ScalarNode, new: Any) -> bool:
    """Whether a word says what the new value says, however it is spelled."""
    word = str(node.value)
    if isinstance(new, bool):
        return (word.lower() in _TRUE) is new
    try:
        if isinstance(new, int | Decimal):
            return Decimal(word) == new
        if isinstance(new, dt.datetime):
            said = dt.datetime.fromisoformat(word)
            return (said, said.utcoffset()) == (new, new.utcoffset())
    except (ValueError, InvalidOperation, TypeError):
        return False
    return word == (new.isoformat() if isinstance(new, dt.date) else str(new))
