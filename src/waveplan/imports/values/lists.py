"""Several values in one cell."""

from __future__ import annotations

import re
from collections.abc import Sequence

from waveplan.imports.tables.model import CellValue
from waveplan.imports.values.texts import text_of, word_of

SEPARATORS = (";", "\n", "|", ",")
"""What parts the values of a cell where nothing else is said; each of them does."""


def split_cell(cell: CellValue, separators: Sequence[str] = SEPARATORS) -> tuple[str, ...]:
    """The values of a cell, each once, in their order; blanks around them and empty ones are left out."""
    text = text_of(cell) if isinstance(cell, str) else word_of(cell) or ""
    if not text:
        return ()
    given = [each for each in separators if each]
    parts = re.split("|".join(map(re.escape, given)), text) if given else [text]
    return tuple(dict.fromkeys(word for word in map(word_of, parts) if word is not None))
