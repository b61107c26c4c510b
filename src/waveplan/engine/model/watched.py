"""A model that is given up when building it takes longer than there is time."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Any

from ortools.sat.python import cp_model

Over = Callable[[], bool]  # whether no time is left
_EVERY = 256  # variables and constraints between two looks at the time


class ModelGivenUpError(Exception):
    """What says that a model is not whole, and must not be asked anything: of its answers none would be true."""


class WatchedModel(cp_model.CpModel):
    """Looks at the time now and then, whatever is added to it; without a watch it is a model like any other."""

    def __init__(self, over: Over | None = None) -> None:
        super().__init__()
        self._over = over
        self._left = _EVERY

    def _look(self) -> None:
        self._left -= 1
        if self._left <= 0:
            self._left = _EVERY
            if self._over is not None and self._over():
                raise ModelGivenUpError

    def new_bool_var(self, name: str) -> Any:
        """As in any model."""
        self._look()
        return super().new_bool_var(name)

    def new_int_var(self, lb: Any, ub: Any, name: str) -> Any:
        """As in any model."""
        self._look()
        return super().new_int_var(lb, ub, name)

    def add(self, ct: Any) -> Any:
        """As in any model."""
        self._look()
        return super().add(ct)

    def add_bool_or(self, *literals: Any) -> Any:
        """As in any model."""
        self._look()
        return super().add_bool_or(*literals)

    def add_implication(self, a: Any, b: Any) -> Any:
        """As in any model."""
        self._look()
        return super().add_implication(a, b)

    def add_at_most_one(self, *literals: Any) -> Any:
        """As in any model."""
        self._look()
        return super().add_at_most_one(*literals)


def over_after(seconds: float | None, stop: threading.Event) -> Over:
    """Over when a stop is asked for, and so many seconds from now; None is no limit."""
    until = None if seconds is None else time.monotonic() + seconds
    return lambda: stop.is_set() or (until is not None and time.monotonic() > until)
