"""Raw tree → models, entry by entry, so that one bad entry never hides what is wrong with the next."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ValidationError

from waveplan.domain.findings import Path
from waveplan.domain.inventory import Inventory
from waveplan.loading.format_shape import SECTIONS, keys_of
from waveplan.loading.report import ReadingReport, suggestion
from waveplan.loading.tree import MappingNode, SequenceNode
from waveplan.loading.wording import DocumentEntry, report_invalid, show

FILLED_LATER = ""  # stands for a required value that `defaults` may still give


class Sections:
    """The valid entries of each section, each with its number in the document."""

    def __init__(self) -> None:
        self.lists: dict[str, list[tuple[int, Any]]] = {}
        self.single: dict[str, BaseModel] = {}

    def entries(self, section: str) -> list[Any]:
        """A list section's valid entries, in order."""
        return [entry for _, entry in self.lists.get(section, ())]

    def values(self) -> dict[str, Any]:
        """Field values of the inventory."""
        return {**{section: self.entries(section) for section in self.lists}, **self.single}


def read_sections(root: MappingNode, complete: bool, report: ReadingReport) -> Sections:
    """All valid entries of the inventory, with findings for everything else.

    Of an incomplete document, of which a file could not be read, nothing is said to be missing.
    """
    found = Sections()
    for key, value in root.items():
        if key in SECTIONS and value is not None:
            model, is_list = SECTIONS[key]
            if is_list:
                found.lists[key] = _read_list(model, root, key, report)
            else:
                single = read_entry(DocumentEntry(model, root, (key,)), value, report)
                if single is not None:
                    found.single[key] = single
        elif key not in SECTIONS and key != "waveplan":
            _report_unknown_section(root, key, report)
    _check_version(root, complete, report)
    if complete and root.get("programme") is None:
        _report_missing_programme(root, report)
    return found


def _read_list(model: type[BaseModel], root: MappingNode, section: str, report: ReadingReport) -> list[tuple[int, Any]]:
    nodes = root[section]
    if not isinstance(nodes, SequenceNode):
        report.add(
            "WP104",
            root.value_mark(section),
            "'{key}' must be a list, not {shown}",
            {"key": section, "shown": show(nodes)},
            path=(section,),
            hint="begin each entry with '- '",
        )
        return []
    fillable = section == "servers" and _default_sites(root)
    found = []
    for number, node in enumerate(nodes):
        entry = DocumentEntry(model, root, (section, number), subjects_of(node))
        if fillable and isinstance(node, MappingNode) and node.get("site") is None:
            read = read_entry(entry, {**node, "site": FILLED_LATER}, report)
            if read is not None:
                read.model_fields_set.discard("site")
        else:
            read = read_entry(entry, node, report)
        if read is not None:
            found.append((number, read))
    return found


def _default_sites(root: MappingNode) -> bool:
    """Whether a line of `defaults` tells servers their site."""
    lines = root.get("defaults")
    values = [line.get("set") for line in lines if isinstance(line, dict)] if isinstance(lines, list) else []
    return any("site" in value for value in values if isinstance(value, dict))


def read_entry(entry: DocumentEntry, node: object, report: ReadingReport) -> Any:
    """The model of one entry, or None with findings."""
    try:
        return entry.model.model_validate(node, by_alias=True, by_name=False)
    except ValidationError as error:
        report_invalid(error, entry, report)
        return None


def subjects_of(node: object) -> tuple[str, ...]:
    """The id by which findings speak of an entry."""
    name = node.get("id") if isinstance(node, dict) else None
    return (name,) if isinstance(name, str) and name.isprintable() else ()


def _report_unknown_section(root: MappingNode, key: str, report: ReadingReport) -> None:
    known = keys_of(Inventory)
    hint = suggestion(key, known, "sections are: " + ", ".join(known))
    report.add("WP103", root.key_mark(key), "unknown section '{key}'", {"key": key}, path=(key,), **hint)


def _check_version(root: MappingNode, complete: bool, report: ReadingReport) -> None:
    version = root.get("waveplan")
    if version is None and complete:
        _missing(root, ("waveplan",), "begin the inventory with 'waveplan: 1', the version of its format", report)
    elif version is not None and version != "1":
        report.add(
            "WP104",
            root.value_mark("waveplan"),
            "format version {shown} is not known here",
            {"shown": show(version)},
            path=("waveplan",),
            hint="this waveplan reads format version 1: write 'waveplan: 1'",
        )


def _report_missing_programme(root: MappingNode, report: ReadingReport) -> None:
    _missing(root, ("programme",), "add 'programme:' with its name, start and deadline", report)


def _missing(root: MappingNode, path: Path, hint: str, report: ReadingReport) -> None:
    report.add("WP105", root.mark, "'{key}' is missing", {"key": path[-1]}, path=path, hint=hint)
