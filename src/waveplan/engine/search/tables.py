"""Growing flat arrays: tables one after the other, each found through the header."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]


class Tables:
    """One flat array in the making."""

    def __init__(self, header: int) -> None:
        self._header = np.zeros(header, np.int64)
        self._parts: list[Ints] = []
        self._size = header

    def number(self, name: int, value: int) -> None:
        """A single number."""
        self._header[name] = value

    def table(self, name: int, values: Any) -> None:
        """A table, from anything that numpy takes; several dimensions lie row after row."""
        flat = np.ascontiguousarray(values, np.int64).ravel()
        self._header[name] = self._size
        self._parts.append(flat)
        self._size += len(flat)

    def space(self, name: int, size: int, value: int = 0) -> None:
        """A table of so many equal numbers."""
        self.table(name, np.full(size, value, np.int64))

    def ragged(self, pointer: int, name: int, rows: Sequence[Sequence[int]], size: int = 1) -> None:
        """Rows of different lengths, end to end; `pointer` tells, in entries of a size, where each begins and ends."""
        lengths = [len(row) // size for row in rows]
        self.table(pointer, np.concatenate(([0], np.cumsum(lengths, dtype=np.int64))))
        self.table(name, [value for row in rows for value in row])

    def array(self) -> Ints:
        """The finished array."""
        return np.concatenate((self._header, *self._parts))


def bits(rows: Sequence[Iterable[int]], size: int) -> Ints:
    """Sets of numbers below a size as rows of 64-bit words; equal objects are worked out once."""
    words = (size + 63) // 64
    known: dict[int, Ints] = {}
    found = np.zeros((len(rows), words), np.uint64)
    for number, row in enumerate(rows):
        if id(row) not in known:
            mask = np.zeros(words * 64, np.uint8)
            mask[list(row)] = 1
            known[id(row)] = np.packbits(mask, bitorder="little").view("<u8")
        found[number] = known[id(row)]
    return found.view(np.int64)
