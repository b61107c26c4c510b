"""The console that results and progress go to: what inventories say is text, never markup."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from typing import IO

from rich.console import Console, RenderableType
from rich.segment import Segment, Segments

from waveplan.render.styles import ASCII, UNICODE, Signs

_ENDLESS = 100_000  # columns of a line that the terminal wraps itself
_PLAIN = {"’": "'", "–": "-", "−": "-", "—": "-", "…": "~", "×": "x", "÷": "/", "→": ">", "·": "-", "«": '"', "»": '"'}


def make_console(file: IO[str], *, width: int | None = None) -> Console:
    """A console on a stream. Width and colours are the terminal's; off a terminal it is 80 columns without colours."""
    return Console(file=file, width=width, markup=False, highlight=False, emoji=False)


def signs_for(console: Console) -> Signs:
    """The characters that the stream's encoding can carry."""
    return ASCII if console.options.ascii_only else UNICODE


def write(console: Console, renderables: Iterable[RenderableType], *, wrap: bool = True) -> None:
    """Print, without blanks at the ends of lines; `wrap` False leaves long lines to the terminal, as for findings."""
    options = console.options if wrap else console.options.update(width=_ENDLESS, no_wrap=True, overflow="ignore")
    for renderable in renderables:
        lines = console.render_lines(renderable, options, pad=False)
        segments = (segment for line in lines for segment in _line(line, console.encoding))
        console.print(Segments(segments), end="", soft_wrap=True)


def _line(segments: list[Segment], encoding: str) -> Iterator[Segment]:
    kept = list(segments)
    while kept and not kept[-1].text.strip(" \n"):
        kept.pop()
    if kept:
        kept[-1] = Segment(kept[-1].text.rstrip(" \n"), kept[-1].style)
    for segment in kept:
        yield segment if encoding.startswith("utf") else Segment(carried(segment.text, encoding), segment.style)
    yield Segment.line()


def carried(text: str, encoding: str) -> str:
    """Text with what an encoding cannot carry replaced by its nearest plain character of the same width."""
    return "".join(character if _fits(character, encoding) else _nearest(character) for character in text)


def _fits(character: str, encoding: str) -> bool:
    try:
        character.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


def _nearest(character: str) -> str:
    if character in _PLAIN:
        return _PLAIN[character]
    base = unicodedata.normalize("NFKD", character)[0]
    return base if base.isascii() else "?"
