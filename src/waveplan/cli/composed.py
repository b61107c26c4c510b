"""Arguments as files are read: accents composed (Unicode NFC), so that what is typed names what is written."""

from __future__ import annotations

import os
from unicodedata import normalize


def composed(argument: str) -> str:
    """An argument with its accents composed, unless it leads to a file or folder, whose name is its own."""
    if argument.isascii():
        return argument
    value = argument.partition("=")[2] if argument.startswith("-") else argument
    folder = os.path.dirname(value)  # noqa: PTH120 - a word that is no path at all comes here, too
    leads_somewhere = any(_is_there(path) for path in (value, folder) if path)
    return argument if leads_somewhere else normalize("NFC", argument)


def _is_there(path: str) -> bool:
    try:
        return os.path.lexists(path)
    except ValueError:  # a character that no path holds
        return False
