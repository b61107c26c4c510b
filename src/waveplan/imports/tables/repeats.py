"""How far the sheets of an OpenDocument file reach: a row or a cell may say that it stands there a million times."""

from __future__ import annotations

from collections.abc import Iterable
from xml.parsers import expat

_MOST = 1 << 40  # what a number of repetitions counts at most


class Repeats:
    """Counts rows and columns of each sheet up to the last one that holds anything."""

    def __init__(self) -> None:
        self.widest: int = 0  # the largest rectangle of cells
        self._row = self._rows = self._columns = self._column = self._width = self._repeated = 0
        self._parser = expat.ParserCreate(namespace_separator=" ")
        self._parser.buffer_text = True
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end

    def read(self, chunks: Iterable[bytes]) -> int:
        """The cells of the largest sheet; raises expat.ExpatError for what is no XML."""
        for chunk in chunks:
            self._parser.Parse(chunk, False)
        self._parser.Parse(b"", True)
        return self.widest

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        name = name.rpartition(" ")[2]
        if name == "table":
            self._row = self._rows = self._columns = 0
        elif name == "table-row":
            self._repeated, self._column, self._width = _times(attributes, "number-rows-repeated"), 0, 0
        elif name in {"table-cell", "covered-table-cell"}:
            self._column += _times(attributes, "number-columns-repeated")
            if any(key.endswith("value-type") for key in attributes):
                self._width = self._column
        elif name == "p":
            self._width = self._column

    def _end(self, name: str) -> None:
        name = name.rpartition(" ")[2]
        if name == "table-row":
            self._row = min(self._row + self._repeated, _MOST)
            if self._width:
                self._rows, self._columns = self._row, max(self._columns, self._width)
                self.widest = max(self.widest, self._rows * self._columns)


def _times(attributes: dict[str, str], key: str) -> int:
    given = next((value for name, value in attributes.items() if name.endswith(key)), "1")
    return min(int(given), _MOST) if given.isascii() and given.isdigit() and len(given) < 15 else _MOST if given else 1
