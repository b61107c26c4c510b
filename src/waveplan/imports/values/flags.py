"""Yes and no, in the many ways in which columns say it."""

from __future__ import annotations

from decimal import Decimal

from waveplan.imports.tables.model import CellValue
from waveplan.imports.values.refusals import UnreadableCellError, quoted
from waveplan.imports.values.texts import is_empty, text_of

_YES = frozenset(
    {"yes", "y", "true", "t", "x", "1", "on", "oui", "o", "vrai", "v", "✓", "✔", "☑", "ok", "enabled", "activé"}
)
_NO = frozenset({"no", "n", "false", "f", "0", "off", "non", "faux", "✗", "✘", "☐", "disabled", "désactivé"})


def read_flag(cell: CellValue) -> bool | None:
    """Whether a cell says yes or no, in English or French. Raises UnreadableCellError for anything else."""
    if isinstance(cell, bool) or is_empty(cell):
        return cell if isinstance(cell, bool) else None
    word = text_of(cell).casefold()
    if word in _YES or word in _NO:
        return word in _YES
    if isinstance(cell, Decimal):
        raise UnreadableCellError("{shown} is neither 0 nor 1", shown=quoted(text_of(cell)))
    raise UnreadableCellError("{shown} is neither yes nor no", shown=quoted(text_of(cell)))
