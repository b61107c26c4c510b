"""What a cell says as text: without stray blanks, and nothing where it says that there is nothing."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from unicodedata import category, combining, normalize

from waveplan.imports.tables.model import CellValue

NOTHING = frozenset({
    "", "-", "--", "–", "—", "?", "/", "n/a", "n.a.", "#n/a", "#na", "#ref!", "#value!", "#name?", "#div/0!", "#null!",
    "#num!", "null", "(null)", "<null>", "none", "nil", "(none)", "(blank)", "(vide)", "unknown", "inconnu", "inconnue",
    "tbd", "tbc", "n.c.", "s/o", "sans objet", "non renseigné", "non renseignée", "à définir", "a definir",
    "à compléter", "not set", "not available", "undefined", "unspecified",
})  # fmt: skip
"""What people and programs write into a cell that has no value, in small letters."""
NO_NUMBER = NOTHING | {"na", "nc", "so"}  # which may be words: a region, a team


def text_of(cell: CellValue) -> str:
    """A cell as text; numbers without needless zeros, dates as ISO 8601, nothing as an empty text."""
    if cell is None:
        return ""
    if isinstance(cell, str):
        return _plain(cell)
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == cell.time().min else cell.isoformat(" ")
    if isinstance(cell, date):
        return cell.isoformat()
    return number_text(cell)


def number_text(number: Decimal) -> str:
    """A number as text, without exponent and needless zeros."""
    if not number.is_finite() or abs(number.adjusted()) > 40:
        return str(number)
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def word_of(cell: CellValue) -> str | None:
    """A cell as a word or a text of one line, or None where it says that there is nothing."""
    text = " ".join(text_of(cell).split())
    return None if text.lower() in NOTHING else text


def is_empty(cell: CellValue) -> bool:
    """Whether a cell in which no words stand has no value, or says so."""
    return cell is None or (isinstance(cell, str) and text_of(cell).lower() in NO_NUMBER)


@lru_cache(maxsize=8192)
def folded(text: str) -> str:
    """A text by which words are compared: small letters without accents, a blank for all that is no letter or digit."""
    bare = "".join(each for each in normalize("NFKD", text.casefold()) if not combining(each))
    return " ".join("".join(each if each.isalnum() else " " for each in bare).split())


def _plain(text: str) -> str:
    if text.isascii() and text.isprintable():
        return text.strip()
    kept = "".join(each for each in normalize("NFC", text) if category(each) not in {"Cf", "Cc"} or each in "\t\n\r")
    return kept.replace("\r\n", "\n").replace("\r", "\n").strip()
