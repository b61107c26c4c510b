"""The word that somebody probably meant."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

_LONGEST = 60


def closest(word: str, known: Iterable[str], likeness: float = 0.6) -> str | None:
    """The known word nearest to a given one, whatever its case; none when nothing is near (1 means equal)."""
    by_lower = {each.lower(): each for each in sorted(known, reverse=True)}
    lowered = word.lower()
    if lowered in by_lower:
        return by_lower[lowered]
    if not 0 < len(word) <= _LONGEST:
        return None
    near = get_close_matches(lowered, by_lower, n=1, cutoff=likeness)
    return by_lower[near[0]] if near else None


class Suggester:
    """Suggestions among many ids, such as those of ten thousand servers.

    One slip of the finger is found at once, from all spellings with one letter left out; only while a budget of
    comparisons lasts are other words compared one by one.
    """

    def __init__(self, known: Iterable[str], budget: int = 20_000) -> None:
        self._known = sorted(known)
        self._budget = budget
        self._index: dict[str, list[str]] | None = None

    def closest(self, word: str) -> str | None:
        """The known word nearest to a given one, or none."""
        if not 0 < len(word) <= _LONGEST:
            return None
        if self._index is None:
            self._index = self._spellings()
        near = {each for spelling in _shortened(word) for each in self._index.get(spelling, ())}
        if near:
            return closest(word, near)
        if self._budget < len(self._known):
            return None
        self._budget -= len(self._known)
        return closest(word, self._known)

    def _spellings(self) -> dict[str, list[str]]:
        index: dict[str, list[str]] = {}
        for each in self._known:
            for spelling in _shortened(each) if len(each) <= _LONGEST else ():
                index.setdefault(spelling, []).append(each)
        return index


def _shortened(word: str) -> set[str]:
    lowered = word.lower()
    return {lowered, *(lowered[:at] + lowered[at + 1 :] for at in range(len(lowered)))}
