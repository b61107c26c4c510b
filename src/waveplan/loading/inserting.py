"""Puts an entry into a list of a YAML file as text, or takes the last one out: nothing else is touched."""

from __future__ import annotations

import re
from collections.abc import Callable

import yaml

from waveplan.loading.node_places import AliasNode, composed, first_dash, last_end, line_end, line_start

EntryText = Callable[[str, bool], str]
"""An entry as text, given the blanks before its lines after the first, and whether every word needs its quotes."""

_LINE_END = re.compile("\r\n|[\n\r\x85\u2028\u2029]")
_NOTHING_MORE = re.compile("(?:[ \t]*(?:#[^\n\r\x85\u2028\u2029]*)?(?:[\n\r\x85\u2028\u2029]|\\Z))*\\Z")


def inserted(text: str, section: str, entry: EntryText, head: str) -> str:
    """The text with the entry at the end of a section's list; `head` begins a document that says nothing yet.

    Raises ValueError where the file is written in a way that leaves no place for it.
    """
    root = composed(text)
    if root is None:
        return _appended(text, f"{head}\n{section}:\n  - {entry('    ', False)}\n")
    if not isinstance(root, yaml.MappingNode):
        raise ValueError("the document is no mapping")
    pair = next((each for each in root.value if _is_word(each[0], section)), None)
    if pair is not None:
        return _into(text, pair, entry, quoted=bool(root.flow_style))
    if root.flow_style:
        comma = ", " if root.value else ""
        place = root.value[-1][1].end_mark.index if root.value else root.start_mark.index + 1
        return _at(text, place, f'{comma}"{section}": [{entry("", True)}]')
    indent = " " * root.start_mark.column
    return _below(text, root, f"{indent}{section}:\n{indent}  - {entry(indent + '    ', False)}")


def _is_word(key: yaml.Node, word: str) -> bool:
    return isinstance(key, yaml.ScalarNode) and key.value == word


def _into(text: str, pair: tuple[yaml.Node, yaml.Node], entry: EntryText, *, quoted: bool) -> str:
    """Into a section that is there: a list in brackets, one of an entry a line, or nothing yet."""
    key, value = pair
    if isinstance(value, yaml.SequenceNode) and value.flow_style:
        if value.value:
            return _at(text, value.value[-1].end_mark.index, f", {entry('', quoted)}")
        return _at(text, value.start_mark.index + 1, entry("", quoted))
    if isinstance(value, yaml.SequenceNode):
        indent = " " * first_dash(text, value)
        return _below(text, value, f"{indent}- {entry(indent + '  ', False)}")
    if isinstance(value, AliasNode):
        raise ValueError("an alias stands for the section")
    if value.start_mark.index == value.end_mark.index:  # nothing stands after the colon
        indent = " " * (key.start_mark.column + 2)
        if not quoted:
            return _below(text, key, f"{indent}- {entry(indent + '  ', False)}")
        raise ValueError("a key without a value stands between braces")
    if text[value.start_mark.index] in "&!":
        raise ValueError("an anchor or a tag stands where its list belongs")
    if isinstance(value, yaml.ScalarNode):  # null, spelled out
        return text[: value.start_mark.index] + f"[{entry('', quoted)}]" + text[value.end_mark.index :]
    raise ValueError("the section is no list")


def _below(text: str, node: yaml.Node, lines: str) -> str:
    """Whole lines after the last one of a block; after what follows it, too, when that is only remarks to the end."""
    place = last_end(node)
    at_start_of_line = place == 0 or text[place - 1] in "\n\r\x85\u2028\u2029"
    if not at_start_of_line:
        end = _LINE_END.search(text, place)
        place = len(text) if end is None else end.end()
    is_root = isinstance(node, yaml.MappingNode)
    if is_root and _NOTHING_MORE.match(text, place):
        place = len(text)
    return _appended(text[:place], lines + "\n", text) + text[place:]


def _at(text: str, place: int, words: str) -> str:
    return text[:place] + words + text[place:]


def _appended(before: str, lines: str, whole: str | None = None) -> str:
    """Lines after a text whose last line may lack its end; line ends as the whole text has them."""
    first = _LINE_END.search(before if whole is None else whole)
    line_end = first[0] if first else "\n"
    joint = line_end if before and before[-1] not in "\n\r\x85\u2028\u2029" else ""
    return before + joint + lines.replace("\n", line_end)


def without_last(text: str, section: str) -> str:
    """The text without the last entry of a section's list; a section that is left empty goes with it.

    Raises ValueError where the file is written in a way that lets no entry go.
    """
    root = composed(text)
    if not isinstance(root, yaml.MappingNode):
        raise ValueError("the document is no mapping")
    found = (pair for pair in root.value if isinstance(pair[0], yaml.ScalarNode) and pair[0].value == section)
    key, entries = next(found, (root, root))
    if not isinstance(entries, yaml.SequenceNode) or not entries.value:
        raise ValueError("the section is no list")
    last = entries.value[-1]
    if entries.flow_style:
        start = entries.value[-2].end_mark.index if len(entries.value) > 1 else last.start_mark.index
        return text[:start] + text[last.end_mark.index :]
    first = key if len(entries.value) == 1 else last
    return text[: line_start(text, first.start_mark.index)] + text[line_end(text, last_end(last)) :]
