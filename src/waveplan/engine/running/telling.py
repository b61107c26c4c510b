"""How it is told where a pursuit of goals stands."""

from __future__ import annotations

from fractions import Fraction
from typing import Protocol


class Say(Protocol):
    """Tells what is being done, at which goal, with its value and bound."""

    def __call__(
        self, phase: str, goal: str | None = None, value: Fraction | None = None, bound: Fraction | None = None
    ) -> None:
        """Tell it."""
