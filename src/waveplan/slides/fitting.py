"""How large a table is before anything draws it: widths of words, lines in cells, rows to a page.

A slide's table grows when it is rendered, past the end of the slide if need be. So its height is foreseen here, on the
safe side: with the widths of a plain sans-serif face, which are above those of the face that is asked for.
All lengths are inches, sizes of type are points.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from unicodedata import category, east_asian_width

SIZES = (14.0, 12.0, 11.0, 10.0)  # type of tables, the best first
PAGED = 12.0  # where one page will not do
PADDING = 0.08  # left and right of a cell
LEADING = 1.2  # height of a line, by its type
BOLD = 1.08  # how much wider bold type is
ROOM = 0.04  # above and below the lines of a cell
_POINTS = 72.0
_NARROW = frozenset("ijlI.,:;'|!()[]{}tfr /\\-·")
_BROAD = frozenset("mwMW@%—–…")

Row = Sequence[str]


@dataclass(frozen=True, slots=True)
class Fitted:
    """One page of a table: its type, its columns, its rows with their heights; the heading's height comes first."""

    size: float
    widths: tuple[float, ...]
    rows: tuple[Row, ...]
    heights: tuple[float, ...]


def width_of(text: str, size: float) -> float:
    """Width of a text in one line."""
    return sum(map(_share, text)) * size / _POINTS


def _share(character: str) -> float:
    """Width of a character by the size of its type."""
    if character in _NARROW:
        return 0.34
    if character in _BROAD or east_asian_width(character) in "WF" or category(character) == "So":
        return 1.0
    return 0.72 if character.isupper() else 0.57


def lines_in(text: str, size: float, width: float) -> int:
    """Lines that a text takes in a column; a word that is too long for a line goes on in the next."""
    lines, used, space = 1, 0.0, width_of(" ", size)
    for word in text.split():
        long = width_of(word, size)
        if used and used + space + long > width:
            lines, used = lines + 1, 0.0
        if long > width:
            more = int(long / width)
            lines, used = lines + more, long - more * width
        else:
            used += long + (space if used else 0.0)
    return lines


def fitted(heading: Row, rows: Sequence[Row], width: float, height: float) -> list[Fitted]:
    """The table on as few pages as can be, in the largest type with which it needs no more pages."""
    for size in SIZES:
        pages = list(_pages(heading, rows, size, width, height))
        if len(pages) == 1:
            return pages
    return list(_pages(heading, rows, PAGED, width, height))


def _pages(heading: Row, rows: Sequence[Row], size: float, width: float, height: float) -> Iterator[Fitted]:
    widths = _columns(heading, rows, size, width)
    top = _height(heading, size, widths)
    held: list[Row] = []
    heights = [top]
    for row in rows:
        own = _height(row, size, widths)
        if held and sum(heights) + own > height:
            yield Fitted(size, widths, tuple(held), tuple(heights))
            held, heights = [], [top]
        held.append(row)
        heights.append(own)
    yield Fitted(size, widths, tuple(held), tuple(heights))


def _height(row: Row, size: float, widths: Sequence[float]) -> float:
    most = max(lines_in(text, size, own - 2 * PADDING) for text, own in zip(row, widths, strict=True))
    return most * size * LEADING / _POINTS + 2 * ROOM


def _columns(heading: Row, rows: Sequence[Row], size: float, width: float) -> tuple[float, ...]:
    """Each column as wide as its longest text where there is room; else the widest give way to the others."""
    columns = list(zip(heading, *rows, strict=True))
    wanted = [max(_whole(text, size) for text in column) for column in columns]
    least = [max(_longest_word(text, size) for text in column) for column in columns]
    if sum(wanted) <= width:
        spare = (width - sum(wanted)) / len(wanted)
        return tuple(each + spare for each in wanted)
    if sum(least) > width:  # words must be cut: the longest first
        return _shared([0.0] * len(least), least, width)
    return _shared(least, wanted, width)


def _whole(text: str, size: float) -> float:
    return width_of(text, size) * BOLD + 2 * PADDING + 0.02


def _longest_word(text: str, size: float) -> float:
    return max((_whole(word, size) for word in text.split()), default=2 * PADDING)


def _shared(least: Sequence[float], wanted: Sequence[float], width: float) -> tuple[float, ...]:
    """Every column its least, then what is left in equal parts to those that want more."""
    widths, left = list(least), width - sum(least)
    hungry = sorted(range(len(wanted)), key=lambda column: wanted[column] - least[column])
    while hungry:
        share = left / len(hungry)
        column = hungry.pop(0)
        more = min(wanted[column] - least[column], share)
        widths[column] += more
        left -= more
    return tuple(widths)
