"""Random numbers that are the same everywhere for a seed."""

from __future__ import annotations

import numpy as np

from waveplan.engine.compiling.compiled import inner
from waveplan.engine.search.layout import RANDOM

_ROOM = 1.0 / 9007199254740992.0  # 2⁻⁵³


@inner
def draw(s):  # type: ignore[no-untyped-def]
    """A random number in [0, 1): xorshift64* (Vigna 2016)."""
    x = np.uint64(s[RANDOM])
    x ^= x >> np.uint64(12)
    x ^= x << np.uint64(25)
    x ^= x >> np.uint64(27)
    s[RANDOM] = np.int64(x)
    return ((x * np.uint64(2685821657736338717)) >> np.uint64(11)) * _ROOM


@inner
def pick(s, count):  # type: ignore[no-untyped-def]
    """A random whole number below a count."""
    return int(draw(s) * count)
