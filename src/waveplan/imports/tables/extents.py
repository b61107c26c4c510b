"""How far a sheet reaches, seen in its XML before anybody makes room for it.

Whoever reads a sheet into memory makes a rectangle from its first cell to its last one: two cells in opposite corners
of a sheet of a few hundred bytes ask for 400 GB. What a sheet says of its own size says nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

_CELL = re.compile(rb"""\sr\s*=\s*["']([A-Za-z]{1,3})([0-9]{1,7})["'][^>]*(?<!/)>(?!</)""")
_ROW = re.compile(rb"""<(?:\w+:)?row(?=[\s>])(?:[^>]*?\sr\s*=\s*["']([0-9]{1,7})["'])?""")
_BARE = re.compile(rb"""<(?:\w+:)?c(?![^>]*\sr\s*=)(?:\s[^>]*)?(?<!/)>""")
_DECLARED = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_TAIL = 4096  # no tag of a cell is longer


def declares_entities(chunk: bytes) -> bool:
    """Whether XML declares entities of its own, which no spreadsheet does."""
    return _DECLARED.search(chunk) is not None


def overlapping(chunks: Iterable[bytes]) -> Iterable[bytes]:
    """Chunks that end where a tag ends, so that none is cut in two."""
    kept = b""
    for chunk in chunks:
        whole = kept + chunk
        end = whole.rfind(b"<")
        end = end if end > 0 and len(whole) - end < _TAIL else len(whole)
        yield whole[:end]
        kept = whole[end:]
    yield kept


def reach(chunks: Iterable[bytes]) -> tuple[int, int]:
    """The last row and the last column of a sheet in which anything stands."""
    rows = columns = 0
    for chunk in chunks:
        for letters, number in _furthest(chunk):
            rows, columns = max(rows, number), max(columns, column_number(letters))
        if _BARE.search(chunk):  # cells without an address stand one after the other
            rows = max([rows, *(int(number) for number in _ROW.findall(chunk) if number)])
            columns = max([columns, *(len(_BARE.findall(row)) for row in re.split(rb"<(?:\w+:)?row(?=[\s>])", chunk))])
    return rows, columns


def _furthest(chunk: bytes) -> set[tuple[bytes, int]]:
    """Addresses of a chunk that may be the furthest: one a column."""
    last: dict[bytes, int] = {}
    for letters, digits in _CELL.findall(chunk):
        number = int(digits)
        if number > last.get(letters, 0):
            last[letters] = number
    return set(last.items())


def column_number(letters: bytes) -> int:
    """The number of a column, from 1: `AA` is 27."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - ord("A") + 1
    return number
