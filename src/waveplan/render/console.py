"""The console that results and progress go to: what inventories say is text, never markup."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import IO

from rich.console import Console, RenderableType
from rich.segment import Segment, Segments

from waveplan.render.styles import ASCII, UNICODE, Signs


def make_console(file: IO[str], *, width: int | None = None) -> Console:
    """A console on a stream. Width and colours are the terminal's; off a terminal it is 80 columns without colours."""
    return Console(file=file, width=width, markup=False, highlight=False, emoji=False)


def signs_for(console: Console) -> Signs:
    """The characters that the stream's encoding can carry."""
    return ASCII if console.options.ascii_only else UNICODE


def write(console: Console, renderables: Iterable[RenderableType], *, wrap: bool = True) -> None:
    """Print, without blanks at the ends of lines; `wrap` False leaves long lines to the terminal, as for findings."""
    for renderable in renderables:
        if not wrap:
            console.print(renderable, soft_wrap=True)
            continue
        lines = console.render_lines(renderable, pad=False)
        console.print(Segments(segment for line in lines for segment in _line(line)), end="", soft_wrap=True)


def _line(segments: list[Segment]) -> Iterator[Segment]:
    kept = list(segments)
    while kept and not kept[-1].text.strip(" \n"):
        kept.pop()
    if kept:
        kept[-1] = Segment(kept[-1].text.rstrip(" \n"), kept[-1].style)
    yield from kept
    yield Segment.line()
