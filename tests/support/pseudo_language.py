"""A language that nobody speaks: every sentence of the source in marks, except some that were never translated."""

from __future__ import annotations

import io
import sys
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import write_po

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tools"))
import translations  # noqa: E402

CODE = "de"
OPENING, CLOSING = "⟦", "⟧"
UNTRANSLATED = ("Waves", "Show a plan as tables and charts.")
OWN = {"plural=singular": "applications=Anwendung", "1 (the first day of a month)": "1", ": ": ": "}


def write_catalogue(folder: Path) -> Path:
    """The .po file alone, in a folder of catalogues; gives that folder."""
    catalogue = Catalog(locale=CODE, fuzzy=False)
    for message in translations.read_po(translations.CATALOGUE.read_text(encoding="utf-8")).values():
        if message.text in UNTRANSLATED:
            continue
        if message.plural:
            forms = (in_marks(message.text), in_marks(message.plural))
            catalogue.add((message.text, message.plural), forms)
        else:
            catalogue.add(message.text, OWN.get(message.text) or in_marks(message.text))
    catalogue.add("{names} broken", "{other} kaputt")  # what cannot be filled is passed over
    file = io.BytesIO()
    write_po(file, catalogue)
    home = folder / CODE / "LC_MESSAGES"
    home.mkdir(parents=True)
    (home / "waveplan.po").write_bytes(file.getvalue())
    return folder


def in_marks(text: str) -> str:
    """A sentence in marks, blanks at its ends outside of them."""
    inner = text.strip()
    if not inner:
        return text
    start = text.index(inner)
    return f"{text[:start]}{OPENING}{inner}{CLOSING}{text[start + len(inner) :]}"
