"""Words of the format from the words of sources, in English and French: the table is `words.yaml`."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Literal

import yaml

from waveplan.imports.tables.model import CellValue
from waveplan.imports.values.refusals import UnreadableCellError, quoted
from waveplan.imports.values.texts import folded, text_of, word_of

Vocabulary = Literal[
    "environment", "criticality", "strategy", "power", "server_kind", "method", "coupling", "order", "service_kind",
    "site_role", "site_type", "tracker_state",
]  # fmt: skip


@cache
def _tables() -> dict[str, dict[str, tuple[str, ...]]]:
    text = files("waveplan.imports.values").joinpath("words.yaml").read_text(encoding="utf-8")
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    read: dict[str, dict[str, list[object]]] = yaml.load(text, Loader=loader)
    return {name: {str(word): tuple(map(str, each)) for word, each in table.items()} for name, table in read.items()}


@cache
def known_words(vocabulary: Vocabulary) -> dict[str, str]:
    """What sources write → the word of the format, by folded text; where two claim a word, the first does."""
    found: dict[str, str] = {}
    for word, written in _tables()[vocabulary].items():
        for each in (word, *written):
            found.setdefault(folded(each), word)
    return found


def choices(vocabulary: Vocabulary) -> tuple[str, ...]:
    """The words of the format."""
    return tuple(_tables()[vocabulary])


def word_meant(text: str, vocabulary: Vocabulary) -> str | None:
    """The word of the format that a source's word stands for, if it is known."""
    return known_words(vocabulary).get(folded(text))


def read_word(cell: CellValue, vocabulary: Vocabulary) -> str | None:
    """The word of the format that a cell stands for. Raises UnreadableCellError where it is not known."""
    text = word_of(cell)
    if text is None:
        text = text_of(cell)
        return word_meant(text, vocabulary) if text else None
    found = word_meant(text, vocabulary)
    if found is None:
        listed = ", ".join(choices(vocabulary))
        raise UnreadableCellError("{shown} is none of {choices}", shown=quoted(text), choices=listed)
    return found
