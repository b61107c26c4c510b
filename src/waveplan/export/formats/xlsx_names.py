"""Names of sheets that every spreadsheet takes."""

from __future__ import annotations

import re

_FORBIDDEN = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_RESERVED = frozenset({"history", "historique"})
LONGEST = 31


class SheetNames:
    """Names without what is forbidden in them, short enough, each once whatever its capitals."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def new(self, wanted: str) -> str:
        """The nearest name that may stand."""
        bare = _FORBIDDEN.sub(" ", wanted).strip().strip("'").strip() or "sheet"
        if bare.casefold() in _RESERVED:
            bare += " 1"
        name, number = _cut(bare), 1
        while name.casefold() in self._taken:
            number += 1
            tail = f" ({number})"
            name = _cut(bare, len(tail)) + tail
        self._taken.add(name.casefold())
        return name


def _cut(name: str, reserved: int = 0) -> str:
    """So many UTF-16 units, which is how spreadsheets count."""
    while len(name.encode("utf-16-le")) // 2 > LONGEST - reserved:
        name = name[:-1]
    return name.rstrip().rstrip("'")
