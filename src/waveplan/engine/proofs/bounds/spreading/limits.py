"""How long a bound on coexistence may be worked on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class BoundLimits:
    """Wall-clock seconds, or units of work (about a second each; the same limit gives the same bound).

    `best` is the value of the best plan known: the work ends when the bound reaches it.
    """

    seconds: float | None
    deterministic: float | None
    best: Callable[[], int] | int | None = None

    def reached(self, bound: int) -> bool:
        """Whether no plan can be better than the best one known."""
        best = self.best() if callable(self.best) else self.best
        return best is not None and bound >= best

    def spent(self, seconds: float, work: float) -> bool:
        """Whether so much is as much as was allowed."""
        return (self.seconds is not None and seconds >= self.seconds) or (
            self.deterministic is not None and work >= self.deterministic
        )
