"""Several files, one inventory: lists end to end, mappings into each other, scalars only once."""

from __future__ import annotations

from typing import Any

from waveplan.domain.findings import Path
from waveplan.loading.report import ReadingReport
from waveplan.loading.tree import MappingNode, SequenceNode, mapping, sequence


def merged(roots: list[MappingNode], report: ReadingReport) -> MappingNode:
    """One tree of several files' trees, in their order; two different values for one scalar are reported."""
    return roots[0] if len(roots) == 1 else _merged_mappings(roots, (), report)


def _merged_mappings(nodes: list[MappingNode], path: Path, report: ReadingReport) -> MappingNode:
    given: dict[str, list[MappingNode]] = {}
    for node in nodes:
        for key in node:
            given.setdefault(key, []).append(node)
    entries = []
    for key, holders in given.items():
        telling = [node for node in holders if node[key] is not None] or holders[:1]
        value = telling[0][key] if len(telling) == 1 else _merged_values(telling, key, (*path, key), report)
        entries.append((key, value, telling[0].key_mark(key), telling[0].value_mark(key)))
    return mapping(entries, nodes[0].mark)


def _merged_values(holders: list[MappingNode], key: str, path: Path, report: ReadingReport) -> Any:
    """What several files give for one key. What is not of the first one's kind, or another scalar, is reported."""
    first = holders[0][key]
    alike = [node for node in holders if type(node[key]) is type(first)]
    if isinstance(first, str):
        alike = [node for node in alike if node[key] == first]
    for other in holders:
        if not any(other is node for node in alike):
            report.add(
                "WP111",
                other.value_mark(key),
                "'{key}' differs from what {first} gives",
                {"key": key, "first": report.say_where(holders[0].value_mark(key))},
                path=path,
                hint="keep it in one of the two files",
            )
    values = [node[key] for node in alike]
    if isinstance(first, SequenceNode):
        return sequence(values, first.mark)
    return _merged_mappings(values, path, report) if isinstance(first, MappingNode) else first
