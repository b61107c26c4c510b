"""Jira: a CSV of waves as epics, their lots, gates and rehearsals as tasks, items as sub-tasks; parents come first."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from waveplan.export.formats.csv_text import CsvText
from waveplan.export.formats.protocol import Asked, Exported, left_out, untold
from waveplan.export.formats.trackers import TrackerLine, lines_of, tracker_notes
from waveplan.export.programme import ProgrammeView, Words
from waveplan.export.tables import Cell

_HEADS = (
    "Issue Type", "Issue ID", "Issue Key", "Parent", "Summary", "Start date", "Due date", "Window opens",
    "Window closes", "Labels", "External ID", "Description",
)  # fmt: skip
_LARGEST = 999_999_999


def write(view: ProgrammeView, words: Words, asked: Asked) -> Exported:
    """One file. `External ID` stays the same; `Issue Key` is filled from what Jira exported before."""
    lines = list(lines_of(view, words))
    numbers = _numbers(lines)
    types = {1: asked.settings["epic"], 2: asked.settings["task"], 3: asked.settings["subtask"]}

    def row(line: TrackerLine) -> tuple[Cell, ...]:
        own, _ = asked.known.get(line.key, asked.known.get(line.tag, ("", "")))
        return (
            types[line.level], numbers[line.key], own, numbers.get(line.parent), line.short, line.first, line.last,
            line.start, line.end, f"waveplan {line.kind}", line.key, "\n".join(line.lines),
        )  # fmt: skip

    text = CsvText()
    content = text.text(_HEADS, map(row, lines))
    told = (*tracker_notes(view, lines, words), *left_out(view, words), *untold(view, words), *text.notes(words))
    return Exported.single("jira.csv", content, told)


def _numbers(lines: Iterable[TrackerLine]) -> dict[str, int]:
    """A number for each line, made of its key: what is added or goes changes no other's."""
    found: dict[str, int] = {}
    taken: set[int] = set()
    for line in lines:
        number = 1 + int(hashlib.sha256(line.key.encode()).hexdigest()[:12], 16) % _LARGEST
        while number in taken:
            number = number % _LARGEST + 1
        taken.add(number)
        found[line.key] = number
    return found
