"""A new inventory folder: one file for the programme, one for each kind of thing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from io import StringIO

from waveplan.imports.writing.drafts import Draft, Tree
from waveplan.imports.writing.entry_text import entry_lines, key_lines

PROGRAMME = "programme.yaml"


def programme_text(programme: Tree, remarks: Sequence[str]) -> str:
    """The file that says what the programme is."""
    lines = ["waveplan: 1", ""]
    lines += (f"# assumed: {remark}" for remark in remarks)
    lines.append("programme:")
    for key, value in programme.items():
        lines += key_lines(key, value, "  ", "  ")
    return _text(lines)


def section_text(section: str, drafts: Sequence[Draft]) -> str:
    """One file of one section."""
    text = StringIO()
    text.write(f"{section}:\n")
    for draft in sorted(drafts, key=lambda each: each.id):
        text.write(_text(entry_lines(draft.tree, "  ", draft.remarks)))
    return text.getvalue()


def _text(lines: Iterable[str]) -> str:
    return "".join(f"{line}\n" for line in lines)
