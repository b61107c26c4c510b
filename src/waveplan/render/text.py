"""Small helpers for words on a screen."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from itertools import count
from os.path import commonprefix

from rich.cells import cell_len, chop_cells
from rich.text import Text

from waveplan.render.language import Shown
from waveplan.render.signs import Signs
from waveplan.render.styles import PALETTE

_PIECES = re.compile(r"[^\s./_@:+-]*[\s./_@:+-]?")


def folded(text: str, width: int) -> str:
    """Text in lines of at most so many columns, broken after blanks and the signs that divide ids."""
    return "\n".join(_fold(line, width) for line in text.split("\n"))


def _fold(line: str, width: int) -> str:
    if cell_len(line) <= width:
        return line
    lines = [""]
    for piece in _pieces(line, width):
        if cell_len(lines[-1] + piece.rstrip()) <= width:
            lines[-1] += piece
            continue
        *whole, rest = chop_cells(piece, width) or [""]
        lines += [*whole, rest]
    return "\n".join(each.rstrip() for each in lines if each.strip())


def _pieces(line: str, width: int) -> list[str]:
    """Words with the blank after them; only what is wider than a line comes apart, at the signs that divide ids."""
    words = re.findall(r"[^ \t]*[ \t]?", line)  # a no-break space is part of a word
    return [
        piece for word in words for piece in ([word] if cell_len(word.rstrip()) <= width else _PIECES.findall(word))
    ]


def widest_piece(text: str, most: int) -> int:
    """Columns, at most so many, down to which text may be folded without a word coming apart."""
    return min(max((cell_len(piece.rstrip()) for piece in _PIECES.findall(text)), default=0), most)


def shorten_apart(names: Sequence[Shown], width: int, signs: Signs) -> list[Shown]:
    """Names in at most so many columns each; those that would begin alike lose what they share instead."""
    short = [shorten(name, width, signs) for name in names]
    alike: dict[str, list[int]] = {}
    for place, name in enumerate(short):
        head, cut, _ = name.partition(signs.ellipsis)
        if cut:
            alike.setdefault(head, []).append(place)
    for places in alike.values():
        shared = commonprefix([names[place] for place in places])  # noqa: RUF071 - letters are meant, not folders
        shared = shared[: max((shared.rfind(sign) + 1 for sign in "@/._- "), default=0)]
        if len({names[place] for place in places}) > 1 and shared:
            for place in places:
                own = Shown(signs.ellipsis + names[place][len(shared) :])
                short[place] = shorten(own, width, signs)
    return _told_apart(names, short, width, signs)


def _told_apart(names: Sequence[Shown], short: list[Shown], width: int, signs: Signs) -> list[Shown]:
    """What is cut alike all the same ends in a number: two names never look like one."""
    taken = set(short)
    first: dict[Shown, Shown] = {}  # short form → the name that keeps it
    found: dict[Shown, Shown] = {}  # name → short form
    for name, cut in zip(names, short, strict=True):
        if name not in found:
            found[name] = cut if first.setdefault(cut, name) == name else _numbered(name, taken, width, signs)
            taken.add(found[name])
    return [found[name] for name in names]


def _numbered(name: Shown, taken: Collection[str], width: int, signs: Signs) -> Shown:
    for number in count(2):
        end = f"{signs.ellipsis}{number}"
        tried = Shown(chop_cells(name, max(width - cell_len(end), 1))[0] + end)
        if tried not in taken:
            return tried
    raise AssertionError("numbers do not end")


def shorten(text: Shown, width: int, signs: Signs, *, tail: int = 8) -> Shown:
    """Text in at most so many columns; what is too long loses its middle, so that a lot keeps its hash at the end."""
    if cell_len(text) <= width:
        return text
    room = max(width - cell_len(signs.ellipsis), 1)
    tail = min(room // 2, tail)
    head = chop_cells(text, room - tail)[0] if room > tail else ""
    return Shown(head + signs.ellipsis + _end(text, tail))


def _end(text: str, width: int) -> str:
    kept = ""
    for character in reversed(text):
        if cell_len(character + kept) > width:
            break
        kept = character + kept
    return kept


def paragraph(parts: Iterable[tuple[str, str]], width: int) -> Text:
    """Parts with their styles, set in lines that break at ordinary blanks only: no-break ones hold."""
    text, filled = Text(), 0
    for words, style in parts:
        for word in words.split(" "):
            if filled and filled + 1 + cell_len(word) > width:
                text.append("\n")
                filled = 0
            elif filled:
                text.append(" ")
                filled += 1
            text.append(word, style=style or None)
            filled += cell_len(word)
    return text


def hanging(parts: Iterable[tuple[str, str]], first: int, indent: int, width: int) -> Text:
    """A paragraph that begins `first` columns in and goes on `indent` columns in."""
    lines = paragraph(parts, width - indent).split("\n")
    text = Text(" " * first)
    for number, line in enumerate(lines):
        text.append("\n" + " " * indent if number else "").append_text(line)
    return text


def in_lines(entries: Iterable[tuple[str, str, str]], width: int) -> list[Text]:
    """Signs, their styles and what they mean side by side, in as many lines as the width asks for; none is broken."""
    lines: list[Text] = []
    for sign, style, words in entries:
        entry = Text.assemble((sign, style), (f" {words}" if sign else words, PALETTE["quiet"]))
        if lines and lines[-1].cell_len + 3 + entry.cell_len <= width:
            lines[-1].append("   ").append_text(entry)
        else:
            lines.append(entry)
    return lines
