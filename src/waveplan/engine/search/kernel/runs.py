"""What Python calls: take up a plan, place lots in order, anneal."""

from __future__ import annotations

import numpy as np

from waveplan.engine.compiled import compiled
from waveplan.engine.search.kernel.booking import UNPLACED, book, excess, fits, wake
from waveplan.engine.search.kernel.care import cared_for, span
from waveplan.engine.search.kernel.chance import draw, pick
from waveplan.engine.search.kernel.changes import gain_of, list_lot, note_best, try_change
from waveplan.engine.search.kernel.groups import lead, regroup, reopen, waits_for_group
from waveplan.engine.search.kernel.proposals import busy, one_or_two, target, three, whole_waves
from waveplan.engine.search.kernel.sequence import enter, ready, renumber, risk, set_stage
from waveplan.engine.search.kernel.values import may_use, ordered
from waveplan.engine.search.kernel.windows import fits_window
from waveplan.engine.search.layout import (
    ASLEEP,
    AWAKE,
    BEFORE,
    BEFORE_PTR,
    BEST_PENALTY,
    BEST_VALUE,
    DAY,
    DEEP,
    HELD,
    HOME_DAY,
    IN,
    LIMIT,
    LIMIT_DIVISOR,
    LOT_DAY,
    LOT_STREAM,
    LOTS,
    MOST_WAVES,
    MOVED,
    NO_DAY,
    NONE,
    ORDINAL,
    PENALTY,
    POS,
    POSITIONS,
    RISK,
    STAGES,
    STREAM_OF,
    STREAMS,
    TIE,
    TIE_PTR,
    VALUE,
    WAVES,
)

_ANY = 1e300  # an allowance that allows everything


@compiled
def begin(a, s, budgets):  # type: ignore[no-untyped-def]
    """Take up the plan that stands in `s[POS]`: work everything out from nothing.

    Returns whether it keeps every rule that is never given up in a search; what is over a limit is in the penalty.
    """
    for row in range(budgets):
        s[s[AWAKE] + row] = 1 - a[a[ASLEEP] + row]
        if s[s[AWAKE] + row]:
            s[PENALTY] += excess(-a[a[LIMIT] + row], a[a[LIMIT_DIVISOR] + row])
    for position in range(a[POSITIONS]):
        set_stage(a, s, position, a[a[STREAM_OF] + position] * a[STAGES])
    for lot in range(a[LOTS]):
        position = s[s[POS] + lot]
        s[s[LOT_DAY] + lot] = a[a[DAY] + position] if position >= 0 else NO_DAY
        if a[a[HOME_DAY] + lot] != NO_DAY:
            s[MOVED] += int(s[s[LOT_DAY] + lot] != a[a[HOME_DAY] + lot])
        if position < 0:
            s[PENALTY] += UNPLACED
        else:
            enter(a, s, lot, position)
            book(a, s, lot, position, IN)
            regroup(a, s, lot, position, IN)
            lead(a, s, lot, position, IN)
            reopen(a, s, lot)
    for position in range(a[POSITIONS]):
        if s[s[HELD] + position] > 0:
            s[s[ORDINAL] + position] = 1
            s[WAVES] += 1
            wake(a, s, position, IN)
        span(a, s, position)
    fine = s[WAVES] <= a[MOST_WAVES]
    for stream in range(a[STREAMS]):
        fine = renumber(a, s, stream) and fine
        fine = ready(a, s, stream) and fine
    s[RISK] = risk(a, s)
    for lot in range(a[LOTS]):
        position = s[s[POS] + lot]
        fine = fine and ordered(a, s, lot) and (position < 0 or may_use(a, lot, position))
        for index in range(a[a[TIE_PTR] + lot], a[a[TIE_PTR] + lot + 1]):
            other = a[a[TIE] + 2 * index]
            if other > lot and position >= 0 and s[s[POS] + other] >= 0:
                s[VALUE] += a[a[TIE] + 2 * index + 1] * abs(s[s[LOT_DAY] + lot] - s[s[LOT_DAY] + other])
    for position in range(a[POSITIONS] if a[DEEP] else 0):
        if s[s[HELD] + position] > 0:
            fine = fine and cared_for(a, s, position) and fits_window(a, s, position)
    s[BEST_VALUE] = gain_of(a, s[VALUE], s[MOVED], s[RISK])
    s[BEST_PENALTY] = s[PENALTY] + 1
    note_best(a, s)
    return fine


@compiled
def insert(a, s, calendar, order, weight):  # type: ignore[no-untyped-def]
    """Place lots that are nowhere: position by position, in an order, where what comes before them has a place.

    With a weight of the penalty (else `STRICT`) limits may be exceeded. Returns how many lots are still nowhere.
    """
    for position in calendar:
        for lot in order:
            if s[s[POS] + lot] >= 0 or a[a[LOT_STREAM] + lot] != a[a[STREAM_OF] + position]:
                continue
            if not may_use(a, lot, position) or (weight < 0.0 and not fits(a, s, lot, position)):
                continue
            waits = waits_for_group(a, s, lot)
            for index in range(a[a[BEFORE_PTR] + lot], a[a[BEFORE_PTR] + lot + 1]):
                entry = a[BEFORE] + 5 * index
                waits = waits or (a[entry + 4] == 1 and s[s[POS] + a[entry]] < 0)
            if not waits:
                try_change(a, s, list_lot(s, NONE, lot, position), _ANY, weight)
    left = 0
    for lot in order:
        left += int(s[s[POS] + lot] < 0)
    return left


@compiled
def anneal(a, s, trials, hot, cold, weight):  # type: ignore[no-untyped-def]
    """Try so many changes while the temperature falls from hot to cold; `s[BEST]` keeps the best plan seen.

    `weight` is what a unit of penalty costs, `STRICT` when none may be added. Returns how many changes were made.
    """
    made, heat, strict = 0, hot, weight < 0.0
    cooling = (cold / hot) ** (256.0 / max(256, trials))
    waves = 0.01 if busy(a, s) else 0.2
    for trial in range(trials):
        if trial % 256 == 255:
            heat *= cooling
        lot = pick(s, a[LOTS])
        to = target(a, s, lot)
        if to < 0:
            continue
        kind = draw(s)
        if kind < waves:
            n = whole_waves(a, s, lot, to)
        elif kind < 0.9:
            n = one_or_two(a, s, lot, to, strict)
        else:
            n = three(a, s, lot, to, strict)
        if n > 0:
            allowance = -heat * np.log(max(1e-300, draw(s)))
            if try_change(a, s, n, allowance, weight):
                made += 1
    return made
