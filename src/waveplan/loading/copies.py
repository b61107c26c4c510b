"""A folder in which the same entries stand twice, as when a copy of the inventory lies in it: one fact, told once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import PurePosixPath

from waveplan.domain.findings import Location, Path
from waveplan.loading.documents import Documents
from waveplan.loading.names import KINDS
from waveplan.loading.report import ReadingReport
from waveplan.loading.tree import MappingNode, mappings, node_at

_FEWEST = 3  # ids that stand twice; fewer are told one by one
_Key = tuple[Path, str]


def report_copies(documents: Documents, report: ReadingReport) -> bool:
    """Whether some files repeat what others hold, as copies do; reported as one finding, with both places."""
    labels = [file.file for file in documents.files]
    held = [set(_keys(root)) for root in documents.roots]
    first: dict[_Key, int] = {}
    repeated: Counter[tuple[int, int]] = Counter()  # by the file that holds an id first, and the one that repeats it
    for number, keys in enumerate(held):
        again = Counter(first[key] for key in keys if key in first)
        if again.total() >= _FEWEST and _is_half(again, keys, held):
            repeated.update({(earlier, number): count for earlier, count in again.items()})
        first |= {key: number for key in keys if key not in first}
    if repeated:
        _report(labels, repeated, documents, report)
    return bool(repeated)


def _is_half(again: Counter[int], keys: set[_Key], held: Sequence[set[_Key]]) -> bool:
    """Whether it is half of what the file holds, or half of what another file does that it repeats."""
    return 2 * again.total() >= len(keys) or any(2 * count >= len(held[earlier]) for earlier, count in again.items())


def _keys(root: MappingNode) -> Iterator[_Key]:
    for path in KINDS:
        for _, entry in mappings(node_at(root, path)):
            if isinstance(entry.get("id"), str):
                yield path, entry["id"]


def _report(
    labels: Sequence[str], repeated: Counter[tuple[int, int]], documents: Documents, report: ReadingReport
) -> None:
    sides = [sorted(pair, key=lambda number: _likely_copy(labels[number])) for pair in repeated]
    original, copy = (_common(sorted({labels[pair[side]] for pair in sides})) for side in (0, 1))
    first = min(pair[1] for pair in sides)
    file = report.texts.location(documents.roots[first].mark).file
    values = {"copy": copy or ".", "original": original, "count": repeated.total()}
    template = "{copy} repeats what {original} holds: {count} ids stand twice in this folder"
    if not original:
        template = "{copy} repeats what other files of this folder hold: {count} ids stand twice"
    hint = "keep one of them: move {copy} elsewhere, or put a '.' before its name"
    report.add("WP138", Location(file), template, values, subjects=(copy,), hint=hint, hint_values=values)


def _likely_copy(label: str) -> tuple[int, int, str]:
    """Of two files that hold the same, the copy lies deeper, or has had something added to its name."""
    return label.count("/"), len(label), label


def _common(labels: Sequence[str]) -> str:
    """One file by its name, several by the folder that holds them all."""
    if len(labels) == 1:
        return labels[0]
    parts = [PurePosixPath(label).parent.parts for label in labels]
    shared = []
    for names in zip(*parts, strict=False):
        if len(set(names)) > 1:
            break
        shared.append(names[0])
    return "/".join((*shared, ""))  # `backup/`, or nothing for the folder itself
