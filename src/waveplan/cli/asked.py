"""What is read of a command line before the parser: its help and its errors follow the language and the signs too."""

from __future__ import annotations

import itertools
import os
import time
from collections.abc import Sequence
from unicodedata import normalize

_asked = "en"
_began = time.monotonic()
_NO = frozenset({"", "0", "false", "f", "no", "n", "off"})  # as the parser takes a switch of the environment


def listen(arguments: Sequence[str], already: float = 0.0) -> None:
    """Note when a run began, so many seconds ago, and its language: `--lang`, then WAVEPLAN_LANG, then English.

    What is no language is told by the parser.
    """
    global _asked, _began
    _began = time.monotonic() - already
    _asked = os.environ.get("WAVEPLAN_LANG") or "en"
    for word, following in itertools.pairwise([*arguments, ""]):
        if word == "--lang" or word.startswith("--lang="):
            _asked = word.partition("=")[2] or following
    _asked = _asked.casefold()


def began() -> float:
    """When the run began, by `time.monotonic()`: its limits of time count from there."""
    return _began


def asked() -> str:
    """The language that was noted."""
    return _asked


def asks_for_ascii(arguments: Sequence[str]) -> bool:
    """Whether a run keeps to plain characters: `--ascii`, WAVEPLAN_ASCII, or the locale C unless an encoding is named.

    Python speaks UTF-8 in the locale C too, since most who have it never chose it; LC_ALL is set by choice only.
    """
    if "--ascii" in arguments or os.environ.get("WAVEPLAN_ASCII", "").strip().casefold() not in _NO:
        return True
    chosen = os.environ.get("PYTHONIOENCODING") or os.environ.get("PYTHONUTF8")
    return not chosen and os.environ.get("LC_ALL") in {"C", "POSIX"}


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
