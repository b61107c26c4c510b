"""Units that move: into a place, if every hard rule allows that, or out of the plan."""

from __future__ import annotations

from waveplan.engine.compiling.compiled import inner
from waveplan.engine.search import layout as at
from waveplan.engine.search.kernel.booking import UNPLACED, book_change
from waveplan.engine.search.kernel.care import cared_for, span
from waveplan.engine.search.kernel.changes import list_lot
from waveplan.engine.search.kernel.groups import lead_change
from waveplan.engine.search.kernel.sequence import (
    held_after,
    held_before,
    place_change,
    ready,
    renumber,
    settle,
    spaced,
)
from waveplan.engine.search.kernel.values import in_order, ordered, put
from waveplan.engine.search.kernel.windows import fits_window, fits_windows
from waveplan.engine.simulation import layout as by

REFUSED, PUT, OUT_OF_SEQUENCE = 0, 1, 2  # what comes of putting a unit somewhere


@inner
def copy(one, other, size):  # type: ignore[no-untyped-def]
    """Make the second of two arrays the same as the first."""
    for index in range(size):
        other[index] = one[index]


@inner
def list_unit(s, r, unit, to):  # type: ignore[no-untyped-def]
    """Write a unit's lots down as a change; returns how many there are."""
    n = 0
    for index in range(r[r[by.UNIT_PTR] + unit], r[r[by.UNIT_PTR] + unit + 1]):
        n = list_lot(s, n, r[r[by.UNIT_LOT] + index], to)
    return n


@inner
def usable(r, unit, place):  # type: ignore[no-untyped-def]
    """Whether every lot of a unit may be in a place, by its own rules."""
    return r[r[by.USABLE] + unit * r[by.PLACES] + place] == 1


@inner
def seat(a, s, n):  # type: ignore[no-untyped-def]
    """Put the lots of a change where they go; whether every order and every apart of theirs holds then."""
    for index in range(n):
        put(a, s, s[s[at.CHANGE_LOT] + index], s[s[at.CHANGE_TO] + index])
    fine = True
    for index in range(n):
        fine = fine and ordered(a, s, s[s[at.CHANGE_LOT] + index])
    return fine


@inner
def room_for(a, s, n):  # type: ignore[no-untyped-def]
    """Whether a change that is seated keeps rules of sequence, then amounts: the cheapest are looked at first.

    PUT when it does, OUT_OF_SEQUENCE when the numbers, gaps or weeks of waves forbid it, REFUSED otherwise.
    """
    before, nowhere = s[at.PENALTY], n * int(s[s[at.CHANGE_FROM]] < 0)  # a unit is somewhere as a whole
    place_change(a, s, n, at.IN)
    if not settle(a, s, n):
        place_change(a, s, n, at.OUT)
        settle(a, s, n)
        return OUT_OF_SEQUENCE
    book_change(a, s, n, at.IN)
    lead_change(a, s, n, at.IN)
    if s[at.PENALTY] + UNPLACED * nowhere <= before and looks_well(a, s):
        return PUT
    place_change(a, s, n, at.OUT)
    book_change(a, s, n, at.OUT)
    lead_change(a, s, n, at.OUT)
    settle(a, s, n)
    look_again(a, s)
    return REFUSED


@inner
def look_again(a, s):  # type: ignore[no-untyped-def]
    """Work out the hypercare of the wave that a unit left, and of the one that it joined."""
    if a[at.DEEP]:
        for name in (at.CHANGE_FROM, at.CHANGE_TO):
            if s[s[name]] >= 0:
                span(a, s, s[s[name]])


@inner
def looks_well(a, s):  # type: ignore[no-untyped-def]
    """What is looked at wave by wave, where a unit leaves and where it comes; its lots are all in one wave."""
    if a[at.DEEP] == 0:
        return True
    look_again(a, s)
    origin, to = s[s[at.CHANGE_FROM]], s[s[at.CHANGE_TO]]
    return (origin < 0 or cared_for(a, s, origin)) and cared_for(a, s, to) and fits_windows(a, s, to)


@inner
def barred(a, s, lot, to):  # type: ignore[no-untyped-def]
    """Whether an order, or an apart, of a lot that is nowhere keeps it from a place, as the others stand."""
    pos = s[at.POS]
    for index in range(a[a[at.BEFORE_PTR] + lot], a[a[at.BEFORE_PTR] + lot + 1]):
        entry = a[at.BEFORE] + 5 * index
        its = s[pos + a[entry]]
        if its >= 0 and not in_order(a, entry + 1, its, to):
            return True
    for index in range(a[a[at.AFTER_PTR] + lot], a[a[at.AFTER_PTR] + lot + 1]):
        entry = a[at.AFTER] + 5 * index
        its = s[pos + a[entry]]
        if its >= 0 and not in_order(a, entry + 1, to, its):
            return True
    for index in range(a[a[at.APART_PTR] + lot], a[a[at.APART_PTR] + lot + 1]):
        if s[pos + a[a[at.APART] + index]] == to:
            return True
    return False


@inner
def kept_out(a, s, r, unit, to):  # type: ignore[no-untyped-def]
    """Whether some lot of a unit that is nowhere is barred: most places of one that is put back end here."""
    for index in range(r[r[by.UNIT_PTR] + unit], r[r[by.UNIT_PTR] + unit + 1]):
        lot = r[r[by.UNIT_LOT] + index]
        if s[s[at.POS] + lot] < 0 and barred(a, s, lot, to):
            return True
    return False


@inner
def put_unit(a, s, r, unit, to):  # type: ignore[no-untyped-def]
    """Put a unit into a place, if every rule allows that: PUT, or why it has not."""
    if kept_out(a, s, r, unit, to):
        return REFUSED
    n = list_unit(s, r, unit, to)
    why = room_for(a, s, n) if seat(a, s, n) else REFUSED
    if why != PUT:
        for index in range(n):
            put(a, s, s[s[at.CHANGE_LOT] + index], s[s[at.CHANGE_FROM] + index])
    return why


@inner
def after_all(a, s, place):  # type: ignore[no-untyped-def]
    """Whether a place comes after all waves of its stream, so long after them that no gap forbids it.

    What the sequence of waves forbids there it forbids in every later place: numbers of the others stay the same.
    """
    if held_after(a, s, place) >= 0:
        return False
    before, widest = held_before(a, s, place), 0
    stream = a[a[at.STREAM_OF] + place]
    for stage in range(a[at.STAGES]):
        widest = max(widest, a[a[at.STAGE_GAP] + stream * a[at.STAGES] + stage])
    return before >= 0 and a[a[at.DAY] + place] - a[a[at.DAY] + before] >= max(widest, 7)


@inner
def relocate(a, s, r, unit, to):  # type: ignore[no-untyped-def]
    """Take a unit to a place, or out of the plan, whatever rules say meanwhile."""
    n = list_unit(s, r, unit, to)
    for index in range(n):
        put(a, s, s[s[at.CHANGE_LOT] + index], to)
    book_change(a, s, n, at.IN)
    lead_change(a, s, n, at.IN)
    place_change(a, s, n, at.IN)
    settle(a, s, n)
    look_again(a, s)


@inner
def sound(a, s):  # type: ignore[no-untyped-def]
    """Whether all that is placed keeps every rule of sequence and amount; orders are looked at as lots are put."""
    if s[at.PENALTY] != 0:
        return False
    for stream in range(a[at.STREAMS]):
        if not a[a[at.PLAIN] + stream] and not (renumber(a, s, stream) and ready(a, s, stream)):
            return False
    for place in range(a[at.POSITIONS]):
        if s[s[at.HELD] + place] == 0:
            continue
        if a[a[at.PLAIN] + a[a[at.STREAM_OF] + place]] and not spaced(a, s, place):
            return False
        if a[at.DEEP] and not (cared_for(a, s, place) and fits_window(a, s, place)):
            return False
    return True
