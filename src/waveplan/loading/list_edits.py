"""Edits of the lists inside a YAML text, each a place and its new words, found on one reading of the text.

Many entries can be put into one file without reading it again for each: edits of different places are made together.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

import yaml

from waveplan.loading.node_places import LINE_ENDS, AliasNode, composed, first_dash, last_end, line_end, line_start

TextEdit = tuple[int, int, str]
ListEntry = Callable[[str, bool], str]
"""An entry as text, given the blanks before its lines after the first, and whether it stands between braces."""


def value_of(holder: yaml.Node, key: str) -> tuple[yaml.Node, yaml.Node] | None:
    """A key of a mapping with its value, as they stand in the text."""
    pairs = holder.value if isinstance(holder, yaml.MappingNode) else []
    return next((pair for pair in pairs if isinstance(pair[0], yaml.ScalarNode) and pair[0].value == key), None)


def with_edits(text: str, edits: Iterable[TextEdit]) -> str:
    """The text after all edits; raises ValueError where two of them overlap."""
    last = len(text) + 1
    for start, end, words in sorted(edits, key=lambda edit: (edit[0], edit[1]), reverse=True):
        if end > last:
            raise ValueError("something stands in several places at once (an anchor)")
        text, last = text[:start] + words + text[end:], start
    return text


def text_root(text: str) -> yaml.MappingNode:
    """The mapping that a text is; raises ValueError for anything else."""
    root = composed(text)
    if not isinstance(root, yaml.MappingNode):
        raise ValueError("the document is no mapping")
    return root


def added_to_list(text: str, holder: yaml.MappingNode, key: str, entries: Sequence[ListEntry]) -> TextEdit:
    """New entries at the end of a list of a mapping, whether it is there, empty or not there yet.

    Raises ValueError where the text is written in a way that leaves no place for them.
    """
    pair = value_of(holder, key)
    if pair is None:
        return _new_key(text, holder, key, entries)
    name, value = pair
    if isinstance(value, AliasNode):
        raise ValueError("an alias stands for the section")
    if isinstance(value, yaml.SequenceNode) and value.flow_style:
        if value.value:
            return _at(value.value[-1].end_mark.index, "".join(f", {entry('', True)}" for entry in entries))
        return _at(value.start_mark.index + 1, _flow(entries))
    if isinstance(value, yaml.SequenceNode):
        indent = " " * _dash_column(text, value)
        return _below(text, value, [f"{indent}- {entry(indent + '  ', False)}" for entry in entries])
    if not isinstance(value, yaml.ScalarNode):
        raise ValueError("the section is no list")
    if value.start_mark.index == value.end_mark.index:  # nothing stands after the colon
        if holder.flow_style:
            raise ValueError("a key without a value stands between braces")
        indent = " " * (name.start_mark.column + 2)
        return _below(text, name, [f"{indent}- {entry(indent + '  ', False)}" for entry in entries])
    words = text[value.start_mark.index : value.end_mark.index]
    if words[0] in "&!|>" or "\n" in words:
        raise ValueError("an anchor or a tag stands where its list belongs")
    kept = "" if words in {"~", "null", "Null", "NULL"} else f"{words}, "  # one value that stands for a list of it
    return value.start_mark.index, value.end_mark.index, f"[{kept}{_flow(entries)}]"


def without_entries(text: str, entries: yaml.SequenceNode, gone: Iterable[yaml.Node]) -> Iterator[TextEdit]:
    """Edits that take entries out of a list of an entry a line; raises ValueError for a list between brackets."""
    if entries.flow_style:
        raise ValueError("the list stands between brackets")
    for node in gone:
        start = line_start(text, node.start_mark.index)
        if "-" not in text[start : node.start_mark.index]:
            raise ValueError("an entry begins below its dash")
        yield start, line_end(text, last_end(node)), ""


def replaced_scalar(holder: yaml.MappingNode, key: str, words: str) -> TextEdit:
    """Another word for a key, whether it has one or not; raises ValueError where it has something else."""
    pair = value_of(holder, key)
    if pair is None:
        first = holder.value[0][0]
        if holder.flow_style:
            return _at(holder.value[-1][1].end_mark.index, f", {key}: {words}")
        return _at(first.start_mark.index, f"{key}: {words}\n" + " " * first.start_mark.column)
    value = pair[1]
    if not isinstance(value, yaml.ScalarNode) or value.start_mark.index == value.end_mark.index:
        raise ValueError("a list or nothing stands where a word belongs")
    return value.start_mark.index, value.end_mark.index, words


def _new_key(text: str, holder: yaml.MappingNode, key: str, entries: Sequence[ListEntry]) -> TextEdit:
    if not holder.value:
        return _at(holder.start_mark.index + 1, f"{key}: [{_flow(entries)}]")
    if holder.flow_style:
        return _at(holder.value[-1][1].end_mark.index, f", {key}: [{_flow(entries)}]")
    indent = " " * holder.start_mark.column
    lines = [f"{indent}  - {entry(indent + '    ', False)}" for entry in entries]
    return _below(text, holder, [f"{indent}{key}:", *lines])


def _flow(entries: Sequence[ListEntry]) -> str:
    return ", ".join(entry("", True) for entry in entries)


def _at(place: int, words: str) -> TextEdit:
    return place, place, words


def _below(text: str, node: yaml.Node, lines: Sequence[str]) -> TextEdit:
    """Whole lines after the last one of a block, with the line ends that the text has."""
    end = next((each for each in LINE_ENDS if each in text), "\n")
    place = line_end(text, last_end(node))
    words = "".join(f"{line}\n" for line in lines).replace("\n", end)
    if place == len(text) and not text.endswith(("\n", "\r")):
        words = end + words.removesuffix(end)
    return _at(place, words)


def _dash_column(text: str, entries: yaml.SequenceNode) -> int:
    """The column of the dashes of a list of an entry a line."""
    first = entries.value[0].start_mark.index
    start = line_start(text, first)
    before = text[start:first]
    return len(before.rstrip()) - 1 if before.strip() == "-" else first_dash(text, entries)
