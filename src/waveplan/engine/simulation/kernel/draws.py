"""What is drawn: numbers of 32 bits by dimension, from the row of the sample as far as it goes, then from a hash."""

from __future__ import annotations

import numpy as np

from waveplan.engine.compiling.compiled import inner
from waveplan.engine.simulation import layout as by


@inner
def hashed(key, dimension):  # type: ignore[no-untyped-def]
    """A number of 32 bits that depends on nothing but a key and a dimension."""
    z = np.uint64(key) + np.uint64(dimension + 1) * np.uint64(0x9E3779B97F4A7C15)
    z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return np.int64((z ^ (z >> np.uint64(31))) >> np.uint64(32))


@inner
def drawn(r, sample, key, dimension):  # type: ignore[no-untyped-def]
    """The number of a dimension: the same in every scenario that is compared."""
    return sample[dimension] if dimension < r[by.DRAWS] else hashed(key, dimension)


@inner
def quantile(r, spread, number):  # type: ignore[no-untyped-def]
    """The value of a spread for a number of 32 bits, between two knots by a straight line."""
    scaled = number * by.KNOTS
    knot, rest = scaled >> 32, (scaled & 0xFFFFFFFF) >> 12
    first = r[by.SPREAD] + spread * (by.KNOTS + 1) + knot
    return r[first] + ((r[first + 1] - r[first]) * rest >> 20)


@inner
def try_dimension(r, unit, number, kind):  # type: ignore[no-untyped-def]
    """The dimension of a unit's n-th gate (0), cutover (1) or work (2)."""
    first = r[by.DIM_TRY] if number < by.TRIES else r[by.DIM_LATE]
    return first + (number * r[by.UNITS] + unit) * 3 + kind


@inner
def draw_history(r, x, sample, key):  # type: ignore[no-untyped-def]
    """All that does not depend on what happens: events, milestones, shares of effort."""
    for event in range(r[by.EVENTS]):
        first = r[by.DIM_EVENT] + 3 * event
        x[x[by.STRUCK] + event], x[x[by.OVER] + event] = by.NEVER, by.NEVER
        if drawn(r, sample, key, first) >= r[r[by.STRIKES] + event]:
            continue
        begin, end = r[r[by.STRIKE_FIRST] + event], r[r[by.STRIKE_LAST] + event]
        struck = begin + ((end - begin + 1) * drawn(r, sample, key, first + 1) >> 32)
        lasts = quantile(r, r[r[by.LASTS] + event], drawn(r, sample, key, first + 2))
        x[x[by.STRUCK] + event] = struck
        x[x[by.OVER] + event] = struck + max(1, (lasts + by.WHOLE // 2) // by.WHOLE) - 1
    for milestone in range(r[by.MILESTONES]):
        number, kept = drawn(r, sample, key, r[by.DIM_MILESTONE] + milestone), r[r[by.KEPT] + milestone]
        x[x[by.ARRIVES] + milestone] = r[r[by.PROMISED] + milestone]
        if number >= kept:
            late = quantile(r, r[r[by.LATE_SPREAD] + milestone], ((number - kept) << 20) // (by.SURE - kept) << 12)
            x[x[by.ARRIVES] + milestone] = r[r[by.LATE_FROM] + milestone] + -(-late // by.WHOLE)
    for cell in range(r[by.UNITS] * r[by.TEAMS] if r[by.ANY_EFFORT] else 0):
        share = by.WHOLE * (r[r[by.EFFORT_PTR] + cell] == r[r[by.EFFORT_PTR] + cell + 1])
        for entry in range(r[r[by.EFFORT_PTR] + cell], r[r[by.EFFORT_PTR] + cell + 1]):
            at = r[by.EFFORT_OF] + 3 * entry
            more = by.WHOLE
            if r[at + 1] >= 0:
                more = quantile(r, r[at + 1], drawn(r, sample, key, r[by.DIM_EFFORT] + r[at]))
            share += more * r[at + 2] // by.WHOLE
        x[x[by.SHARE] + cell], x[x[by.WEIGHED] + cell] = share, share
