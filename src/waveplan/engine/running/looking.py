"""Work that looks now and then whether it is still wanted, and leaves off when it is not."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

Thing = TypeVar("Thing")
_EVERY = 64  # things between two looks


class StoppedError(Exception):
    """What says that work was left off before anything came of it: a stop was asked for, or the time is over."""


class Look:
    """Looks whether work is over."""

    def __init__(self, over: Callable[[], bool] = lambda: False) -> None:
        self._over = over

    def __call__(self) -> None:
        """Raises StoppedError when work is over."""
        if self._over():
            raise StoppedError

    def each(self, things: Iterable[Thing]) -> Iterator[Thing]:
        """The same things, with a look at first and now and then between them. Raises StoppedError as a look does."""
        for number, thing in enumerate(things):
            if number % _EVERY == 0:
                self()
            yield thing


UNWATCHED = Look()
