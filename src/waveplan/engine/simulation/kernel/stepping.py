"""One history until something slips: what then becomes of it is for somebody else to say."""

from __future__ import annotations

from waveplan.engine.compiling.compiled import compiled, flat
from waveplan.engine.search import layout as at
from waveplan.engine.simulation import layout as by
from waveplan.engine.simulation.kernel.causes import awaiting, called_off, refused, undone
from waveplan.engine.simulation.kernel.draws import draw_history
from waveplan.engine.simulation.kernel.efforts import foresee, in_vain
from waveplan.engine.simulation.kernel.play import next_unit, note, tell_loads
from waveplan.engine.simulation.kernel.pushing import push, weigh

SLIPPED = 5  # numbers that tell of a slip: unit, kind, cause, day, the day before which its next try cannot be


@compiled
def take_up(a, r, x, sample, key):  # type: ignore[no-untyped-def]
    """Draw what does not depend on what happens, and count the true effort of all that has passed its gate."""
    a, r, x, sample = flat(a), flat(r), flat(x), flat(sample)
    draw_history(r, x, sample, key)
    for unit in range(r[by.UNITS]):
        if by.GATE < x[x[by.PHASE] + unit] < by.STRANDED:
            foresee(a, r, x, unit, x[x[by.PLACE] + unit], r[by.TODAY])
            weigh(r, x, unit, 1)


@compiled
def until_slip(a, r, x, sample, key, log, slip):  # type: ignore[no-untyped-def]
    """Go on to the first no-go, call-off or rollback, and write it into `slip`; whether there is one."""
    room = len(log)
    a, r, x, sample, log = flat(a), flat(r), flat(x), flat(sample), flat(log)
    unit = next_unit(a, r, x)
    while unit >= 0:
        place = x[x[by.PLACE] + unit]
        today, phase = max(x[x[by.NEXT] + unit], r[by.TODAY]), x[x[by.PHASE] + unit]
        if phase == by.GATE:
            cause, more = refused(a, r, x, sample, key, unit, today)
            kind, least = by.NO_GO, max(today + r[r[by.NOTICE] + unit], a[a[at.DAY] + place] + more)
            after, then = by.START, a[a[at.DAY] + place]
        elif phase == by.START:
            cause = by.AWAITED if awaiting(r, x, unit, today) else called_off(a, r, x, unit, place, today)
            kind, least = by.CALLED_OFF, today + 1
            after, then = by.RESULT, r[r[by.RUN_LAST] + unit * r[by.PLACES] + place]
        else:
            cause = undone(a, r, x, sample, key, unit, today)
            kind, least = by.ROLLED_BACK, max(a[a[at.DAY] + place] + r[r[by.AGAIN] + unit], today + 1)
            after, then = by.DONE, today
        if cause >= 0:
            in_vain(a, r, x, unit, place, phase)
            note(x, log, room, unit, place, kind, today, cause)
            slip[0], slip[1], slip[2], slip[3], slip[4] = unit, kind, cause, today, least
            return True
        if phase == by.GATE:
            foresee(a, r, x, unit, place, today)
            weigh(r, x, unit, 1)
        elif phase == by.RESULT:
            note(x, log, room, unit, place, by.FINISHED, today, cause)
        x[x[by.PHASE] + unit], x[x[by.NEXT] + unit] = after, then
        unit = next_unit(a, r, x)
    return False


@compiled
def next_place(a, s, back, r, x, unit, least, now):  # type: ignore[no-untyped-def]
    """Move what slips to the next place that rules allow, and what must follow it; whether there is one."""
    return push(flat(a), flat(s), flat(back), flat(r), flat(x), len(s), unit, least, now)


@compiled
def overloads(r, x, over, lacking):  # type: ignore[no-untyped-def]
    """Count the weeks of a history in which a team had more to do than it offered."""
    r, x = flat(r), flat(x)
    tell_loads(r, x, over, lacking)
