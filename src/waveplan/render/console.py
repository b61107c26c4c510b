"""The console that results and progress go to: what inventories say is text, never markup."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import IO

from rich.console import Console, RenderableType
from rich.segment import Segment, Segments

from waveplan.render.signs import ASCII, UNICODE, Signs, carried_in_line

_ENDLESS = 100_000  # columns of a line that the terminal wraps itself


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
    if not encoding.startswith("utf"):
        texts = carried_in_line([segment.text for segment in kept], encoding)
        kept = [Segment(text, segment.style) for text, segment in zip(texts, kept, strict=True)]
    yield from kept
    yield Segment.line()
