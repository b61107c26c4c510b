"""What tasks are called, and what they say: placeholders of templates filled."""

from __future__ import annotations

import re
from collections.abc import Mapping

_PLACEHOLDER = re.compile(r"\{([a-z_]+)\}")
NAME_PLACEHOLDERS = frozenset({"subject", "wave", "origin", "target", "method"})
MOMENT_PLACEHOLDERS = frozenset({"date", "start", "end", "at", "no_return", "systems", "users", "sites", "teams"})
PLACEHOLDERS = NAME_PLACEHOLDERS | MOMENT_PLACEHOLDERS
"""Names and places are filled as a task is made; the rest when its night has times."""


def placeholders_in(text: str) -> frozenset[str]:
    """All placeholders that a text holds."""
    return frozenset(_PLACEHOLDER.findall(text))


def filled(text: Mapping[str, str], values: Mapping[str, str]) -> dict[str, str]:
    """A text in each of its languages; placeholders without a value stay."""
    return {language: fill_text(each, values) for language, each in text.items()}


def fill_text(text: str, values: Mapping[str, str]) -> str:
    """One text; placeholders without a value stay."""
    return _PLACEHOLDER.sub(lambda found: values.get(found[1], found[0]), text)
