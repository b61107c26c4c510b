"""What a change does to the goals, and whether it keeps orders between lots."""

from __future__ import annotations

from waveplan.engine.compiling.compiled import inner
from waveplan.engine.search import layout as at
from waveplan.engine.search.kernel.groups import grouped, regroup


@inner
def may_use(a, lot, position):  # type: ignore[no-untyped-def]
    """Whether a lot's own rules allow it a position."""
    word = a[a[at.ALLOWED] + lot * a[at.WORDS] + (position >> 6)]
    return (word >> (position & 63)) & 1 == 1


@inner
def tied_days(a, s, lot, day):  # type: ignore[no-untyped-def]
    """Coexistence of a lot's ties to lots that have a place, if the lot cuts over on a day."""
    total = 0
    if day == at.NO_DAY:
        return total
    days, tie = s[at.LOT_DAY], a[at.TIE]
    for index in range(a[a[at.TIE_PTR] + lot], a[a[at.TIE_PTR] + lot + 1]):
        other = s[days + a[tie + 2 * index]]
        if other != at.NO_DAY:
            total += a[tie + 2 * index + 1] * abs(day - other)
    return total


@inner
def change_of(a, s, lot, day):  # type: ignore[no-untyped-def]
    """What coexistence changes by when a lot that has a place goes to another day."""
    change = 0
    days, tie = s[at.LOT_DAY], a[at.TIE]
    here = s[days + lot]
    for index in range(a[a[at.TIE_PTR] + lot], a[a[at.TIE_PTR] + lot + 1]):
        other = s[days + a[tie + 2 * index]]
        if other != at.NO_DAY:
            change += a[tie + 2 * index + 1] * (abs(day - other) - abs(here - other))
    return change


@inner
def stretched(a, s, lot, to, moved, day):  # type: ignore[no-untyped-def]
    """What coexistence changes by when a lot goes to a position after another one (or none, -1) has gone to a day.

    Nothing where it or that position is nowhere: what a lot without a place costs is not told here.
    """
    days, tie, here = s[at.LOT_DAY], a[at.TIE], s[s[at.LOT_DAY] + lot]
    change = 0
    if to < 0 or here == at.NO_DAY:
        return change
    there = a[a[at.DAY] + to]
    for index in range(a[a[at.TIE_PTR] + lot], a[a[at.TIE_PTR] + lot + 1]):
        near = a[tie + 2 * index]
        its = day if near == moved else s[days + near]
        if its != at.NO_DAY:
            change += a[tie + 2 * index + 1] * (abs(there - its) - abs(here - its))
    return change


@inner
def put(a, s, lot, to):  # type: ignore[no-untyped-def]
    """Note where a lot is now."""
    origin = s[s[at.POS] + lot]
    if origin >= 0:
        regroup(a, s, lot, origin, at.OUT)
    if to >= 0:
        regroup(a, s, lot, to, at.IN)
    s[s[at.POS] + lot] = to
    s[s[at.LOT_DAY] + lot] = a[a[at.DAY] + to] if to >= 0 else at.NO_DAY


@inner
def shift(a, s, n):  # type: ignore[no-untyped-def]
    """Put the lots of a change where they go; returns how coexistence and the number of moved lots change."""
    value, moved = 0, 0
    for index in range(n):
        lot, to = s[s[at.CHANGE_LOT] + index], s[s[at.CHANGE_TO] + index]
        here = s[s[at.LOT_DAY] + lot]
        there = a[a[at.DAY] + to] if to >= 0 else at.NO_DAY
        if here == at.NO_DAY or there == at.NO_DAY:
            value += tied_days(a, s, lot, there) - tied_days(a, s, lot, here)
        else:
            value += change_of(a, s, lot, there)
        home = a[a[at.HOME_DAY] + lot]
        if home != at.NO_DAY:
            moved += int(here == home) - int(there == home)
        put(a, s, lot, to)
    return value, moved


@inner
def shift_back(a, s, n):  # type: ignore[no-untyped-def]
    """Put the lots of a change back."""
    for index in range(n):
        lot, origin = s[s[at.CHANGE_LOT] + index], s[s[at.CHANGE_FROM] + index]
        put(a, s, lot, origin)


@inner
def in_order(a, order, first, second):  # type: ignore[no-untyped-def]
    """Whether one order, given by its rows, holds with its two lots in two positions."""
    levels, places = a[at.LEVEL], a[at.POSITIONS]
    if a[levels + a[order + 1] * places + second] < a[levels + a[order] * places + first]:
        return False
    row = a[order + 2]
    if row >= 0:
        for index in range(a[a[at.CLASH_PTR] + row + first], a[a[at.CLASH_PTR] + row + first + 1]):
            if a[a[at.CLASH] + index] == second:
                return False
    return True


@inner
def ordered(a, s, lot):  # type: ignore[no-untyped-def]
    """Whether every order and every apart of a lot holds where it now is, towards lots that have a place."""
    pos = s[at.POS]
    mine = s[pos + lot]
    if mine < 0:
        return True
    for index in range(a[a[at.BEFORE_PTR] + lot], a[a[at.BEFORE_PTR] + lot + 1]):
        entry = a[at.BEFORE] + 5 * index
        its = s[pos + a[entry]]
        if its >= 0 and not in_order(a, entry + 1, its, mine):
            return False
    for index in range(a[a[at.AFTER_PTR] + lot], a[a[at.AFTER_PTR] + lot + 1]):
        entry = a[at.AFTER] + 5 * index
        its = s[pos + a[entry]]
        if its >= 0 and not in_order(a, entry + 1, mine, its):
            return False
    for index in range(a[a[at.APART_PTR] + lot], a[a[at.APART_PTR] + lot + 1]):
        if s[pos + a[a[at.APART] + index]] == mine:
            return False
    return grouped(a, s, lot)
