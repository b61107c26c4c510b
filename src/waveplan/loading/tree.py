"""The raw tree of a file: mappings, lists and words, each knowing where it stands.

A *mark* is one integer: the offset of a character in all texts read so far, laid end to end
(`source_map.Texts` turns it into file, line and column when somebody asks).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from waveplan.domain.findings import Path


class MappingNode(dict[str, Any]):
    """A mapping of the file. `mark` is its start; `marks` hold key and value places, in the order of its entries."""

    __slots__ = ("_numbers", "mark", "marks")
    mark: int
    marks: list[int]
    _numbers: dict[str, int]

    def key_mark(self, key: str) -> int:
        """Where a key stands."""
        return self.marks[2 * self._number(key)]

    def value_mark(self, key: str) -> int:
        """Where the value of a key stands."""
        return self.marks[2 * self._number(key) + 1]

    def _number(self, key: str) -> int:
        try:
            numbers = self._numbers
        except AttributeError:  # only mappings that findings lead into pay for this
            numbers = self._numbers = {each: number for number, each in enumerate(self)}
        return numbers[key]


class SequenceNode(list[Any]):
    """A list of the file. `mark` is its start; `marks` hold the places of its elements."""

    __slots__ = ("mark", "marks")
    mark: int
    marks: list[int]


Node = MappingNode | SequenceNode | str | None


def mapping(entries: Iterable[tuple[str, Any, int, int]], mark: int) -> MappingNode:
    """A mapping node from (key, value, key mark, value mark)."""
    node = MappingNode()
    node.mark, node.marks = mark, []
    for key, value, key_mark, value_mark in entries:
        node[key] = value
        node.marks += (key_mark, value_mark)
    return node


def sequence(parts: Iterable[SequenceNode], mark: int) -> SequenceNode:
    """One list node of several, end to end."""
    return listed(((value, place) for part in parts for value, place in zip(part, part.marks, strict=True)), mark)


def listed(elements: Iterable[tuple[Any, int]], mark: int) -> SequenceNode:
    """A list node from (value, mark)."""
    node = SequenceNode()
    node.mark, node.marks = mark, []
    for value, place in elements:
        node.append(value)
        node.marks.append(place)
    return node


# The format lets one value stand for a list of it, and models name some keys in Python's way.
_KEYS_OF_FIELDS = {"first": "from", "last": "to", "start": "from", "piloted": "for", "values": "set"}


def mark_of(root: Node, path: Path, *, key: bool = False) -> int:
    """Where a path leads: to a value, or (`key`) to its last key; to the nearest ancestor when it leads nowhere."""
    node: Node = root
    mark = root.mark if isinstance(root, MappingNode | SequenceNode) else 0
    for number, step in enumerate(path):
        if isinstance(node, MappingNode):
            name = str(step) if step in node else _KEYS_OF_FIELDS.get(str(step), "")
            if name not in node:
                if step == 0:
                    continue
                break
            last = key and number == len(path) - 1
            mark = node.key_mark(name) if last else node.value_mark(name)
            node = node[name]
        elif isinstance(node, SequenceNode) and isinstance(step, int) and -1 < step < len(node):
            mark, node = node.marks[step], node[step]
        elif step != 0:
            break
    return mark


def path_in(root: Node, path: Path) -> Path | None:
    """A path by the names that the text uses, without the number of a list's only value that stands for the list."""
    node: Node = root
    found: list[str | int] = []
    for step in path:
        if isinstance(node, MappingNode):
            name = str(step) if step in node else _KEYS_OF_FIELDS.get(str(step), "")
            if name in node:
                found.append(name)
                node = node[name]
            elif step != 0:
                return None
        elif isinstance(node, SequenceNode) and isinstance(step, int) and -1 < step < len(node):
            found.append(step)
            node = node[step]
        elif step != 0 or node is None:
            return None
    return tuple(found)


def spoken_path(root: Node, path: Path) -> str:
    """A path as people read it: entries of lists by their ids, those without by their number, from 1."""
    node: Any = root
    said = ""
    for step in path:
        if isinstance(node, SequenceNode) and isinstance(step, int) and -1 < step < len(node):
            node = node[step]
            said += f"[{_name_of(node, step)}]"
        else:
            node = node.get(str(step)) if isinstance(node, MappingNode) else None
            said += f".{step}" if said else str(step)
    return said


def _name_of(node: Any, number: int) -> str:
    """What an entry of a list is called: by its id, by what it depends on, by its first day, else its number from 1."""
    if isinstance(node, MappingNode):
        for key, before in (("id", ""), ("app", ""), ("service", ""), ("from", "from ")):
            if isinstance(node.get(key), str):
                return before + str(node[key])
    return str(number + 1)


def node_at(node: Any, path: Path) -> Any:
    """What a path leads to, or None."""
    for step in path:
        if isinstance(node, MappingNode) and step in node:
            node = node[str(step)]
        elif isinstance(node, SequenceNode) and isinstance(step, int) and -1 < step < len(node):
            node = node[step]
        else:
            return None
    return node


def mappings(node: object) -> Iterator[tuple[int, MappingNode]]:
    """The mappings in a list, each with its number; nothing where there is no list."""
    if isinstance(node, SequenceNode):
        for number, each in enumerate(node):
            if isinstance(each, MappingNode):
                yield number, each
