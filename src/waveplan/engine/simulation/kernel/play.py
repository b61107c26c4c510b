"""What Python calls: histories of a plan, one for each row of a sample."""

from __future__ import annotations

from waveplan.engine.compiling.compiled import compiled, flat, inner
from waveplan.engine.search import layout as at
from waveplan.engine.simulation import layout as by
from waveplan.engine.simulation.kernel.causes import awaiting, called_off, refused, undone
from waveplan.engine.simulation.kernel.draws import draw_history
from waveplan.engine.simulation.kernel.efforts import foresee, in_vain, offered
from waveplan.engine.simulation.kernel.memory import moved
from waveplan.engine.simulation.kernel.moves import PUT, copy, put_unit, usable
from waveplan.engine.simulation.kernel.pushing import next_lifted, strand, weigh

_OVERLOAD = 1000  # millionths of a person-day: less is rounding


@inner
def note(x, log, room, unit, place, kind, day, cause):  # type: ignore[no-untyped-def]
    """Write down what happened, while there is room for so many entries."""
    row = x[by.LOGGED]
    if row < room:
        cell = row * by.LOG_WIDTH
        log[cell], log[cell + 1], log[cell + 2], log[cell + 3], log[cell + 4] = unit, place, kind, day, cause
    x[by.LOGGED] = row + 1


@inner
def next_unit(a, r, x):  # type: ignore[no-untyped-def]
    """The unit to which something happens first; gates of a day come before cutovers, cutovers before results."""
    best = -1
    for unit in range(r[by.UNITS]):
        if x[x[by.PHASE] + unit] >= by.DONE:
            continue
        if best < 0:
            best = unit
            continue
        one, other = x[x[by.NEXT] + unit], x[x[by.NEXT] + best]
        if one == other:
            one, other = x[x[by.PHASE] + unit], x[x[by.PHASE] + best]
        if one == other:
            one, other = a[a[at.RANK] + x[x[by.PLACE] + unit]], a[a[at.RANK] + x[x[by.PLACE] + best]]
        if one < other:
            best = unit
    return best


@inner
def at_gate(a, r, x, sample, key, unit, today):  # type: ignore[no-untyped-def]
    """A unit at its gate: the cause of a no-go and the day before which its next try cannot be; -1 when it goes."""
    place = x[x[by.PLACE] + unit]
    cause, more = refused(a, r, x, sample, key, unit, today)
    if cause < 0:
        foresee(a, r, x, unit, place, today)
        weigh(r, x, unit, 1)
        x[x[by.PHASE] + unit], x[x[by.NEXT] + unit] = by.START, a[a[at.DAY] + place]
        return cause, 0
    return cause, max(today + r[r[by.NOTICE] + unit], a[a[at.DAY] + place] + more)


@inner
def at_start(a, r, x, unit, today):  # type: ignore[no-untyped-def]
    """A unit on its day: it begins, or is called off; told in the same way."""
    place = x[x[by.PLACE] + unit]
    cause = by.AWAITED if awaiting(r, x, unit, today) else called_off(a, r, x, unit, place, today)
    if cause < 0:
        x[x[by.PHASE] + unit] = by.RESULT
        x[x[by.NEXT] + unit] = r[r[by.RUN_LAST] + unit * r[by.PLACES] + place]
        return cause, 0
    weigh(r, x, unit, -1)
    return cause, today + 1


@inner
def at_end(a, r, x, sample, key, log, room, unit, today):  # type: ignore[no-untyped-def]
    """A unit after its window: it is done, or has been rolled back; told in the same way."""
    place = x[x[by.PLACE] + unit]
    cause = undone(a, r, x, sample, key, unit, today)
    if cause < 0:
        x[x[by.PHASE] + unit] = by.DONE
        note(x, log, room, unit, place, by.FINISHED, today, cause)
        return cause, 0
    weigh(r, x, unit, -1)
    return cause, max(a[a[at.DAY] + place] + r[r[by.AGAIN] + unit], today + 1)


@inner
def begin_history(r, x, sample, key):  # type: ignore[no-untyped-def]
    """Draw what does not depend on what happens, and count the true effort of what is through its gate."""
    draw_history(r, x, sample, key)
    for unit in range(r[by.UNITS]):
        if x[x[by.PHASE] + unit] == by.START:
            weigh(r, x, unit, 1)


@inner
def note_slip(x, log, room, unit, phase, today, cause):  # type: ignore[no-untyped-def]
    """Count a slip as what it is, and write it down."""
    if phase == by.RESULT:
        x[x[by.BACKS] + unit] += 1
        kind = by.ROLLED_BACK
    else:
        x[x[by.NO_GOES] + unit] += 1
        kind = by.NO_GO if phase == by.GATE else by.CALLED_OFF
    note(x, log, room, unit, x[x[by.PLACE] + unit], kind, today, cause)


@inner
def tell_loads(r, x, over, lacking):  # type: ignore[no-untyped-def]
    """Count the weeks in which a team had more to do than it offered, and what was lacking."""
    for row in range(r[by.ROWS]):
        more = x[x[by.LOAD] + row] - offered(r, x, row, by.NEVER - 1)
        if more > _OVERLOAD:
            over[row] += 1
            lacking[row] += more


@inner
def too_late(r, x, fine):  # type: ignore[no-untyped-def]
    """Whether some unit stands where a date is missed: it never comes back from there."""
    for unit in range(r[by.UNITS]):
        place = x[x[by.PLACE] + unit]
        if place < 0 or fine[unit * r[by.PLACES] + place] == 0:
            return True
    return False


@compiled
def play(a, base, s, back, r, begun, x, m, samples, keys, fine, lost, places, told, causes, over, lacking, log):  # type: ignore[no-untyped-def]
    """Play a history for each row of the samples.

    `places` [run, unit] get where each ended (NOWHERE: never); `told` [run, unit, 3] its no-goes, rollbacks and who
    pushed it last; `causes` [cause, unit] how often each was the reason; `over` and `lacking` [row] overloaded weeks;
    `log` what happened in the last run. With `fine` [unit, place] a run ends when a unit comes to stand where it is 0,
    and `lost` [run] gets that day. Slips are looked up in `m`, and written there.
    """
    size, length, room = len(s), len(x), len(log)
    a, base, s, back, r, begun, x, m = flat(a), flat(base), flat(s), flat(back), flat(r), flat(begun), flat(x), flat(m)
    units, ends, watched, log = r[by.UNITS], flat(fine), len(fine) > 0, flat(log)
    m[by.RUN] = -1  # `s` is of no run yet
    for run in range(len(keys)):
        copy(begun, x, length)
        sample, key = flat(samples[run]), keys[run]
        begin_history(r, x, sample, key)
        for unit in range(units):  # what a decision before today keeps from its place
            least = r[r[by.HELD_UNTIL] + unit]
            if least != by.LONG_AGO and not moved(a, base, s, back, r, x, m, size, run, unit, least, r[by.TODAY]):
                strand(r, x, unit)
        unit = next_unit(a, r, x)
        while unit >= 0:
            today, phase = max(x[x[by.NEXT] + unit], r[by.TODAY]), x[x[by.PHASE] + unit]
            if phase == by.GATE:
                cause, least = at_gate(a, r, x, sample, key, unit, today)
            elif phase == by.START:
                cause, least = at_start(a, r, x, unit, today)
            else:
                cause, least = at_end(a, r, x, sample, key, log, room, unit, today)
            if cause >= 0:
                causes[cause, unit] += 1
                in_vain(a, r, x, unit, x[x[by.PLACE] + unit], phase)
                note_slip(x, log, room, unit, phase, today, cause)
                if not moved(a, base, s, back, r, x, m, size, run, unit, least, today):
                    strand(r, x, unit)
                if watched and too_late(r, x, ends):
                    lost[run] = today
                    break
            unit = next_unit(a, r, x)
        for each in range(units):
            places[run, each] = x[x[by.PLACE] + each]
            told[run, each, 0] = x[x[by.NO_GOES] + each]
            told[run, each, 1] = x[x[by.BACKS] + each]
            told[run, each, 2] = x[x[by.PUSHER] + each]
        tell_loads(r, x, over, lacking)
    return x[by.LOGGED]


@compiled
def pull_forward(a, s, r, x, homes):  # type: ignore[no-untyped-def]
    """Put unit after unit, in the order in which they stand, into the first place that every rule allows."""
    a, s, r, x = flat(a), flat(s), flat(r), flat(x)
    for unit in range(r[by.UNITS]):
        x[x[by.LIFTED] + unit] = int(x[x[by.PHASE] + unit] < by.RESULT)
    unit = next_lifted(a, r, x)
    while unit >= 0:
        x[x[by.LIFTED] + unit] = 0
        here = homes[unit]
        for place in range(a[a[at.STREAM_PTR] + a[a[at.STREAM_OF] + here]], here):
            if usable(r, unit, place) and put_unit(a, s, r, unit, place) == PUT:
                homes[unit] = place
                break
        unit = next_lifted(a, r, x)
