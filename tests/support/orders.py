"""Orders between lots whose levels are the ranks of window starts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from waveplan.engine.problem import Position
from waveplan.engine.problem.orders import NO_CLASHES, Precedence


def ranked(
    positions: Sequence[Position], first: int, second: int, earliest: Mapping[int, int], *, same_wave: bool
) -> Precedence:
    """The second starts at a rank or later; with `same_wave`, of windows that start together only the very same."""
    levels = {place.index: place.rank for place in positions}
    clashes = {
        place.index: tuple(o.index for o in positions if o.rank == place.rank and o.index != place.index)
        for place in positions
    }
    return Precedence("WP312", first, second, earliest, levels, clashes if same_wave else NO_CLASHES)
