"""Texts to send to people around a cutover, shipped in English and French, and what may stand in such texts.

A text is a file: its subject, an empty line, what follows. `{placeholders}` are filled; `{{` and `}}` are braces.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

SHIPPED_LANGUAGES = ("en", "fr")
SHIPPED = ("announcement", "reminder", "training", "site_event", "go_live_support", "survey")
PLACEHOLDERS = frozenset(
    {
        "applications",
        "audience",
        "contact",
        "criteria",
        "date",
        "day",
        "days",
        "hypercare_end",
        "last_day",
        "name",
        "outage",
        "programme",
        "sites",
        "team",
        "threshold",
        "users",
        "wave",
        "window_end",
        "window_start",
    }
)
_PART = re.compile(r"\{\{|\}\}|\{([^{}]*)\}")


@dataclass(frozen=True, slots=True)
class Text:
    """A subject and what follows it."""

    subject: str
    body: str

    def filled(self, values: Mapping[str, str]) -> Text:
        """The same with its placeholders filled; unknown ones stay as they are."""
        return Text(_filled(self.subject, values), _filled(self.body, values))

    def unknown(self) -> list[str]:
        """Placeholders in it that nothing fills, each once."""
        found = (match.group(1) for text in (self.subject, self.body) for match in _PART.finditer(text))
        return list(dict.fromkeys(name for name in found if name is not None and name not in PLACEHOLDERS))


def _filled(text: str, values: Mapping[str, str]) -> str:
    def value(match: re.Match[str]) -> str:
        name = match.group(1)
        return match.group()[0] if name is None else values.get(name, match.group())

    return _PART.sub(value, text)


@lru_cache(maxsize=64)
def shipped(name: str, language: str) -> Text | None:
    """A text that comes with waveplan, in one language; none when there is no such text."""
    if name not in SHIPPED or language not in SHIPPED_LANGUAGES:
        return None
    return read_text((files(__name__) / language / f"{name}.txt").read_text(encoding="utf-8"))


def read_text(text: str) -> Text:
    """A subject, an empty line, and what follows."""
    subject, _, body = text.replace("\r\n", "\n").strip("\n").partition("\n")
    return Text(subject.strip(), body.strip("\n"))
