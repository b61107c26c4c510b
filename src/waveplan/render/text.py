"""Small helpers for words on a screen."""

from __future__ import annotations

import re
from collections.abc import Iterable

from rich.cells import cell_len, chop_cells

from waveplan.render.language import Shown
from waveplan.render.styles import Signs

_PIECES = re.compile(r"[^\s./_@:+-]*[\s./_@:+-]?")


def folded(text: str, width: int) -> str:
    """Text in lines of at most so many columns, broken after blanks and the signs that divide ids."""
    return "\n".join(_fold(line, width) for line in text.split("\n"))


def _fold(line: str, width: int) -> str:
    if cell_len(line) <= width:
        return line
    lines = [""]
    for piece in _PIECES.findall(line):
        if cell_len(lines[-1] + piece.rstrip()) <= width:
            lines[-1] += piece
            continue
        *whole, rest = chop_cells(piece, width) or [""]
        lines += [*whole, rest]
    return "\n".join(each.rstrip() for each in lines if each.strip())


def shorten(text: Shown, width: int, signs: Signs) -> Shown:
    """Text in at most so many columns; what is too long loses its middle, so that a lot keeps its hash."""
    if cell_len(text) <= width:
        return text
    room = max(width - cell_len(signs.ellipsis), 1)
    tail = min(room // 2, 8)
    head = chop_cells(text, room - tail)[0] if room > tail else ""
    return Shown(head + signs.ellipsis + _end(text, tail))


def _end(text: str, width: int) -> str:
    kept = ""
    for character in reversed(text):
        if cell_len(character + kept) > width:
            break
        kept = character + kept
    return kept


def in_lines(entries: Iterable[str], width: int) -> list[str]:
    """Entries side by side, three blanks apart, in as many lines as the width asks for; none is broken."""
    lines: list[str] = []
    for entry in entries:
        if lines and cell_len(lines[-1]) + 3 + cell_len(entry) <= width:
            lines[-1] += "   " + entry
        else:
            lines.append(entry)
    return lines
