"""Text that people write once, or in each language: `Copy the disks`, `{en: …, fr: …}`."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BeforeValidator, WithJsonSchema

from waveplan.domain.languages import ENGLISH, SpokenLanguage, languages
from waveplan.domain.scalars import Word, parse_word


def by_language(value: Any) -> Any:
    """Let one text stand for the English one of several."""
    return value if isinstance(value, dict) else {ENGLISH: parse_word(value)}


Spoken = Annotated[
    dict[SpokenLanguage, Word],
    BeforeValidator(by_language),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "string"},
                {
                    "type": "object",
                    "additionalProperties": False,
                    "properties": {code: {"type": "string"} for code in languages()},
                },
            ]
        }
    ),
]


def spoken_in(text: dict[str, str], language: str) -> str:
    """A text in a language; where it has none in that one the English text, else the first there is."""
    return text.get(language) or text.get(ENGLISH) or next(iter(text.values()), "")
