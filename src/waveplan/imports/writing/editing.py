"""Changes of one entry as edits of the text it stands in: what differs is written, every other byte stays."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import yaml

from waveplan.domain.made_names import marked
from waveplan.export.plan_facts import quoted
from waveplan.imports.writing.entry_text import flow, key_lines
from waveplan.imports.writing.spans import EntrySpan
from waveplan.imports.writing.three_way import same
from waveplan.loading.node_places import AliasNode, composed, first_dash, last_end, line_end, line_start

Edit = tuple[int, int, str]
_SHARED = marked("an anchor stands before its value, and aliases elsewhere would change with it")
_NAMES = ("id", "app", "service", "from")


class UnwritableError(Exception):
    """The entry is written in a way that cannot be changed in place; its text says which."""


def edits_of(text: str, span: EntrySpan, old: Mapping[str, Any], new: Mapping[str, Any], line_break: str) -> list[Edit]:
    """Edits that make of one entry, which says `old`, one that says `new`. Raises UnwritableError."""
    piece = " " * span.column + text[span.start : span.end]
    try:
        node = composed(piece)
    except yaml.YAMLError as error:
        raise UnwritableError(marked("it cannot be read alone")) from error
    if not isinstance(node, yaml.MappingNode):
        raise UnwritableError(marked("an alias stands for it"))
    editing = _Editing(piece, line_break)
    editing.mapping(node, old, new)
    shift = span.start - span.column
    return [(start + shift, end + shift, words) for start, end, words in editing.edits]


class _Editing:
    def __init__(self, text: str, line_break: str) -> None:
        self.edits: list[Edit] = []
        self._text = text
        self._break = line_break

    # --- mappings --------------------------------------------------------------------------------------------------

    def mapping(self, node: yaml.MappingNode, old: Mapping[str, Any], new: Mapping[str, Any]) -> None:
        """Edits for what differs between two mappings. Raises UnwritableError."""
        pairs = {key.value: (number, key, value) for number, (key, value) in enumerate(node.value)}
        gone = [key for key in pairs if key in old and old[key] is not None and key not in new]
        if gone and len(gone) == len(pairs):
            raise UnwritableError(marked("nothing would be left of it"))
        self._remove_keys(node, {pairs[key][0] for key in gone})
        for key, value in new.items():
            if key in pairs and value is not None and not _unchanged(old.get(key), value):
                self._value(pairs[key][1], pairs[key][2], old.get(key), value)
        self._add_keys(node, {key: value for key, value in new.items() if key not in pairs}, set(gone))

    def _add_keys(self, node: yaml.MappingNode, added: Mapping[str, Any], gone: set[str]) -> None:
        if not added:
            return
        if node.flow_style:
            words = ", ".join(f"{key}: {flow(value)}" for key, value in added.items())
            if node.value:
                place = _end_in_flow(*node.value[-1])
                self.edits.append((place, place, f", {words}"))
            else:
                place = self._text.index("{", node.start_mark.index) + 1
                self.edits.append((place, place, words))
            return
        indent = " " * node.value[0][0].start_mark.column
        lines = [line for key, value in added.items() for line in key_lines(key, value, indent, indent)]
        key, value = next(pair for pair in reversed(node.value) if pair[0].value not in gone)
        self._lines_behind(last_end(value, key), lines)

    def _lines_behind(self, end: int, lines: Iterable[str]) -> None:
        """Whole lines below the line in which a value ends."""
        place = line_end(self._text, end)
        words = "".join(f"{line}{self._break}" for line in lines)
        if place == len(self._text) and not self._text[:place].endswith(("\n", "\r")):
            words = self._break + words.removesuffix(self._break)
        self.edits.append((place, place, words))

    def _remove_keys(self, node: yaml.MappingNode, numbers: set[int]) -> None:
        pairs = node.value
        for number in sorted(numbers):
            key, value = pairs[number]
            self._refuse_anchor(value)
            if node.flow_style:
                self._remove_in_flow([(k.start_mark.index, _end_in_flow(k, v)) for k, v in pairs], number, numbers)
                continue
            start = line_start(self._text, key.start_mark.index)
            if self._text[start : key.start_mark.index].strip(" ") or start == 0:  # it stands behind the dash
                if number + 1 == len(pairs):
                    raise UnwritableError(marked("its only key would go"))
                self.edits.append((key.start_mark.index, pairs[number + 1][0].start_mark.index, ""))
            else:
                self.edits.append((start, line_end(self._text, last_end(value, key)), ""))

    def _remove_in_flow(self, places: Sequence[tuple[int, int]], number: int, numbers: set[int]) -> None:
        start, end = places[number]
        if number + 1 < len(places):
            self.edits.append((start, places[number + 1][0], ""))
            return
        kept = max((each for each in range(number) if each not in numbers), default=-1)
        first = places[kept][1] if kept == number - 1 >= 0 else start
        self.edits.append((first, end, ""))

    # --- values ----------------------------------------------------------------------------------------------------

    def _value(self, key: yaml.Node, node: yaml.Node, old: Any, new: Any) -> None:
        if isinstance(node, AliasNode):
            self.edits.append((node.start_mark.index, node.end_mark.index, flow(new)))
            return
        self._refuse_anchor(node)
        if isinstance(node, yaml.MappingNode) and isinstance(new, Mapping):
            self.mapping(node, old, new)
        elif isinstance(node, yaml.SequenceNode) and isinstance(new, list):
            self._list(key, node, old, new)
        elif isinstance(node, yaml.ScalarNode):
            self._scalar(node, new)
        elif getattr(node, "flow_style", False):
            self.edits.append((node.start_mark.index, node.end_mark.index, flow(new)))
        else:
            raise UnwritableError(marked("a list or a mapping would become a word"))

    def _scalar(self, node: yaml.ScalarNode, new: Any) -> None:
        start, end = node.start_mark.index, node.end_mark.index
        words = quoted(new) if node.style == '"' and isinstance(new, str) else flow(new)
        if node.style == "'" and isinstance(new, str) and new.isprintable():
            words = "'" + new.replace("'", "''") + "'"
        if node.style in ("|", ">"):
            words += self._break
        self.edits.append((start, end, f" {words}" if start == end else words))

    def _refuse_anchor(self, node: yaml.Node) -> None:
        if self._text[node.start_mark.index : node.start_mark.index + 1] == "&":
            raise UnwritableError(
                marked("an anchor stands before its value, and aliases elsewhere would change with it")
            )

    # --- lists -----------------------------------------------------------------------------------------------------

    def _list(self, key: yaml.Node, node: yaml.SequenceNode, old: list[Any], new: list[Any]) -> None:
        before, after = [_name(each) for each in old], [_name(each) for each in new]
        if not new or not old:
            self._whole_list(key, node, new)
            return
        for number, name in enumerate(before):
            if name in after and not _unchanged(old[number], wanted := new[after.index(name)]):
                inner = node.value[number]
                if not isinstance(inner, yaml.MappingNode) or not isinstance(wanted, Mapping):
                    raise UnwritableError(marked("an alias stands in its list"))
                self.mapping(inner, old[number], wanted)
        gone = {number for number, name in enumerate(before) if name not in after}
        added = [each for each, name in zip(new, after, strict=True) if name not in before]
        if len(gone) == len(before):
            self._whole_list(key, node, new)
            return
        for number in gone:
            self._refuse_anchor(node.value[number])
        if node.flow_style:
            places = [(each.start_mark.index, each.end_mark.index) for each in node.value]
            for number in sorted(gone):
                self._remove_in_flow(places, number, gone)
            if added:
                end = places[max(number for number in range(len(places)) if number not in gone)][1]
                self.edits.append((end, end, "".join(f", {flow(each)}" for each in added)))
            return
        for number in gone:
            start = line_start(self._text, node.value[number].start_mark.index)
            self.edits.append((start, line_end(self._text, last_end(node.value[number])), ""))
        if added:
            last = node.value[max(number for number in range(len(before)) if number not in gone)]
            dash = " " * first_dash(self._text, node)
            self._lines_behind(last_end(last), [f"{dash}- {flow(each)}" for each in added])

    def _whole_list(self, key: yaml.Node, node: yaml.SequenceNode, new: list[Any]) -> None:
        if node.flow_style:
            self.edits.append((node.start_mark.index, node.end_mark.index, flow(new)))
            return
        colon = self._text.index(":", key.end_mark.index) + 1
        self.edits.append((colon, last_end(node), f" {flow(new)}"))


def _unchanged(old: Any, new: Any) -> bool:
    """Whether a value need not be written: it stands so already."""
    return old == new or (not isinstance(new, list | Mapping) and same(old, new))


def _end_in_flow(key: yaml.Node, value: yaml.Node) -> int:
    return max(key.end_mark.index, value.end_mark.index)


def _name(entry: Any) -> str:
    if isinstance(entry, Mapping):
        return next((f"{key}:{entry[key]}" for key in _NAMES if entry.get(key)), repr(entry))
    return f"={entry}"


def applied(text: str, edits: Iterable[Edit]) -> str:
    """The text after edits, which do not overlap. Raises UnwritableError where they do."""
    parts: list[str] = []
    place = 0
    for start, end, words in sorted(edits, key=lambda edit: (edit[0], edit[1])):
        if start < place:
            raise UnwritableError(marked("two changes meet in one place"))
        parts += (text[place:start], words)
        place = end
    return "".join((*parts, text[place:]))
