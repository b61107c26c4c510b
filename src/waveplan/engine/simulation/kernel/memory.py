"""Slips remembered: where everything came to stand when a unit had to move, for the next history that comes to it.

Histories of one plan differ in what goes wrong, and most of them come to slips that others have come to before: the
same unit, the same notice, everything else in the same place. What `push` makes of that follows from nothing else, so
it is worked out once. The plan under way (`s`) is not carried along meanwhile; it is brought to where the history
stands when something new has to be worked out.

`m` is one flat array: a header, and entries of WIDTH numbers: what is known, the question (unit, day, today, by unit
where it stands and whether it has begun), the answer (by unit where it stands then).
"""

from __future__ import annotations

from waveplan.engine.compiling.compiled import inner
from waveplan.engine.search import layout as at
from waveplan.engine.simulation import layout as by
from waveplan.engine.simulation.kernel.moves import copy, relocate
from waveplan.engine.simulation.kernel.pushing import push, settle_in, weigh

_MIXED = 0x2545F4914F6CDD1D  # any large odd number
_ASKED = 4  # numbers of an entry before those of units


@inner
def standing(x, unit):  # type: ignore[no-untyped-def]
    """Where a unit stands, and whether it may still be moved, as one number."""
    return 2 * x[x[by.PLACE] + unit] + int(x[x[by.PHASE] + unit] < by.RESULT)


@inner
def is_of(m, entry, r, x, unit, least, now):  # type: ignore[no-untyped-def]
    """Whether an entry is about this slip."""
    if m[entry + 1] != unit or m[entry + 2] != least or m[entry + 3] != now:
        return False
    for each in range(r[by.UNITS]):  # noqa: SIM110 - no generators when compiled
        if m[entry + _ASKED + each] != standing(x, each):
            return False
    return True


@inner
def entry_of(m, r, x, unit, least, now):  # type: ignore[no-untyped-def]
    """The entry of a slip, or the free one in which it would be written down."""
    mixed = (((unit * _MIXED) ^ least) * _MIXED ^ now) * _MIXED
    for each in range(r[by.UNITS]):
        mixed = (mixed ^ standing(x, each)) * _MIXED
        mixed ^= (mixed >> 29) & 0xFFFFFFFF
    last = m[by.SLOTS] - 1
    slot = (mixed >> 20) & last
    while True:
        entry = by.MEMORY_HEADER + slot * m[by.WIDTH]
        if m[entry] == by.UNKNOWN or is_of(m, entry, r, x, unit, least, now):
            return entry
        slot = (slot + 1) & last


@inner
def write_question(m, entry, r, x, unit, least, now):  # type: ignore[no-untyped-def]
    """Write down what is asked, before anything moves."""
    m[by.USED] += 1
    m[entry + 1], m[entry + 2], m[entry + 3] = unit, least, now
    for each in range(r[by.UNITS]):
        m[entry + _ASKED + each] = standing(x, each)


@inner
def write_answer(m, entry, r, x, found):  # type: ignore[no-untyped-def]
    """Write down what came of it."""
    m[entry] = by.FOUND if found else by.NONE_LEFT
    for each in range(r[by.UNITS]):
        m[entry + _ASKED + r[by.UNITS] + each] = x[x[by.PLACE] + each]


@inner
def recall(m, entry, r, x, unit):  # type: ignore[no-untyped-def]
    """Let the history stand as it came to stand then."""
    for each in range(r[by.UNITS]):
        place = m[entry + _ASKED + r[by.UNITS] + each]
        if each == unit:
            settle_in(r, x, each, place, by.NOTHING)
        elif place != x[x[by.PLACE] + each]:
            if x[x[by.PHASE] + each] == by.START:
                weigh(r, x, each, -1)
            settle_in(r, x, each, place, unit)


@inner
def catch_up(a, base, s, r, x, m, size, run):  # type: ignore[no-untyped-def]
    """Bring the plan under way to where the history stands, from where it is, or in a new run from where it began."""
    if m[by.RUN] != run:
        copy(base, s, size)
        m[by.RUN] = run
    for sign in range(2):  # first all out that stand elsewhere, then in
        for unit in range(r[by.UNITS]):
            place = x[x[by.PLACE] + unit]
            stands = s[s[at.POS] + r[r[by.UNIT_LOT] + r[r[by.UNIT_PTR] + unit]]]
            if stands != place and (stands >= 0 if sign == 0 else place >= 0):
                relocate(a, s, r, unit, at.NOWHERE if sign == 0 else place)


@inner
def moved(a, base, s, back, r, x, m, size, run, unit, least, now):  # type: ignore[no-untyped-def]
    """Move a unit that slips, and what it pushes, as `push` does; whether there is a place for it."""
    entry = entry_of(m, r, x, unit, least, now)
    if m[entry] == by.NONE_LEFT:
        return False
    if m[entry] == by.FOUND:
        recall(m, entry, r, x, unit)
        return True
    kept = m[by.USED] < m[by.MOST]
    if kept:
        write_question(m, entry, r, x, unit, least, now)
    catch_up(a, base, s, r, x, m, size, run)
    found = push(a, s, back, r, x, size, unit, least, now)
    if kept:
        write_answer(m, entry, r, x, found)
    return found
