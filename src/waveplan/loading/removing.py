"""`remove` in an overlay: entries of the inventory that a scenario does without."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from waveplan.domain.findings import Path
from waveplan.loading.documents import REMOVE
from waveplan.loading.names import KINDS
from waveplan.loading.report import ReadingReport, suggestion
from waveplan.loading.tree import MappingNode, SequenceNode, listed, mapping, node_at
from waveplan.loading.wording import show

_NO_MAPPING = "'{key}' must be a mapping of sections to ids, not {shown}"
_NO_LIST = "'{key}' must be a list of ids, not {shown}"
_REMOVABLE: dict[Path, str] = {**KINDS, ("policy", "gates"): "gate", ("policy", "rehearsals"): "rehearsal"}


def without(base: MappingNode, overlay: MappingNode, report: ReadingReport) -> MappingNode:
    """The base less what the overlay removes by id; what cannot be removed is reported."""
    wanted = overlay.get(REMOVE)
    if wanted is None:
        return base
    if not isinstance(wanted, MappingNode):
        _report_shape(_NO_MAPPING, overlay.value_mark(REMOVE), REMOVE, wanted, report)
        return base
    gone = {path: _names(holder, path, base, report) for holder, path in _lists(wanted, (), report)}
    return _less(base, (), {path: names for path, names in gone.items() if names})


def _lists(wanted: MappingNode, path: Path, report: ReadingReport) -> Iterator[tuple[MappingNode, Path]]:
    """The places in `remove` that name ids: who holds them, and to which list of the inventory they lead."""
    for key, value in wanted.items():
        here = (*path, key)
        if here in _REMOVABLE:
            yield wanted, here
        elif not any(known[: len(here)] == here for known in _REMOVABLE):
            keys = sorted({str(known[len(path)]) for known in _REMOVABLE if known[: len(path)] == path})
            hint = suggestion(key, keys, "keys here: " + ", ".join(keys))
            report.add("WP103", wanted.key_mark(key), "nothing can be removed from '{key}'", {"key": key}, **hint)
        elif isinstance(value, MappingNode):
            yield from _lists(value, here, report)
        elif value is not None:
            _report_shape(_NO_MAPPING, wanted.value_mark(key), key, value, report)


def _names(holder: MappingNode, path: Path, base: MappingNode, report: ReadingReport) -> set[str]:
    """The ids that one list of `remove` names, less those that nothing bears."""
    key = str(path[-1])
    value, mark = holder[key], holder.value_mark(key)
    words = [(value, mark)] if isinstance(value, str) else _elements(value)
    if value is not None and (words is None or not all(isinstance(word, str) for word, _ in words)):
        _report_shape(_NO_LIST, mark, key, value, report)
        return set()
    known = [entry.get("id") for entry in node_at(base, path) or () if isinstance(entry, MappingNode)]
    for word, place in words or ():
        if word not in known:
            values = {"kind": _REMOVABLE[path], "name": word}
            hint = suggestion(word, (name for name in known if isinstance(name, str)))
            report.add("WP107", place, "there is no {kind} '{name}' to remove", values, subjects=(word,), **hint)
    return {word for word, _ in words or ()}


def _elements(value: object) -> list[tuple[Any, int]] | None:
    return list(zip(value, value.marks, strict=True)) if isinstance(value, SequenceNode) else None


def _less(node: MappingNode, path: Path, gone: dict[Path, set[str]]) -> MappingNode:
    entries = []
    for key, value in node.items():
        here = (*path, key)
        if here in gone and isinstance(value, SequenceNode):
            kept = ((each, mark) for each, mark in _elements(value) or () if not _is_named(each, gone[here]))
            value = listed(kept, value.mark)
        elif isinstance(value, MappingNode) and any(known[: len(here)] == here for known in gone):
            value = _less(value, here, gone)
        entries.append((key, value, node.key_mark(key), node.value_mark(key)))
    return mapping(entries, node.mark)


def _is_named(entry: object, names: set[str]) -> bool:
    return isinstance(entry, MappingNode) and isinstance(entry.get("id"), str) and entry["id"] in names


def _report_shape(template: str, mark: int, key: str, value: object, report: ReadingReport) -> None:
    report.add("WP104", mark, template, {"key": key, "shown": show(value)}, path=(REMOVE, key))
