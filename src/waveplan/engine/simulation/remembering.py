"""Room to remember slips in, and which histories may share it: those of one plan, whatever may go wrong with it."""

from __future__ import annotations

from collections import OrderedDict
from hashlib import sha256

import numpy as np

from waveplan.engine.search.tables import Ints
from waveplan.engine.simulation import layout as by

_ROOM = 2**21  # numbers of 64 bits: 16 MB, of which the system gives what is written to
_LEAST = 64  # slips
_MOST = 2**15
_FULL = 0.75  # of all slots: beyond, looking for a free one takes long
_PLANS = 2  # plans of which a process remembers slips

_known: OrderedDict[bytes, Ints] = OrderedDict()


def fresh_memory(units: int) -> Ints:
    """Room for slips of a plan of so many units, nothing in it: as many as 16 MB hold, 32,768 at most."""
    width = 4 + 2 * units
    slots = _MOST
    while slots > _LEAST and slots * width > _ROOM:
        slots //= 2
    memory = np.zeros(by.MEMORY_HEADER + slots * width, np.int64)
    memory[by.SLOTS], memory[by.WIDTH], memory[by.MOST] = slots, width, int(slots * _FULL)
    return memory


def memory_for(problem: Ints, plan: Ints, risks: Ints) -> Ints:
    """What this process remembers of a plan, by the arrays of its scene. One thread at a time may play with it."""
    mark = _mark(problem, plan, risks)
    memory = _known.pop(mark, None)
    if memory is None:
        memory = fresh_memory(int(risks[by.UNITS]))
    _known[mark] = memory
    while len(_known) > _PLANS:
        _known.popitem(last=False)
    return memory


def _mark(problem: Ints, plan: Ints, risks: Ints) -> bytes:
    """All that decides where units go that slip: problem, plan, and of what may go wrong nothing but the units."""
    units, places = int(risks[by.UNITS]), int(risks[by.PLACES])
    whole = sha256()
    for array in (problem, plan, *_tables(risks, units, places)):
        whole.update(len(array).to_bytes(8, "big") + np.ascontiguousarray(array).tobytes())
    return whole.digest()


def _tables(risks: Ints, units: int, places: int) -> list[Ints]:
    cells = units * places
    sizes = {by.UNIT_PTR: units + 1, by.FOLLOW_PTR: units + 1, by.GATE_DAY: cells, by.USABLE: cells}
    for pointers, values in ((by.UNIT_PTR, by.UNIT_LOT), (by.FOLLOW_PTR, by.FOLLOW)):
        sizes[values] = int(risks[risks[pointers] + units])
    return [risks[risks[name] : risks[name] + size] for name, size in sizes.items()]
