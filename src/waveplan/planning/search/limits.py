"""How long a search may take."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SearchLimits:
    """Wall-clock seconds, or deterministic units; how many searches side by side; the seed of the first."""

    seconds: float | None
    deterministic: float | None
    threads: int
    seed: int
