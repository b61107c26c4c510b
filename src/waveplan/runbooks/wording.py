"""What tasks are called, and what they say: placeholders of templates filled."""

from __future__ import annotations

import re
from collections.abc import Mapping

_PLACEHOLDER = re.compile(r"\{([a-z_]+)\}")


def filled(text: Mapping[str, str], values: Mapping[str, str]) -> dict[str, str]:
    """A text in each of its languages; placeholders without a value stay."""
    return {language: fill_text(each, values) for language, each in text.items()}


def fill_text(text: str, values: Mapping[str, str]) -> str:
    """One text; placeholders without a value stay."""
    return _PLACEHOLDER.sub(lambda found: values.get(found[1], found[0]), text)
