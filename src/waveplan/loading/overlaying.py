"""One tree laid over another: what a scenario changes in the inventory, every value keeping its own place.

Nothing is changed in place: scenarios share all that they leave as it is.
"""

from __future__ import annotations

from typing import Any

from waveplan.domain.findings import Path
from waveplan.loading.documents import REMOVE
from waveplan.loading.names import KINDS
from waveplan.loading.report import ReadingReport
from waveplan.loading.tree import MappingNode, SequenceNode, listed, mapping, mappings, sequence

# ByKey whose lists hold entries with ids; elsewhere a key of the same name holds words, and is replaced.
_LISTS_BY_ID = frozenset({*(str(path[-1]) for path in KINDS), "gates", "rehearsals", "steps"})
_Entry = tuple[str, Any, int, int]


def laid_over(base: MappingNode, overlay: MappingNode, report: ReadingReport) -> MappingNode:
    """The base with an overlay on it: mappings merge, entries with an id find theirs, everything else replaces."""
    return _laid_over(base, overlay, (), report)


def _laid_over(base: MappingNode, overlay: MappingNode, path: Path, report: ReadingReport) -> MappingNode:
    entries = [_together(base, overlay, key, path, report) if key in overlay else _own(base, key) for key in base]
    entries += [_own(overlay, key) for key in overlay if key not in base and (*path, key) != (REMOVE,)]
    return mapping(entries, base.mark)


def _own(node: MappingNode, key: str) -> _Entry:
    return key, node[key], node.key_mark(key), node.value_mark(key)


def _together(base: MappingNode, overlay: MappingNode, key: str, path: Path, report: ReadingReport) -> _Entry:
    below, above, here = base[key], overlay[key], (*path, key)
    if isinstance(below, MappingNode) and isinstance(above, MappingNode):
        value: Any = _laid_over(below, above, here, report)
    elif isinstance(below, SequenceNode) and isinstance(above, SequenceNode) and here == ("defaults",):
        value = sequence([below, above], below.mark)
    elif isinstance(below, SequenceNode) and _holds_entries(key, above):
        value = _by_id(below, above, here, report)
    else:
        return _own(overlay, key)
    return key, value, base.key_mark(key), base.value_mark(key)


def _holds_entries(key: str, node: object) -> bool:
    """Whether it is a list of entries to be laid over others by their ids; an empty one replaces."""
    if key not in _LISTS_BY_ID or not isinstance(node, SequenceNode) or not node:
        return False
    return all(isinstance(each, MappingNode) for each in node)


def _by_id(base: SequenceNode, overlay: SequenceNode, path: Path, report: ReadingReport) -> SequenceNode:
    elements: list[tuple[Any, int]] = list(zip(base, base.marks, strict=True))
    places: dict[object, int] = {}
    for number, entry in mappings(base):
        if isinstance(entry.get("id"), str):
            places.setdefault(entry["id"], number)
    seen: dict[str, int] = {}
    for number, entry in mappings(overlay):
        name = entry.get("id")
        place = places.get(name) if isinstance(name, str) else None
        if place is None:
            elements.append((entry, overlay.marks[number]))
        elif (name := str(name)) in seen:
            _report_twice(entry, seen[name], path, report)
        else:
            seen[name] = entry.value_mark("id")
            elements[place] = (_laid_over(base[place], entry, (*path, place), report), base.marks[place])
    return listed(elements, base.mark)


def _report_twice(entry: MappingNode, first: int, path: Path, report: ReadingReport) -> None:
    report.add(
        "WP106",
        entry.value_mark("id"),
        "the overlay already has an entry '{name}' at {there}",
        {"name": entry["id"], "there": report.say_where(first)},
        path=path,
        subjects=(entry["id"],),
        hint="put both into one entry",
    )
