"""Selectors asked of many subjects at once, by an index of words instead of one subject after the other."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Generic, TypeVar

from waveplan.domain.selectors import Selector, Subject

Some = TypeVar("Some", bound=Subject)


class Matching(Generic[Some]):
    """Which of a number of subjects a selector matches; many selectors on many subjects stay fast."""

    def __init__(self, subjects: Iterable[Some]) -> None:
        self.subjects: Sequence[Some] = tuple(subjects)
        self._places: dict[str, dict[str, list[int]]] = {}

    def words(self, attribute: str) -> dict[str, list[int]]:
        """Words that some subject has for an attribute, with the places of those subjects."""
        if attribute not in self._places:
            found: dict[str, list[int]] = {}
            for place, subject in enumerate(self.subjects):
                for word in subject.values(attribute):
                    found.setdefault(word, []).append(place)
            self._places[attribute] = found
        return self._places[attribute]

    def select(self, selector: Selector) -> list[Some]:
        """Subjects that the selector matches, in order."""
        candidates = (self.subjects[place] for place in self._candidates(selector))
        return [subject for subject in candidates if selector.matches(subject)]

    def any(self, selector: Selector) -> bool:
        """Whether the selector matches anything."""
        return any(selector.matches(self.subjects[place]) for place in self._candidates(selector))

    def missing(self, selector: Selector) -> tuple[str, tuple[str, ...]] | None:
        """The first condition that no subject meets at all: its attribute and words; None if each is met by some."""
        for attribute, wanted in selector.terms:
            if wanted.isdisjoint(self.words(attribute)):
                return attribute, tuple(sorted(wanted))
        for part in selector.any_of or ():
            found = self.missing(part)
            if found:
                return found
        return None

    def _candidates(self, selector: Selector) -> Iterable[int]:
        """Places that can match: those of the rarest term, or of any of the alternatives."""
        if selector.terms:
            return min((self._having(*term) for term in selector.terms), key=len)
        if selector.any_of is not None:
            return sorted({place for part in selector.any_of for place in self._candidates(part)})
        return range(len(self.subjects))

    def _having(self, attribute: str, wanted: frozenset[str]) -> Sequence[int]:
        words = self.words(attribute)
        if len(wanted) == 1:
            return words.get(next(iter(wanted)), ())
        return sorted({place for word in wanted for place in words.get(word, ())})
