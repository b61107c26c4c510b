"""What still stands in a text of the words that were to be replaced."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

_SHORTEST = 4  # shorter ones stand in other words by chance
_WORD = re.compile(r"[\w.@/+-]*\w")


def left_words(texts: Iterable[str], given: Mapping[str, str]) -> tuple[str, ...]:
    """Replaced words that stand in texts all the same, as words of the format do: `security`, `weekend`."""
    wanted = {word.casefold(): word for word in given if len(word) >= _SHORTEST and not word.isdigit()}
    single = {word for word in wanted if _WORD.fullmatch(word)}
    found: set[str] = set()
    for text in texts:
        low = text.casefold()
        found |= single.intersection(_WORD.findall(low))
        found |= {word for word in wanted.keys() - single if word in low}
    return tuple(sorted(wanted[word] for word in found))
