"""The files of an inventory as texts that can be edited: who stands where, and what each must say afterwards."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from waveplan.errors import UsageError
from waveplan.loading.files import files_of
from waveplan.loading.list_edits import (
    ListEntry,
    TextEdit,
    added_to_list,
    replaced_scalar,
    text_root,
    value_of,
    with_edits,
    without_entries,
)
from waveplan.loading.report import ReadingReport
from waveplan.loading.tree import MappingNode
from waveplan.loading.yaml_reader import read_yaml

_BOM = "\ufeff"


@dataclass(slots=True)
class EditedText:
    """One file: its text, its nodes, what it says, and what is to be done to it."""

    name: str
    path: Path
    text: str
    start: str  # a mark of the order of bytes, where the file has one
    root: yaml.MappingNode
    wanted: dict[str, Any]
    additions: dict[tuple[int, str], tuple[yaml.MappingNode, str, list[ListEntry]]] = field(default_factory=dict)
    edits: list[TextEdit] = field(default_factory=list)
    removed: dict[str, list[yaml.Node]] = field(default_factory=lambda: defaultdict(list))

    def add(self, node: yaml.MappingNode, key: str, entry: ListEntry) -> None:
        """One more entry of a list of a mapping."""
        known = self.additions.setdefault((id(node), key), (node, key, []))
        known[2].append(entry)

    def new_text(self) -> str:
        """The text after all edits, once it is sure that it says what it must and nothing else has changed.

        Raises ValueError where it is not.
        """
        edits = list(self.edits)
        for node, key, entries in self.additions.values():
            edits.append(added_to_list(self.text, node, key, entries))
        for section, nodes in self.removed.items():
            pair = value_of(self.root, section)
            assert pair is not None and isinstance(pair[1], yaml.SequenceNode)
            edits += without_entries(self.text, pair[1], nodes)
        text = with_edits(self.text, edits)
        if _plain(_tree(text, self.name)) != self.wanted:
            raise ValueError("other parts of the file would change")
        return text


@dataclass(frozen=True, slots=True)
class TextEntry:
    """An entry of a section, as text and as what it says."""

    file: EditedText
    node: yaml.MappingNode
    words: dict[str, Any]


class InventoryTexts:
    """All files of an inventory."""

    def __init__(self, source: str) -> None:
        self.files: list[EditedText] = []
        for each in files_of(source).files:
            if each.path is None:
                raise UsageError("an inventory from standard input cannot be written to: name its file or folder")
            text = each.path.read_bytes().decode("utf-8")
            tree = _tree(text.removeprefix(_BOM), each.name)
            if isinstance(tree, MappingNode) and not any(key.startswith("waveplan_") for key in tree):
                plain, start = text.removeprefix(_BOM), _BOM if text.startswith(_BOM) else ""
                self.files.append(EditedText(each.name, each.path, plain, start, text_root(plain), _plain(tree)))

    def entries(self, section: str) -> dict[str, TextEntry]:
        """The entries of a section by their ids."""
        return {name: entry for file in self.files for name, entry in _entries(file, section)}

    def home_of(self, section: str) -> EditedText:
        """The file that takes new entries of a section: the last one that has some."""
        holding = [file for file in self.files if file.wanted.get(section)]
        return (holding or [file for file in self.files if section in file.wanted] or self.files)[-1]

    def changed(self) -> Iterator[tuple[EditedText, str]]:
        """Files whose text changes, with their new text.

        Raises UsageError where a file is written in a way that cannot be kept.
        """
        for file in self.files:
            if file.additions or file.edits or file.removed:
                try:
                    new = file.new_text()
                except ValueError as error:
                    raise UsageError(
                        "{name}: what was accepted cannot be put into this file ({reason}): write it by hand, or write "
                        "the section with an entry a line",
                        name=file.name,
                        reason=str(error),
                    ) from None
                if new != file.text:
                    yield file, new


def edit_list(entry: TextEntry, key: str, new: Sequence[Any], text: Callable[[Any], ListEntry]) -> None:
    """New entries at the end of one of an entry's lists."""
    before = entry.words.get(key)
    listed = before if isinstance(before, list) else [] if before is None else [before]
    entry.words[key] = [*listed, *new]
    for each in new:
        entry.file.add(entry.node, key, text(each))


def edit_word(entry: TextEntry, node: yaml.MappingNode, words: dict[str, Any], key: str, new: str) -> None:
    """Another word for one key, of an entry or of a mapping inside it."""
    words[key] = new
    entry.file.edits.append(replaced_scalar(node, key, new))


def remove_entry(entry: TextEntry, section: str) -> None:
    """An entry of a section goes."""
    kept = [each for each in entry.file.wanted[section] if each is not entry.words]
    entry.file.wanted[section] = kept
    entry.file.removed[section].append(entry.node)


def _entries(file: EditedText, section: str) -> Iterator[tuple[str, TextEntry]]:
    pair = value_of(file.root, section)
    words = file.wanted.get(section)
    if pair is None or not isinstance(pair[1], yaml.SequenceNode) or not isinstance(words, list):
        return
    for node, said in zip(pair[1].value, words, strict=True):
        if isinstance(node, yaml.MappingNode) and isinstance(said, dict) and isinstance(said.get("id"), str):
            yield said["id"], TextEntry(file, node, said)


def _tree(text: str, name: str) -> Any:
    report = ReadingReport("inventory")
    return read_yaml(report.texts.add(name, text), report)[0]


def _plain(node: Any) -> Any:
    """A tree as plain mappings and lists, none of them shared."""
    if isinstance(node, dict):
        return {key: _plain(value) for key, value in node.items()}
    return [_plain(each) for each in node] if isinstance(node, list) else node
