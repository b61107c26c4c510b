"""How much of a file is read at most: hostile ones end here, before they fill the memory."""

from __future__ import annotations

from dataclasses import dataclass

MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class ReadingLimits:
    """Sizes in bytes unless said otherwise."""

    unpacked: int = 4_000 * MEGABYTE  # all that an archive holds
    innocent: int = 20 * MEGABYTE  # a part of this size may be as dense as it likes
    ratio: int = 150  # beyond it, a part's size to its packed size; the densest sheets are some 60 times as large
    parts: int = 20_000  # files in an archive
    cells: int = 30_000_000  # between the first cell of a sheet and its last one, empty ones too
    cell: int = 16 * MEGABYTE  # characters of a cell of delimited text
    nested: int = 300 * MEGABYTE  # a workbook inside an archive
    old_workbook: int = 200 * MEGABYTE  # an .xls, which is no archive
    files: int = 2_000  # of a folder


LIMITS = ReadingLimits()
