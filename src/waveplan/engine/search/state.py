"""A plan under way, as one flat array."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from waveplan.engine.search import layout as at
from waveplan.engine.search.tables import Ints, Tables


def state_of(a: Ints, start: Mapping[int, int], seed: int) -> Ints:
    """A state before anything is worked out: every lot at its start, those without one nowhere."""
    tables = Tables(at.STATE_HEADER)
    lots, places, resources = int(a[at.LOTS]), int(a[at.POSITIONS]), int(a[at.RESOURCES])
    pos = np.full(lots, at.NOWHERE, np.int64)
    pos[list(start)] = list(start.values())
    tables.table(at.POS, pos)
    for name in (at.LOT_DAY, at.SEAT, at.BEST, at.CHANGE_LOT, at.CHANGE_TO, at.CHANGE_FROM):
        tables.space(name, lots + 1)
    for name in (at.HELD, at.HELD_POINTS, at.ORDINAL, at.FIRST_CARE, at.LAST_CARE):
        tables.space(name, places)
    tables.space(at.MEMBERS, places * lots)
    tables.space(at.LOAD, places * resources)
    tables.space(at.ROOM, places * resources, at.NO_LIMIT)
    elements = int(a[at.ELEMENT_UNION] - a[at.ELEMENT_WEIGHT])
    tables.space(at.TOUCHING, elements * places)
    tables.space(at.UNION_LOAD, int(a[at.UNIONS]) * places)
    tables.table(at.UNION_ROOM, _union_rooms(a, places))
    tables.space(at.USED, budgets_of(a))
    tables.space(at.AWAKE, budgets_of(a))
    orders, preludes = int(a[at.GROUP_ORDERS]), int(a[at.PRELUDES])
    tables.space(at.UNTIL, orders * int(a[at.LEVELS]))
    tables.space(at.STARTS, orders * int(a[at.LEVELS]))
    tables.space(at.UNTIL_MOST, orders, at.NOWHERE)
    tables.space(at.STARTS_LEAST, orders, int(a[at.LEVELS]))
    tables.space(at.GONE_FIRST, orders)
    tables.space(at.LED, preludes * int(a[at.DAYS]))
    tables.space(at.FIRST, preludes, at.NOWHERE)
    tables.number(at.RANDOM, _mixed(seed))
    return tables.array()


def _union_rooms(a: Ints, places: int) -> Ints:
    """Unions of one stream get the limits of their waves' stages later on; windows have theirs from the start."""
    unions, stages = int(a[at.UNIONS]), int(a[at.STAGES])
    rooms = np.full((unions, places), at.NO_LIMIT, np.int64)
    for union in range(unions):
        if a[a[at.UNION_STREAM] + union] == at.ALL:
            rooms[union] = a[a[at.UNION_LIMIT] + union * stages]
    return rooms


def budgets_of(a: Ints) -> int:
    """How many budgets the problem has."""
    return int(a[at.LIMIT_DIVISOR] - a[at.LIMIT])


def _mixed(seed: int) -> int:
    """A seed with its bits spread over the whole word (never 0)."""
    mixed = ((seed + 1) * 0x9E3779B97F4A7C15) % 2**64 or 1
    return mixed - 2**64 if mixed >= 2**63 else mixed


def assignment_of(s: Ints | list[int], table: int = at.BEST) -> dict[int, int]:
    """Where each lot is, in the best plan so far; lots that are nowhere are left out."""
    first = int(s[table])
    lots = int(s[at.CHANGE_LOT] - s[at.BEST]) - 1
    return {lot: int(p) for lot, p in enumerate(s[first : first + lots]) if p >= 0}
