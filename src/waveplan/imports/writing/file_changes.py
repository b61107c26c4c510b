"""What changes in one file: entries edited, taken out and put in, as text."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import yaml

from waveplan.domain.findings import has_errors
from waveplan.domain.made_names import marked
from waveplan.imports.writing.drafts import Draft, Tree
from waveplan.imports.writing.editing import Edit, UnwritableError, applied, edits_of
from waveplan.imports.writing.entry_text import ASSUMED, entry_lines, flow
from waveplan.imports.writing.spans import EntrySpan, SectionSpan, spans_of
from waveplan.loading.inserting import inserted
from waveplan.loading.node_places import LINE_ENDS, composed, last_end, line_end, line_start
from waveplan.loading.report import ReadingReport
from waveplan.loading.yaml_reader import read_yaml

_BOM = "\ufeff"
_HEAD = "waveplan: 1"


@dataclass(frozen=True, slots=True)
class EntryChange:
    """An entry that stands, and what is to stand in its place."""

    section: str
    number: int
    old: Mapping[str, Any]
    new: Tree | None  # None: it goes
    id: str


@dataclass(slots=True)
class FileChanges:
    """All that changes in one file."""

    entries: list[EntryChange] = field(default_factory=list)
    added: dict[str, list[Draft]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Refusal:
    """A change that the way in which the file is written does not allow."""

    change: EntryChange
    reason: str


def changed_text(text: str, changes: FileChanges) -> tuple[str, list[Refusal]]:
    """The text after its changes, and those that could not be made.

    Raises UnwritableError where nothing can be put into the file.
    """
    mark = _BOM if text.startswith(_BOM) else ""
    body = text.removeprefix(_BOM)
    line_break = next((end for end in LINE_ENDS if end in body), "\n")
    refusals: list[Refusal] = []
    placed: set[str] = set()
    if changes.entries:
        body, placed = _with_entries_changed(body, changes, line_break, refusals)
    for section, drafts in changes.added.items():
        if drafts and section not in placed:
            body = _with_entries_added(body, section, drafts, line_break)
    return mark + body, refusals


# --- entries that stand ---


def _with_entries_changed(
    text: str, changes: FileChanges, line_break: str, refusals: list[Refusal]
) -> tuple[str, set[str]]:
    """The text, and the sections whose new entries stand in it where all old ones stood."""
    spans = spans_of(text)
    edits: list[Edit] = []
    removed: dict[str, set[int]] = {}
    placed = set()
    for change in changes.entries:
        span = spans[change.section].entries[change.number]
        try:
            if change.new is None:
                removed.setdefault(change.section, set()).add(change.number)
            else:
                edits += _tried(text, span, change, line_break)
        except UnwritableError as error:
            refusals.append(Refusal(change, str(error)))
    for section, numbers in removed.items():
        of_section = spans[section]
        if len(numbers) == len(of_section.entries) and not of_section.in_brackets:
            drafts = changes.added.get(section, [])
            edits.append(_in_place_of_all(text, of_section, drafts, line_break))
            placed.add(section)
        else:
            edits += _removals(text, of_section, numbers)
    return applied(text, edits), placed


def _in_place_of_all(text: str, section: SectionSpan, drafts: Sequence[Draft], line_break: str) -> Edit:
    first, last = _lines_of(text, section.entries[0]), _lines_of(text, section.entries[-1])
    dash = max(text[first[0] : section.entries[0].start].rpartition("\n")[2].find("-"), 0)
    lines = [line for draft in drafts for line in entry_lines(draft.tree, " " * dash, draft.remarks)] or ["  []"]
    return (first[0], last[1], "".join(f"{line}{line_break}" for line in lines))


def _tried(text: str, span: EntrySpan, change: EntryChange, line_break: str) -> list[Edit]:
    """Edits of an entry that give, read again, what is wanted."""
    if not span.is_mapping or change.new is None:
        raise UnwritableError(marked("an alias stands for it"))
    edits = edits_of(text, span, change.old, change.new, line_break)
    shift = span.start - span.column
    piece = " " * span.column + text[span.start : span.end]
    local = [(start - shift, end - shift, words) for start, end, words in edits]
    if "*" not in piece:  # what an alias stands for is not in the piece
        report = ReadingReport("inventory")
        tree, _ = read_yaml(report.texts.add("", applied(piece, local)), report)
        if has_errors(report.findings()) or not _alike(tree, change.new):
            raise UnwritableError(marked("it is written in an unusual way"))
    return edits


def _alike(one: Any, other: Any) -> bool:
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        keys = {key for tree in (one, other) for key in tree if tree[key] is not None}
        return all(_alike(one.get(key), other.get(key)) for key in keys)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(_alike, one, other))
    return bool(one == other)


def _removals(text: str, section: SectionSpan, numbers: set[int]) -> list[Edit]:
    spans = section.entries
    if section.in_brackets:
        return _removals_in_brackets(spans, numbers)
    return [(*_lines_of(text, spans[number]), "") for number in sorted(numbers)]


def _removals_in_brackets(spans: Sequence[EntrySpan], numbers: set[int]) -> list[Edit]:
    kept = [number for number in range(len(spans)) if number not in numbers]
    if not kept:
        return [(spans[0].start, spans[-1].end, "")]
    inner = [number for number in sorted(numbers) if number < kept[-1]]
    edits: list[Edit] = [(spans[number].start, spans[number + 1].start, "") for number in inner]
    if kept[-1] + 1 < len(spans):
        edits.append((spans[kept[-1]].end, spans[-1].end, ""))
    return edits


def _lines_of(text: str, span: EntrySpan) -> tuple[int, int]:
    """The lines of an entry, with the remarks above it that an import wrote."""
    start = line_start(text, span.start)
    while start > 0:
        above = line_start(text, start - 1)
        if not text[above:start].lstrip(" ").startswith(f"# {ASSUMED}"):
            break
        start = above
    return start, line_end(text, _last_place(text, span))


def _last_place(text: str, span: EntrySpan) -> int:
    piece = " " * span.column + text[span.start : span.end]
    node = composed(piece)
    return span.end if node is None else last_end(node) + span.start - span.column


# --- new entries ---


def _with_entries_added(text: str, section: str, drafts: Sequence[Draft], line_break: str) -> str:
    spans = spans_of(text).get(section)
    if spans is None or spans.in_brackets or not spans.entries:
        return _inserted(text, section, drafts)
    last = spans.entries[-1]
    first_line = text[line_start(text, spans.entries[0].start) : spans.entries[0].start]
    dash = first_line.find("-")
    if dash < 0 or first_line[:dash].strip(" "):
        return _inserted(text, section, drafts)
    lines = [line for draft in drafts for line in entry_lines(draft.tree, " " * dash, draft.remarks)]
    place = line_end(text, _last_place(text, last))
    words = "".join(f"{line}{line_break}" for line in lines)
    if place == len(text) and not text.endswith(("\n", "\r")):
        words = line_break + words.removesuffix(line_break)
    return text[:place] + words + text[place:]


def _inserted(text: str, section: str, drafts: Sequence[Draft]) -> str:
    def entries(indent: str, quoted: bool) -> str:
        if not indent:
            write = _json if quoted else flow
            return ", ".join(write(draft.tree) for draft in drafts)
        dash = indent[:-2]
        lines = [line for draft in drafts for line in entry_lines(draft.tree, dash)]
        return "\n".join(lines).removeprefix(f"{dash}- ")

    try:
        return inserted(text, section, entries, _HEAD)
    except (ValueError, yaml.YAMLError) as error:
        raise UnwritableError(marked("its sections are written in an unusual way")) from error


def _json(tree: Tree) -> str:
    return json.dumps(tree, ensure_ascii=False)
