"""A change: some lots and where they go, tried under every rule and taken back at the first that it breaks."""

from __future__ import annotations

from waveplan.engine.compiled import inner
from waveplan.engine.search.kernel.booking import UNPLACED, book_change
from waveplan.engine.search.kernel.care import cared_for, span
from waveplan.engine.search.kernel.groups import lead_change
from waveplan.engine.search.kernel.sequence import place_change, risk, settle
from waveplan.engine.search.kernel.values import may_use, ordered, shift, shift_back
from waveplan.engine.search.kernel.windows import fits_windows
from waveplan.engine.search.layout import (
    BEST,
    BEST_PENALTY,
    BEST_VALUE,
    CHANGE_FROM,
    CHANGE_LOT,
    CHANGE_TO,
    COEXISTENCE,
    CRITICALITY_RISK,
    DEEP,
    GOAL,
    HELD,
    IN,
    LOTS,
    MEMBERS,
    MOST_MOVED,
    MOST_RISK,
    MOST_VALUE,
    MOVED,
    MOVED_LOTS,
    OUT,
    PENALTY,
    PLACED,
    POS,
    RISK,
    VALUE,
)

STRICT = -1.0  # as weight of the penalty: none may be added


@inner
def list_lot(s, n, lot, to):  # type: ignore[no-untyped-def]
    """Write the n-th lot of a change down; returns how many there are then."""
    s[s[CHANGE_LOT] + n] = lot
    s[s[CHANGE_TO] + n] = to
    s[s[CHANGE_FROM] + n] = s[s[POS] + lot]
    return n + 1


@inner
def list_wave(a, s, n, position, to):  # type: ignore[no-untyped-def]
    """Write all lots of a wave down."""
    row = s[MEMBERS] + position * a[LOTS]
    for index in range(s[s[HELD] + position]):
        n = list_lot(s, n, s[row + index], to)
    return n


@inner
def allowed(a, s, n):  # type: ignore[no-untyped-def]
    """Whether every lot of a change may be where it goes, by its own rules."""
    for index in range(n):
        to = s[s[CHANGE_TO] + index]
        if to >= 0 and not may_use(a, s[s[CHANGE_LOT] + index], to):
            return False
    return True


@inner
def looked_through(a, s, n):  # type: ignore[no-untyped-def]
    """The rules that are looked at wave by wave, around every position that a change touches."""
    for index in range(2 * n):
        position = s[s[CHANGE_TO if index < n else CHANGE_FROM] + index % n]
        if position >= 0:
            span(a, s, position)
    for index in range(2 * n):
        position = s[s[CHANGE_TO if index < n else CHANGE_FROM] + index % n]
        if position >= 0 and not (cared_for(a, s, position) and fits_windows(a, s, position)):
            return False
    return True


@inner
def gain_of(a, value, moved, risk):  # type: ignore[no-untyped-def]
    """How the goal changes."""
    if a[GOAL] == COEXISTENCE:
        return value
    if a[GOAL] == CRITICALITY_RISK:
        return risk
    return moved if a[GOAL] == MOVED_LOTS else 0


@inner
def note_best(a, s):  # type: ignore[no-untyped-def]
    """Keep the plan if it is the best so far: less penalty first, then the goal."""
    value = gain_of(a, s[VALUE], s[MOVED], s[RISK])
    if s[PENALTY] < s[BEST_PENALTY] or (s[PENALTY] == s[BEST_PENALTY] and value < s[BEST_VALUE]):
        s[BEST_PENALTY], s[BEST_VALUE] = s[PENALTY], value
        for lot in range(a[LOTS]):
            s[s[BEST] + lot] = s[s[POS] + lot]


@inner
def acceptable(weight, gain, penalty, allowance):  # type: ignore[no-untyped-def]
    """Whether a change may be made: strictly, no penalty is added; else it is weighed against the goal."""
    if weight < 0.0:
        return penalty <= 0 and gain <= allowance
    return gain + weight * penalty <= allowance


@inner
def try_change(a, s, n, allowance, weight):  # type: ignore[no-untyped-def]
    """Make the change that is written down, if the goal worsens by no more than that and no rule is broken."""
    if not allowed(a, s, n):
        return False
    value, moved = shift(a, s, n)
    gain = gain_of(a, value, moved, 0)  # of risk nothing is known before waves are numbered
    fine = weight >= 0.0 or gain <= allowance
    fine = fine and (value <= 0 or s[VALUE] + value <= a[MOST_VALUE])
    fine = fine and (moved <= 0 or s[MOVED] + moved <= a[MOST_MOVED])
    for index in range(n):
        fine = fine and ordered(a, s, s[s[CHANGE_LOT] + index])
    if not fine:
        shift_back(a, s, n)
        return False
    penalty, placed = s[PENALTY], s[PLACED]
    book_change(a, s, n, IN)
    lead_change(a, s, n, IN)
    place_change(a, s, n, IN)
    fine = settle(a, s, n)
    riskier = risk(a, s) - s[RISK]
    fine = fine and (riskier <= 0 or s[RISK] + riskier <= a[MOST_RISK])
    gain = gain_of(a, value, moved, riskier)
    penalty = s[PENALTY] - penalty
    if weight < 0.0:
        penalty += UNPLACED * (s[PLACED] - placed)  # that a lot finds a place makes up for no limit
    fine = fine and acceptable(weight, gain, penalty, allowance)
    if fine and (a[DEEP] == 0 or looked_through(a, s, n)):
        s[VALUE] += value
        s[MOVED] += moved
        s[RISK] += riskier
        note_best(a, s)
        return True
    take_back(a, s, n)
    return False


@inner
def take_back(a, s, n):  # type: ignore[no-untyped-def]
    """Undo a change that has been booked and placed."""
    place_change(a, s, n, OUT)
    book_change(a, s, n, OUT)
    lead_change(a, s, n, OUT)
    shift_back(a, s, n)
    settle(a, s, n)  # the numbers as they were; rules held then
    if a[DEEP]:
        for index in range(2 * n):
            position = s[s[CHANGE_TO if index < n else CHANGE_FROM] + index % n]
            if position >= 0:
                span(a, s, position)
