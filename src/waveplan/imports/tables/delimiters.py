"""Which character stands between the cells of delimited text."""

from __future__ import annotations

import csv
from collections import Counter
from io import StringIO
from itertools import islice

DELIMITERS = ",;\t|"
_ROWS = 200
_STATED = "sep="


def stated_delimiter(line: str) -> str | None:
    """The delimiter of a first line `sep=;`, by which spreadsheets are told."""
    line = line.rstrip("\r\n").strip('"')
    return line[len(_STATED)] if line.lower().startswith(_STATED) and len(line) == len(_STATED) + 1 else None


def delimiter_of(sample: str) -> str:
    """The delimiter under which most rows have one and the same number of cells; the comma where none divides."""
    return max(DELIMITERS, key=lambda each: (_regularity(sample, each), -DELIMITERS.index(each)))


def _regularity(sample: str, delimiter: str) -> tuple[float, int]:
    reader = csv.reader(StringIO(sample, newline=""), delimiter=delimiter, skipinitialspace=True)
    try:
        widths = Counter(len(cells) for cells in islice(reader, _ROWS) if any(cells))
    except csv.Error:
        return 0.0, 0
    several = {width: number for width, number in widths.items() if width > 1}
    if not several:
        return 0.0, 0
    width, number = max(several.items(), key=lambda each: (each[1], each[0]))
    return number / widths.total(), width
