"""How far a sheet reaches, seen in its XML before anybody makes room for it.

Whoever reads a sheet into memory makes a rectangle from its first cell to its last one: two cells in opposite corners
of a sheet of a few hundred bytes ask for 400 GB. What a sheet says of its own size says nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

_LETTERS = re.compile(rb"""\sr\s*=\s*["']([A-Za-z]{1,3})(?=[0-9])""")
_DIGITS = re.compile(rb"""\sr\s*=\s*["'][A-Za-z]{0,3}([0-9]{1,7})["']""")
_CELL = re.compile(rb"""\sr\s*=\s*["']([A-Za-z]{1,3})([0-9]{1,7})["'][^>]*(?<!/)>(?!</)""")
_ROW = re.compile(rb"""<(?:\w+:)?row(?=[\s>])(?:[^>]*?\sr\s*=\s*["']([0-9]{1,7})["'])?""")
_BARE = re.compile(rb"""<(?:\w+:)?c(?![^>]*\sr\s*=)(?:\s[^>]*)?(?<!/)>""")
_PLAIN_LETTERS = re.compile(rb' r="([A-Z]{1,3})')
_PLAIN_DIGITS = re.compile(rb' r="[A-Z]{0,3}([0-9]{1,7})"')
_UNUSUAL = (b"\t", b"\n", b"\r", b"='", b" =", b"= ")
_TAIL = 4096  # no tag of a cell is longer


def declares_entities(chunk: bytes) -> bool:
    """Whether XML declares entities of its own, which no spreadsheet does."""
    return b"<!DOCTYPE" in chunk or b"<!ENTITY" in chunk


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


def claimed(chunks: Iterable[bytes]) -> tuple[int, int]:
    """The last row and the last column that a sheet names, whether anything stands there or not."""
    rows = columns = 0
    for chunk in chunks:
        plain = not any(each in chunk for each in _UNUSUAL)
        letters, digits = (_PLAIN_LETTERS, _PLAIN_DIGITS) if plain else (_LETTERS, _DIGITS)  # these take longer
        named = letters.findall(chunk)
        columns = max([columns, *map(column_number, set(named))])
        rows = max([rows, *map(int, set(digits.findall(chunk)))])
        if not plain or b"<c>" in chunk or b":c" in chunk or chunk.count(b"<c ") != len(named):
            columns = max(columns, _bare(chunk))
    return rows, columns


def reach(chunks: Iterable[bytes]) -> tuple[int, int]:
    """The last row and the last column of a sheet in which anything stands."""
    rows = columns = 0
    for chunk in chunks:
        cells = set(_CELL.findall(chunk))
        columns = max([columns, *map(column_number, {letters for letters, _ in cells})])
        rows = max([rows, *map(int, {digits for _, digits in cells})])
        bare = _bare(chunk)
        if bare:
            columns = max(columns, bare)
            rows = max([rows, *(int(number) for number in _ROW.findall(chunk) if number)])
    return rows, columns


def _bare(chunk: bytes) -> int:
    """The most cells without an address in a row: they stand one after the other."""
    if _BARE.search(chunk) is None:
        return 0
    return max(len(_BARE.findall(row)) for row in re.split(rb"<(?:\w+:)?row(?=[\s>])", chunk))


def column_number(letters: bytes) -> int:
    """The number of a column, from 1: `AA` is 27."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - ord("A") + 1
    return number
