"""A change: some lots and where they go, tried under every rule and taken back at the first that it breaks."""

from __future__ import annotations

from waveplan.engine.compiling.compiled import inner
from waveplan.engine.search import layout as at
from waveplan.engine.search.kernel.booking import UNPLACED, book_change
from waveplan.engine.search.kernel.care import cared_for, span
from waveplan.engine.search.kernel.groups import lead_change
from waveplan.engine.search.kernel.sequence import place_change, risk, settle
from waveplan.engine.search.kernel.values import may_use, ordered, shift, shift_back, stretched
from waveplan.engine.search.kernel.windows import fits_windows

STRICT = -1.0  # as weight of the penalty: none may be added


@inner
def list_lot(s, n, lot, to):  # type: ignore[no-untyped-def]
    """Write the n-th lot of a change down; returns how many there are then."""
    s[s[at.CHANGE_LOT] + n] = lot
    s[s[at.CHANGE_TO] + n] = to
    s[s[at.CHANGE_FROM] + n] = s[s[at.POS] + lot]
    return n + 1


@inner
def list_wave(a, s, n, position, to):  # type: ignore[no-untyped-def]
    """Write all lots of a wave down."""
    row = s[at.MEMBERS] + position * a[at.LOTS]
    for index in range(s[s[at.HELD] + position]):
        n = list_lot(s, n, s[row + index], to)
    return n


@inner
def allowed(a, s, n):  # type: ignore[no-untyped-def]
    """Whether every lot of a change may be where it goes, by its own rules."""
    for index in range(n):
        to = s[s[at.CHANGE_TO] + index]
        if to >= 0 and not may_use(a, s[s[at.CHANGE_LOT] + index], to):
            return False
    return True


@inner
def looked_through(a, s, n):  # type: ignore[no-untyped-def]
    """The rules that are looked at wave by wave, around every position that a change touches."""
    for index in range(2 * n):
        position = s[s[at.CHANGE_TO if index < n else at.CHANGE_FROM] + index % n]
        if position >= 0:
            span(a, s, position)
    for index in range(2 * n):
        position = s[s[at.CHANGE_TO if index < n else at.CHANGE_FROM] + index % n]
        if position >= 0 and not (cared_for(a, s, position) and fits_windows(a, s, position)):
            return False
    return True


@inner
def gain_of(a, value, moved, risk):  # type: ignore[no-untyped-def]
    """How the goal changes."""
    if a[at.GOAL] == at.COEXISTENCE:
        return value
    if a[at.GOAL] == at.CRITICALITY_RISK:
        return risk
    return moved if a[at.GOAL] == at.MOVED_LOTS else 0


@inner
def note_best(a, s):  # type: ignore[no-untyped-def]
    """Keep the plan if it is the best so far: less penalty first, then the goal."""
    value = gain_of(a, s[at.VALUE], s[at.MOVED], s[at.RISK])
    if s[at.PENALTY] < s[at.BEST_PENALTY] or (s[at.PENALTY] == s[at.BEST_PENALTY] and value < s[at.BEST_VALUE]):
        s[at.BEST_PENALTY], s[at.BEST_VALUE] = s[at.PENALTY], value
        for lot in range(a[at.LOTS]):
            s[s[at.BEST] + lot] = s[s[at.POS] + lot]


@inner
def acceptable(weight, gain, penalty, allowance):  # type: ignore[no-untyped-def]
    """Whether a change may be made: strictly, no penalty is added; else it is weighed against the goal."""
    if weight < 0.0:
        return penalty <= 0 and gain <= allowance
    return gain + weight * penalty <= allowance


@inner
def too_dear(a, s, n, allowance):  # type: ignore[no-untyped-def]
    """Whether one lot that moves, or two that do, worsen coexistence by more than that; only looks."""
    lot, to = s[s[at.CHANGE_LOT]], s[s[at.CHANGE_TO]]
    gain = stretched(a, s, lot, to, at.NOWHERE, 0)
    if n == 2 and to >= 0:
        gain += stretched(a, s, s[s[at.CHANGE_LOT] + 1], s[s[at.CHANGE_TO] + 1], lot, a[a[at.DAY] + to])
    return gain > allowance


@inner
def try_change(a, s, n, allowance, weight):  # type: ignore[no-untyped-def]
    """Make the change that is written down, if the goal worsens by no more than that and no rule is broken."""
    if n <= 2 and weight < 0.0 and a[at.GOAL] == at.COEXISTENCE and too_dear(a, s, n, allowance):
        return False  # most changes end here
    if not allowed(a, s, n):
        return False
    value, moved = shift(a, s, n)
    gain = gain_of(a, value, moved, 0)  # of risk nothing is known before waves are numbered
    fine = weight >= 0.0 or gain <= allowance
    fine = fine and (value <= 0 or s[at.VALUE] + value <= a[at.MOST_VALUE])
    fine = fine and (moved <= 0 or s[at.MOVED] + moved <= a[at.MOST_MOVED])
    for index in range(n):
        fine = fine and ordered(a, s, s[s[at.CHANGE_LOT] + index])
    if not fine:
        shift_back(a, s, n)
        return False
    penalty, placed = s[at.PENALTY], s[at.PLACED]
    book_change(a, s, n, at.IN)
    lead_change(a, s, n, at.IN)
    place_change(a, s, n, at.IN)
    fine = settle(a, s, n)
    riskier = risk(a, s) - s[at.RISK]
    fine = fine and (riskier <= 0 or s[at.RISK] + riskier <= a[at.MOST_RISK])
    gain = gain_of(a, value, moved, riskier)
    penalty = s[at.PENALTY] - penalty
    if weight < 0.0:
        penalty += UNPLACED * (s[at.PLACED] - placed)  # that a lot finds a place makes up for no limit
    fine = fine and acceptable(weight, gain, penalty, allowance)
    if fine and (a[at.DEEP] == 0 or looked_through(a, s, n)):
        s[at.VALUE] += value
        s[at.MOVED] += moved
        s[at.RISK] += riskier
        note_best(a, s)
        return True
    take_back(a, s, n)
    return False


@inner
def take_back(a, s, n):  # type: ignore[no-untyped-def]
    """Undo a change that has been booked and placed."""
    place_change(a, s, n, at.OUT)
    book_change(a, s, n, at.OUT)
    lead_change(a, s, n, at.OUT)
    shift_back(a, s, n)
    settle(a, s, n)  # the numbers as they were; rules held then
    if a[at.DEEP]:
        for index in range(2 * n):
            position = s[s[at.CHANGE_TO if index < n else at.CHANGE_FROM] + index % n]
            if position >= 0:
                span(a, s, position)
