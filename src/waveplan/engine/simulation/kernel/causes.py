"""Why a unit is not let through at its gate, on its day, or is rolled back: from what is known on that day."""

from __future__ import annotations

from waveplan.engine.compiling.compiled import inner
from waveplan.engine.search import layout as at
from waveplan.engine.simulation import layout as by
from waveplan.engine.simulation.kernel.draws import drawn, quantile, try_dimension
from waveplan.engine.simulation.kernel.efforts import active_until, share_on, short_of_days

_ROUNDING = 1000  # millionths: what rounding may add up to
_ENDLESS = 10**10  # millionths of an hour: more than any window has, and small enough to multiply


@inner
def shut(a, r, x, unit, place, today):  # type: ignore[no-untyped-def]
    """Whether a freeze or a closed site keeps a unit out of its place."""
    first, last = a[a[at.DAY] + place], r[r[by.RUN_LAST] + unit * r[by.PLACES] + place]
    for event in range(r[by.EVENTS]):
        until = active_until(x, event, today)
        if until < first or x[x[by.STRUCK] + event] > last:
            continue
        for effect in range(r[r[by.EFFECT_PTR] + event], r[r[by.EFFECT_PTR] + event + 1]):
            if r[r[by.KIND] + effect] == by.CLOSED and r[r[by.HITS] + effect * r[by.UNITS] + unit]:
                return True
    return False


@inner
def unready(a, r, x, unit, place, today):  # type: ignore[no-untyped-def]
    """Days that events add to a preparation that they overlap, once each; 0 when there are none."""
    more, last = 0, a[a[at.DAY] + place] - 1
    first = last + 1 - r[r[by.PREPARATION] + unit]
    for event in range(r[by.EVENTS]):
        if active_until(x, event, today) < first or x[x[by.STRUCK] + event] > last:
            continue
        for effect in range(r[r[by.EFFECT_PTR] + event], r[r[by.EFFECT_PTR] + event + 1]):
            cell = effect * r[by.UNITS] + unit
            if r[r[by.KIND] + effect] == by.LONGER and r[r[by.HITS] + cell] and not x[x[by.ABSORBED] + cell]:
                x[x[by.ABSORBED] + cell] = 1
                more += r[r[by.VALUE] + effect]
    return more


@inner
def awaiting(r, x, unit, day):  # type: ignore[no-untyped-def]
    """Whether a milestone that a unit waits for has not come by a day; before it was promised, nobody knows."""
    for index in range(r[r[by.MILE_PTR] + unit], r[r[by.MILE_PTR] + unit + 1]):
        milestone = r[r[by.MILE] + index]
        if r[r[by.PROMISED] + milestone] <= day < x[x[by.ARRIVES] + milestone]:
            return True
    return False


@inner
def short_of_people(a, r, x, unit, place, today):  # type: ignore[no-untyped-def]
    """Whether crews or people on call are lacking on the unit's day because of an event."""
    cell, day = unit * r[by.PLACES] + place, a[a[at.DAY] + place]
    for entry in range(r[r[by.CREW_PTR] + cell], r[r[by.CREW_PTR] + cell + 1]):
        row = r[r[by.CREW] + 2 * entry]
        share = share_on(r, x, r[r[by.CREW_TEAM] + row], day, today)
        if share < by.WHOLE and x[x[by.MANNED] + row] > r[r[by.CREW_LIMIT] + row] * share // by.WHOLE:
            return True
    return False


@inner
def speed_of(a, r, x, pair, place, today):  # type: ignore[no-untyped-def]
    """The share of its speed that events leave to a link on a place's day."""
    least, day = by.WHOLE, a[a[at.DAY] + place]
    for event in range(r[by.EVENTS]):
        if x[x[by.STRUCK] + event] <= day and day <= active_until(x, event, today):
            for effect in range(r[r[by.EFFECT_PTR] + event], r[r[by.EFFECT_PTR] + event + 1]):
                if r[r[by.KIND] + effect] == by.LINK and r[r[by.OF] + effect] == pair:
                    least = min(least, r[r[by.VALUE] + effect])
    return least


@inner
def hours_of(a, r, x, unit, place, today):  # type: ignore[no-untyped-def]
    """Transfer, cutover and test of a unit in a place: on its slowest link, shared with windows that overlap."""
    longest = r[r[by.TRANSPORT] + unit]
    for pair in range(r[by.PAIRS]):
        if r[r[by.CROSSING] + unit * r[by.PAIRS] + pair] == 0:
            continue
        total = 0
        for each in range(r[by.UNITS]):
            its = x[x[by.PLACE] + each]
            if its >= 0 and r[r[by.CROSSING] + each * r[by.PAIRS] + pair]:
                for index in range(r[r[by.NEAR_PTR] + place], r[r[by.NEAR_PTR] + place + 1]):
                    if r[r[by.NEAR] + index] == its:
                        total += r[r[by.CROSSING] + each * r[by.PAIRS] + pair]
        speed = speed_of(a, r, x, pair, place, today) if r[by.LINKED] else by.WHOLE
        longest = max(longest, min(total, _ENDLESS) * by.WHOLE // speed if speed > 0 else _ENDLESS)
    return min(longest + r[r[by.WORK] + unit], _ENDLESS)


@inner
def room_of(r, unit, place):  # type: ignore[no-untyped-def]
    """Hours from the start of a window to a unit's point of no return."""
    return r[r[by.HOURS] + place] - r[r[by.ROLLBACK] + unit] + _ROUNDING


@inner
def slow(a, r, x, unit, place, today):  # type: ignore[no-untyped-def]
    """Whether a link that an event has slowed leaves too little time."""
    if r[by.LINKED] == 0:
        return False
    return hours_of(a, r, x, unit, place, today) > room_of(r, unit, place)


@inner
def refused(a, r, x, sample, key, unit, today):  # type: ignore[no-untyped-def]
    """Why a unit is a no-go at its gate, and how many days of preparation are added; -1 when it may go."""
    place = x[x[by.PLACE] + unit]
    chance = r[r[by.NO_CHANCE] + unit]
    number = x[x[by.GATES_HELD] + unit]
    x[x[by.GATES_HELD] + unit] = number + 1
    more = unready(a, r, x, unit, place, today)
    if chance > 0 and drawn(r, sample, key, try_dimension(r, unit, number, 0)) < chance:
        return by.DECIDED, more
    if awaiting(r, x, unit, today):
        return by.AWAITED, more
    if more > 0:
        return by.UNREADY, more
    if shut(a, r, x, unit, place, today):
        return by.SHUT, 0
    if short_of_days(a, r, x, unit, place, today):
        return by.EFFORT, 0
    return called_off(a, r, x, unit, place, today), 0


@inner
def called_off(a, r, x, unit, place, today):  # type: ignore[no-untyped-def]
    """Why a unit cannot begin as things stand on a day; -1 when it can."""
    if shut(a, r, x, unit, place, today):
        return by.SHUT
    if short_of_people(a, r, x, unit, place, today):
        return by.PEOPLE
    return by.TRAFFIC if slow(a, r, x, unit, place, today) else by.NOTHING


@inner
def undone(a, r, x, sample, key, unit, today):  # type: ignore[no-untyped-def]
    """Why a unit that has begun is rolled back; -1 when it is not."""
    number = x[x[by.CUTOVERS_HELD] + unit]
    x[x[by.CUTOVERS_HELD] + unit] = number + 1
    place, spread = x[x[by.PLACE] + unit], r[r[by.WORK_SPREAD] + unit]
    if spread >= 0:
        share = quantile(r, spread, drawn(r, sample, key, try_dimension(r, unit, number, 2)))
        hours = hours_of(a, r, x, unit, place, today)
        if share > by.WHOLE and hours * share // by.WHOLE > room_of(r, unit, place):
            return by.OVERRUN
    tried = number + r[r[by.ATTEMPTS] + unit]
    chance = r[r[by.BACK_CHANCE] + unit] if tried == 0 else r[r[by.BACK_NEXT] + unit]
    if chance > 0 and drawn(r, sample, key, try_dimension(r, unit, number, 1)) < chance:
        return by.BACK
    return by.NOTHING
