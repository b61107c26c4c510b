"""What Python calls: take up a plan, place lots in order, anneal."""

from __future__ import annotations

import numpy as np

from waveplan.engine.compiling.compiled import compiled, flat
from waveplan.engine.search import layout as at
from waveplan.engine.search.kernel.booking import UNPLACED, book, excess, fits, wake
from waveplan.engine.search.kernel.care import cared_for, span
from waveplan.engine.search.kernel.chance import draw, pick
from waveplan.engine.search.kernel.changes import gain_of, list_lot, note_best, try_change
from waveplan.engine.search.kernel.groups import lead, regroup, reopen, waits_for_group
from waveplan.engine.search.kernel.proposals import busy, one_or_two, target, three, whole_waves
from waveplan.engine.search.kernel.sequence import enter, ready, renumber, risk, set_stage
from waveplan.engine.search.kernel.values import may_use, ordered
from waveplan.engine.search.kernel.windows import fits_window

_ANY = 1e300  # an allowance that allows everything


@compiled
def begin(a, s, budgets):  # type: ignore[no-untyped-def]
    """Take up the plan that stands in `s[POS]`: work everything out from nothing.

    Returns whether it keeps every rule that is never given up in a search; what is over a limit is in the penalty.
    """
    a, s = flat(a), flat(s)
    for row in range(budgets):
        s[s[at.AWAKE] + row] = 1 - a[a[at.ASLEEP] + row]
        if s[s[at.AWAKE] + row]:
            s[at.PENALTY] += excess(-a[a[at.LIMIT] + row], a[a[at.LIMIT_DIVISOR] + row])
    for position in range(a[at.POSITIONS]):
        set_stage(a, s, position, a[a[at.STREAM_OF] + position] * a[at.STAGES])
    for lot in range(a[at.LOTS]):
        position = s[s[at.POS] + lot]
        s[s[at.LOT_DAY] + lot] = a[a[at.DAY] + position] if position >= 0 else at.NO_DAY
        if a[a[at.HOME_DAY] + lot] != at.NO_DAY:
            s[at.MOVED] += int(s[s[at.LOT_DAY] + lot] != a[a[at.HOME_DAY] + lot])
        if position < 0:
            s[at.PENALTY] += UNPLACED
        else:
            enter(a, s, lot, position)
            book(a, s, lot, position, at.IN)
            regroup(a, s, lot, position, at.IN)
            lead(a, s, lot, position, at.IN)
            reopen(a, s, lot)
    for position in range(a[at.POSITIONS]):
        if s[s[at.HELD] + position] > 0:
            s[s[at.ORDINAL] + position] = 1
            s[at.WAVES] += 1
            wake(a, s, position, at.IN)
        span(a, s, position)
    fine = s[at.WAVES] <= a[at.MOST_WAVES]
    for stream in range(a[at.STREAMS]):
        fine = renumber(a, s, stream) and fine
        fine = ready(a, s, stream) and fine
    s[at.RISK] = risk(a, s)
    for lot in range(a[at.LOTS]):
        position = s[s[at.POS] + lot]
        fine = fine and ordered(a, s, lot) and (position < 0 or may_use(a, lot, position))
        for index in range(a[a[at.TIE_PTR] + lot], a[a[at.TIE_PTR] + lot + 1]):
            other = a[a[at.TIE] + 2 * index]
            if other > lot and position >= 0 and s[s[at.POS] + other] >= 0:
                s[at.VALUE] += a[a[at.TIE] + 2 * index + 1] * abs(s[s[at.LOT_DAY] + lot] - s[s[at.LOT_DAY] + other])
    for position in range(a[at.POSITIONS] if a[at.DEEP] else 0):
        if s[s[at.HELD] + position] > 0:
            fine = fine and cared_for(a, s, position) and fits_window(a, s, position)
    s[at.BEST_VALUE] = gain_of(a, s[at.VALUE], s[at.MOVED], s[at.RISK])
    s[at.BEST_PENALTY] = s[at.PENALTY] + 1
    note_best(a, s)
    return fine


@compiled
def insert(a, s, calendar, order, weight):  # type: ignore[no-untyped-def]
    """Place lots that are nowhere: position by position, in an order, where what comes before them has a place.

    With a weight of the penalty (else `STRICT`) limits may be exceeded. Returns how many lots are still nowhere.
    """
    a, s = flat(a), flat(s)
    for position in calendar:
        for lot in order:
            if s[s[at.POS] + lot] >= 0 or a[a[at.LOT_STREAM] + lot] != a[a[at.STREAM_OF] + position]:
                continue
            if not may_use(a, lot, position) or (weight < 0.0 and not fits(a, s, lot, position)):
                continue
            waits = waits_for_group(a, s, lot)
            for index in range(a[a[at.BEFORE_PTR] + lot], a[a[at.BEFORE_PTR] + lot + 1]):
                entry = a[at.BEFORE] + 5 * index
                waits = waits or (a[entry + 4] == 1 and s[s[at.POS] + a[entry]] < 0)
            if not waits:
                try_change(a, s, list_lot(s, at.NONE, lot, position), _ANY, weight)
    left = 0
    for lot in order:
        left += int(s[s[at.POS] + lot] < 0)
    return left


@compiled
def anneal(a, s, trials, hot, cold, weight, halt):  # type: ignore[no-untyped-def]
    """Try so many changes while the temperature falls from hot to cold; `s[BEST]` keeps the best plan seen.

    `weight` is what a unit of penalty costs, `STRICT` when none may be added; `halt` [1] is 0 until it is to end.
    Returns how many changes were made.
    """
    a, s, halt = flat(a), flat(s), flat(halt)
    made, heat, strict = 0, hot, weight < 0.0
    cooling = (cold / hot) ** (256.0 / max(256, trials))
    waves = 0.002 if busy(a, s) else 0.2
    for trial in range(trials):
        if trial % 256 == 255:
            heat *= cooling
            if halt[0] != 0:
                break
        lot = pick(s, a[at.LOTS])
        to = target(a, s, lot)
        if to < 0:
            continue
        kind, allowance = draw(s), -heat * np.log(max(1e-300, draw(s)))
        if kind < waves:
            n = whole_waves(a, s, lot, to)
        elif kind < 0.9:
            n = one_or_two(a, s, lot, to, strict, allowance)
        else:
            n = three(a, s, lot, to, strict)
        if n > 0 and try_change(a, s, n, allowance, weight):
            made += 1
    return made
