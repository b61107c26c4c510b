"""Units that move: into the first later place that every hard rule allows, pushing what must follow."""

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
        more = x[x[by.SHARE] + unit * r[by.TEAMS] + r[r[by.ROW_TEAM] + row]] - by.WHOLE
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
