"""Units that slip: into the first later place that will do, pushing what must follow; given up where there is none."""

from __future__ import annotations

from waveplan.engine.compiling.compiled import inner
from waveplan.engine.search import layout as at
from waveplan.engine.simulation import layout as by
from waveplan.engine.simulation.kernel.moves import (
    OUT_OF_SEQUENCE,
    PUT,
    REFUSED,
    after_all,
    copy,
    put_unit,
    relocate,
    sound,
    usable,
)


@inner
def charge(r, x, unit, place, sign):  # type: ignore[no-untyped-def]
    """Count what a unit is planned to take of people in a place in (1) or out (-1)."""
    cell = unit * r[by.PLACES] + place
    for entry in range(r[r[by.CHARGE_PTR] + cell], r[r[by.CHARGE_PTR] + cell + 1]):
        x[x[by.LOAD] + r[r[by.CHARGE] + 2 * entry]] += sign * r[r[by.CHARGE] + 2 * entry + 1]
    for entry in range(r[r[by.CREW_PTR] + cell], r[r[by.CREW_PTR] + cell + 1]):
        x[x[by.MANNED] + r[r[by.CREW] + 2 * entry]] += sign * r[r[by.CREW] + 2 * entry + 1]


@inner
def settle_in(r, x, unit, place, pusher):  # type: ignore[no-untyped-def]
    """Note that a unit stands in another place, with all before it again."""
    charge(r, x, unit, x[x[by.PLACE] + unit], -1)
    charge(r, x, unit, place, 1)
    x[x[by.PLACE] + unit] = place
    x[x[by.PHASE] + unit] = by.GATE
    x[x[by.NEXT] + unit] = r[r[by.GATE_DAY] + unit * r[by.PLACES] + place]
    x[x[by.PUSHER] + unit] = pusher


@inner
def later_place(a, s, r, x, unit, now):  # type: ignore[no-untyped-def]
    """Put a unit that must follow where it was, or in the first later place; NOWHERE if there is none."""
    here = x[x[by.PLACE] + unit]
    for place in range(here, a[a[at.STREAM_PTR] + a[a[at.STREAM_OF] + here] + 1]):
        fresh = place == here or r[r[by.GATE_DAY] + unit * r[by.PLACES] + place] > now
        if fresh and usable(r, unit, place) and put_unit(a, s, r, unit, place) == PUT:
            return place
    return at.NOWHERE


@inner
def mark_followers(r, x, unit):  # type: ignore[no-untyped-def]
    """Mark all that must follow a unit and has not begun; how many there are."""
    found = 0
    for each in range(r[by.UNITS]):
        x[x[by.LIFTED] + each] = 0
    for index in range(r[r[by.FOLLOW_PTR] + unit], r[r[by.FOLLOW_PTR] + unit + 1]):
        each = r[r[by.FOLLOW] + index]
        if x[x[by.PHASE] + each] < by.RESULT:
            x[x[by.LIFTED] + each] = 1
            found += 1
    return found


@inner
def mark_all(r, x, unit):  # type: ignore[no-untyped-def]
    """Mark everything that has not begun, but for a unit; how much there is."""
    found = 0
    for each in range(r[by.UNITS]):
        free = each != unit and x[x[by.PHASE] + each] < by.RESULT
        x[x[by.LIFTED] + each] = int(free)
        found += int(free)
    return found


@inner
def next_lifted(a, r, x):  # type: ignore[no-untyped-def]
    """Of the units that are taken out: the one that stood first; -1 when all are back."""
    best, least = -1, 0
    for each in range(r[by.UNITS]):
        if x[x[by.LIFTED] + each] == 1:
            rank = a[a[at.RANK] + x[x[by.PLACE] + each]]
            if best < 0 or rank < least:
                best, least = each, rank
    return best


@inner
def lift_marked(a, s, r, x):  # type: ignore[no-untyped-def]
    """Take all that is marked out, as far as it is in."""
    for each in range(r[by.UNITS]):
        if x[x[by.LIFTED] + each]:
            x[x[by.LIFTED] + each] = 1
            if s[s[at.POS] + r[r[by.UNIT_LOT] + r[r[by.UNIT_PTR] + each]]] >= 0:
                relocate(a, s, r, each, at.NOWHERE)


@inner
def refill(a, s, r, x, now):  # type: ignore[no-untyped-def]
    """Put what is marked back in the order in which it stood, each as early as may be; whether all of it fits."""
    each = next_lifted(a, r, x)
    while each >= 0:
        x[x[by.LIFTED] + each] = 2
        x[x[by.TRIAL] + each] = later_place(a, s, r, x, each, now)
        if x[x[by.TRIAL] + each] < 0:
            return False
        each = next_lifted(a, r, x)
    return sound(a, s)


@inner
def note_pushed(r, x, unit):  # type: ignore[no-untyped-def]
    """Note where all that was marked stands now."""
    for each in range(r[by.UNITS]):
        if x[x[by.LIFTED] + each] and x[x[by.TRIAL] + each] != x[x[by.PLACE] + each]:
            if x[x[by.PHASE] + each] == by.START:
                weigh(r, x, each, -1)
            settle_in(r, x, each, x[x[by.TRIAL] + each], unit)


@inner
def weigh(r, x, unit, sign):  # type: ignore[no-untyped-def]
    """Count what a unit turned out to take beyond what was planned in (1) or out (-1)."""
    if r[by.ANY_EFFORT] == 0:
        return
    cell = unit * r[by.PLACES] + x[x[by.PLACE] + unit]
    for entry in range(r[r[by.CHARGE_PTR] + cell], r[r[by.CHARGE_PTR] + cell + 1]):
        row, planned = r[r[by.CHARGE] + 2 * entry], r[r[by.CHARGE] + 2 * entry + 1]
        more = x[x[by.WEIGHED] + unit * r[by.TEAMS] + r[r[by.ROW_TEAM] + row]] - by.WHOLE
        x[x[by.LOAD] + row] += sign * (planned * more // by.WHOLE)


@inner
def push(a, s, back, r, x, size, unit, least, now):  # type: ignore[no-untyped-def]
    """Move a unit to the first later place, on a day or after it, whose gate is still to come; whether there is one.

    What must follow it is pushed. Where that does not help, as where waves have numbers that others count on, all that
    is still to come is put back after it in the order in which it stood.
    """
    marked = mark_followers(r, x, unit)
    if squeeze(a, s, back, r, x, size, unit, least, now, marked, True):
        return True
    every = mark_all(r, x, unit)
    return every > marked and squeeze(a, s, back, r, x, size, unit, least, now, every, False)


@inner
def squeeze(a, s, back, r, x, size, unit, least, now, marked, alone):  # type: ignore[no-untyped-def]
    """Try place after place, alone if asked, then with what is marked taken out (in `back`) and put back after it."""
    here = x[x[by.PLACE] + unit]
    if marked > 0:
        copy(s, back, size)
        lift_marked(a, back, r, x)
    for place in range(here + 1, a[a[at.STREAM_PTR] + a[a[at.STREAM_OF] + here] + 1]):
        if a[a[at.DAY] + place] < least or r[r[by.GATE_DAY] + unit * r[by.PLACES] + place] <= now:
            continue
        if not usable(r, unit, place):
            continue
        why = put_unit(a, s, r, unit, place) if alone else REFUSED
        if why == PUT:
            settle_in(r, x, unit, place, by.NOTHING)
            return True
        if why == OUT_OF_SEQUENCE and after_all(a, s, place):
            alone = False
        why = put_unit(a, back, r, unit, place) if marked > 0 else REFUSED
        if why == OUT_OF_SEQUENCE and after_all(a, back, place):
            marked = 0
        if marked == 0 and not alone:
            return False
        if why == PUT:
            if refill(a, back, r, x, now):
                copy(back, s, size)
                settle_in(r, x, unit, place, by.NOTHING)
                note_pushed(r, x, unit)
                return True
            lift_marked(a, back, r, x)
    return False


@inner
def strand(r, x, unit):  # type: ignore[no-untyped-def]
    """Give up a unit for which no place is left, and all that must follow it."""
    last = r[r[by.FOLLOW_PTR] + unit + 1]
    for index in range(r[r[by.FOLLOW_PTR] + unit] - 1, last):
        each = unit if index < r[r[by.FOLLOW_PTR] + unit] else r[r[by.FOLLOW] + index]
        if each != unit and x[x[by.PHASE] + each] >= by.RESULT:
            continue
        if each != unit and x[x[by.PHASE] + each] == by.START:
            weigh(r, x, each, -1)
        charge(r, x, each, x[x[by.PLACE] + each], -1)
        x[x[by.PHASE] + each] = by.STRANDED
        x[x[by.PLACE] + each] = at.NOWHERE
