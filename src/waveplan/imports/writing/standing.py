"""The inventory that stands: its files as they are on the disk, and every entry with its place in them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from waveplan.domain.findings import Finding, has_errors
from waveplan.errors import UnreadableInputError
from waveplan.imports.records import Kind
from waveplan.imports.writing.drafts import SECTIONS
from waveplan.imports.writing.memory import MEMORY, Memory, read_memory
from waveplan.loading.files import DEFAULT_MAX_BYTES, InputFile, files_of, read_texts
from waveplan.loading.report import ReadingReport
from waveplan.loading.tree import MappingNode, SequenceNode
from waveplan.loading.yaml_reader import read_yaml

_BOM = "\ufeff"


@dataclass(frozen=True, slots=True)
class StandingEntry:
    """An entry of the inventory: where it stands, and what it says in words."""

    file: str
    number: int  # in its section of that file
    tree: Mapping[str, Any]


@dataclass(slots=True)
class StandingInventory:
    """What is in a folder, or in the one file that is an inventory."""

    folder: Path
    texts: dict[str, str] = field(default_factory=dict)  # by name within the folder, marks of byte order included
    trees: dict[str, MappingNode] = field(default_factory=dict)
    entries: dict[tuple[Kind, str], StandingEntry] = field(default_factory=dict)
    memory: Memory = field(default_factory=Memory)
    memory_file: str = MEMORY
    findings: list[Finding] = field(default_factory=list)
    bases: dict[str, int] = field(default_factory=dict)  # where each text's marks begin
    only_file: str = ""  # the inventory, where it is one file

    @property
    def is_readable(self) -> bool:
        """Whether it may be changed: all of it could be read."""
        return not has_errors(self.findings)

    def of_kind(self, kind: Kind) -> Iterator[tuple[str, StandingEntry]]:
        """Its entries of a kind, by their ids."""
        return ((name, entry) for (each, name), entry in self.entries.items() if each == kind)


def standing_inventory(target: str, max_bytes: int = DEFAULT_MAX_BYTES) -> StandingInventory:
    """Read what stands at a folder or a file; nothing there is an empty inventory.

    Raises UnreadableInputError where it cannot be read, or where the side file is no memory of an import.
    """
    path = Path(target)
    found = StandingInventory(path)
    if path.is_file():
        found.folder, found.only_file, found.memory_file = path.parent, path.name, f".{path.stem}{MEMORY}"
    elif not any(path.rglob("*.y*ml")):
        return found  # whoever takes all files away begins anew
    report = ReadingReport("inventory")
    _read(found, files_of(target).files, max_bytes, report)
    found.findings = list(report.findings())
    _remember(found)
    return found


def _read(found: StandingInventory, files: list[InputFile], max_bytes: int, report: ReadingReport) -> None:
    for each in read_texts(files, max_bytes, None, report):
        if each.text is None or each.file.path is None:
            continue
        source = report.texts.add(each.file.name, each.text)
        root, complete = read_yaml(source, report)
        if isinstance(root, MappingNode) and complete and not _is_other(root):
            name = each.file.path.name if found.only_file else each.file.label
            with each.file.path.open("rb") as opened:
                has_mark = opened.read(3) == _BOM.encode()
            found.texts[name] = _BOM + each.text if has_mark else each.text
            found.trees[name] = root
            found.bases[name] = source.base
            _index(found, name, root)


def _is_other(root: MappingNode) -> bool:
    """Whether a file is none of the inventory's: a plan, a file of scenarios."""
    return "waveplan" not in root and any(key.startswith("waveplan_") for key in root)


def _index(found: StandingInventory, name: str, root: MappingNode) -> None:
    for kind, (section, _) in SECTIONS.items():
        listed = root.get(section)
        for number, entry in enumerate(listed if isinstance(listed, SequenceNode) else ()):
            if isinstance(entry, MappingNode) and (known := entry_name(kind, entry)):
                found.entries.setdefault((kind, known), StandingEntry(name, number, entry))


def entry_name(kind: Kind, tree: Mapping[str, Any]) -> str:
    """By what an entry is called: its id; a link without one by its ends."""
    name = tree.get("id")
    if isinstance(name, str):
        return name
    ends = tree.get("between")
    return " — ".join(sorted(map(str, ends))) if kind == "link" and isinstance(ends, list) else ""


def _remember(found: StandingInventory) -> None:
    path = found.folder / found.memory_file
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return
    except (OSError, ValueError) as error:
        raise _no_memory(path, str(error)) from None
    try:
        found.memory = read_memory(text)
    except (ValueError, KeyError, TypeError, StopIteration) as error:
        raise _no_memory(path, str(error)) from None


def _no_memory(path: Path, reason: str) -> UnreadableInputError:
    return UnreadableInputError(
        "{name} holds what earlier imports wrote, and cannot be read: {reason}. Take it from your version control, "
        "or move it away: the next import then takes all values that stand for made by hand.",
        name=str(path),
        reason=reason or "it is damaged",
    )
