"""The search made ready: compiled code is loaded, after a process of its own has made it where it is not kept yet."""

from __future__ import annotations

from waveplan.engine.keeping import make_kept
from waveplan.engine.search import warm_up


def warm() -> None:
    """Make the search ready, and wait for it."""
    make_kept("waveplan.engine.search", "warm_up")
    warm_up()  # compiles here and now whatever could not be kept
