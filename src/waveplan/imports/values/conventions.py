"""Conventions that a cell alone may not tell, such as 1.234 or 05/03/2026, decided by what else its column holds."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Generic, TypeVar

ConventionT = TypeVar("ConventionT", bound=str)
ReadT = TypeVar("ReadT")


class ColumnEvidence(Generic[ConventionT]):
    """What the cells of one column say of the convention that all of them keep."""

    def __init__(self, conventions: Collection[ConventionT]) -> None:
        self._all = tuple(conventions)
        self._left = set(conventions)

    def see(self, readings: Mapping[ConventionT, object]) -> None:
        """Learn from the readings of one cell, by convention; a cell that cannot be read says nothing."""
        if readings:
            self._left &= set(readings)

    @property
    def possible(self) -> tuple[ConventionT, ...]:
        """Conventions by which every cell can be read; all of them where the cells contradict each other."""
        return tuple(each for each in self._all if each in self._left) or self._all

    @property
    def decided(self) -> ConventionT | None:
        """The only convention that is left, if there is one."""
        return self.possible[0] if len(self.possible) == 1 else None


def agreed(readings: Mapping[ConventionT, ReadT], possible: Collection[ConventionT]) -> ReadT | None:
    """What a cell means by all the conventions that its column leaves; None where they differ.

    A cell that can be read by none of these is taken as it stands, as it may be clear by itself.
    """
    values = {readings[each] for each in possible if each in readings} or set(readings.values())
    return values.pop() if len(values) == 1 else None
