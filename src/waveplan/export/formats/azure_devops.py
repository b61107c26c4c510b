"""Azure DevOps: a CSV of work items in three levels, told by the column in which their title stands."""

from __future__ import annotations

import html

from waveplan.export.formats.csv_text import CsvText
from waveplan.export.formats.protocol import Asked, Exported, left_out, untold
from waveplan.export.formats.trackers import TrackerLine, lines_of, tracker_notes
from waveplan.export.programme import ProgrammeView, Words
from waveplan.export.tables import Cell

_HEADS = (
    "ID", "Work Item Type", "Title 1", "Title 2", "Title 3", "State", "Start Date", "Target Date", "Tags",
    "Description",
)  # fmt: skip
_ITEM = 3


def write(view: ProgrammeView, words: Words, asked: Asked) -> Exported:
    """One file. IDs are empty for what is new, and filled from what Azure DevOps exported before, with their state."""
    lines = list(lines_of(view, words))
    types = {1: asked.settings["epic"], 2: asked.settings["feature"], 3: asked.settings["story"]}

    def row(line: TrackerLine) -> tuple[Cell, ...]:
        own, state = asked.known.get(line.tag, ("", ""))
        level = 1 if line.level > 1 and not line.parent else line.level
        titles = [line.short if place == level else "" for place in (1, 2, 3)]
        dates: tuple[Cell, Cell] = (line.start or line.first, line.end or line.last)
        if line.level == _ITEM:  # user stories have no dates of their own
            dates = (None, None)
        about = "<br>".join(html.escape(each) for each in (line.key, *line.lines))
        tags = f"waveplan; {line.kind}; {line.tag}"
        return (own, types[line.level], *titles, state or asked.settings["state"], *dates, tags, about)

    text = CsvText()
    content = text.text(_HEADS, map(row, lines))
    told = (*tracker_notes(view, lines, words), *left_out(view, words), *untold(view, words), *text.notes(words))
    return Exported.single("azure-devops.csv", content, told)
