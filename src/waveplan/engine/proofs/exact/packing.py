"""Several amounts in one word, each with a guard bit above it, so that one subtraction compares them all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

WORD = 64


@dataclass(frozen=True, slots=True)
class Packing:
    """Where each resource has its bits."""

    places: tuple[tuple[int, int], ...]  # word, first bit
    guards: tuple[int, ...]  # by word: the guard bits of all its resources

    @property
    def words(self) -> int:
        """How many words a load takes."""
        return len(self.guards)

    def packed(self, amounts: Sequence[int]) -> list[int]:
        """Amounts of all resources as words."""
        words = [0] * self.words
        for (word, bit), amount in zip(self.places, amounts, strict=True):
            words[word] += amount << bit
        return words

    def ceilings(self, limits: Sequence[int]) -> list[int]:
        """Limits with their guard bits set: less a load, a guard bit that is gone means too much."""
        return [word + guard for word, guard in zip(self.packed(limits), self.guards, strict=True)]

    def floors(self, limits: Sequence[int]) -> list[int]:
        """Limits less the guard bits: a load less these keeps every guard bit when it reaches them all."""
        return [(word - guard) % (1 << WORD) for word, guard in zip(self.packed(limits), self.guards, strict=True)]


def packing_of(totals: Sequence[int]) -> Packing:
    """Room for sums up to each total: every resource in the first word that has bits left."""
    free: list[int] = []
    guards: list[int] = []
    places = []
    for total in totals:
        bits = total.bit_length() + 1
        word = next((number for number, used in enumerate(free) if used + bits <= WORD), len(free))
        if word == len(free):
            free.append(0)
            guards.append(0)
        places.append((word, free[word]))
        free[word] += bits
        guards[word] |= 1 << (free[word] - 1)
    return Packing(tuple(places), tuple(guards))
