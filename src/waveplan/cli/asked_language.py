"""The language asked for on the command line, read before the parser: its help and its errors are said in it too."""

from __future__ import annotations

import itertools
import os
from collections.abc import Sequence

_asked = "en"


def listen(arguments: Sequence[str]) -> None:
    """Note the language of a run: `--lang`, then WAVEPLAN_LANG, then English. What is none is told by the parser."""
    global _asked
    _asked = os.environ.get("WAVEPLAN_LANG") or "en"
    for word, following in itertools.pairwise([*arguments, ""]):
        if word == "--lang" or word.startswith("--lang="):
            _asked = word.partition("=")[2] or following
    _asked = _asked.casefold()


def asked() -> str:
    """The language that was noted."""
    return _asked
