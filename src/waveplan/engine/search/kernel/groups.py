"""Groups: orders between all of some lots and all of some others, and preludes to the first of some."""

from __future__ import annotations

from waveplan.engine.compiling.compiled import inner
from waveplan.engine.search import layout as at
from waveplan.engine.search.kernel.booking import book_pools

_MISPLACED = 1_000  # the penalty of a prelude that does not suit its day: as much as a limit doubled


@inner
def regroup(a, s, lot, position, sign):  # type: ignore[no-untyped-def]
    """Count a lot into (1) or out of (-1) the orders between groups that it takes part in, from a position."""
    levels = a[at.LEVELS]
    for index in range(a[a[at.GROUP_PTR] + lot], a[a[at.GROUP_PTR] + lot + 1]):
        entry = a[at.GROUP] + 3 * index
        order, level = a[entry], a[a[at.LEVEL] + a[entry + 1] * a[at.POSITIONS] + position]
        if a[entry + 2]:
            counts, least = s[at.STARTS] + order * levels, s[at.STARTS_LEAST] + order
            s[counts + level] += sign
            if sign > 0:
                s[least] = min(s[least], level)
            while s[least] < levels and s[counts + s[least]] == 0:
                s[least] += 1
        else:
            counts, most = s[at.UNTIL] + order * levels, s[at.UNTIL_MOST] + order
            s[counts + level] += sign
            s[s[at.GONE_FIRST] + order] += sign
            if sign > 0:
                s[most] = max(s[most], level)
            while s[most] >= 0 and s[counts + s[most]] == 0:
                s[most] -= 1


@inner
def grouped(a, s, lot):  # type: ignore[no-untyped-def]
    """Whether every order between groups holds that a lot takes part in."""
    for index in range(a[a[at.GROUP_PTR] + lot], a[a[at.GROUP_PTR] + lot + 1]):
        order = a[a[at.GROUP] + 3 * index]
        least = s[s[at.STARTS_LEAST] + order]
        if least < a[at.LEVELS] and s[s[at.UNTIL_MOST] + order] > least:
            return False
    return True


@inner
def waits_for_group(a, s, lot):  # type: ignore[no-untyped-def]
    """Whether some lot that must come before a lot's group has no place yet."""
    for index in range(a[a[at.GROUP_PTR] + lot], a[a[at.GROUP_PTR] + lot + 1]):
        order = a[a[at.GROUP] + 3 * index]
        if a[a[at.GROUP] + 3 * index + 2] and s[s[at.GONE_FIRST] + order] < a[a[at.FIRSTS] + order]:
            return True
    return False


@inner
def lead(a, s, lot, position, sign):  # type: ignore[no-untyped-def]
    """Count a lot into (1) or out of (-1) the days of its preludes."""
    for index in range(a[a[at.LEAD_PTR] + lot], a[a[at.LEAD_PTR] + lot + 1]):
        prelude = a[a[at.LEAD] + index]
        s[s[at.LED] + prelude * a[at.DAYS] + a[a[at.DAY_INDEX] + position]] += sign


@inner
def reopen(a, s, lot):  # type: ignore[no-untyped-def]
    """Put each prelude of a lot before the first lot that it now has."""
    for index in range(a[a[at.LEAD_PTR] + lot], a[a[at.LEAD_PTR] + lot + 1]):
        prelude = a[a[at.LEAD] + index]
        row, before, now = s[at.LED] + prelude * a[at.DAYS], s[s[at.FIRST] + prelude], 0
        while now < a[at.DAYS] and s[row + now] == 0:
            now += 1
        if now == a[at.DAYS]:
            now = at.NOWHERE
        if now != before:
            opens = a[at.OPENS] + prelude * a[at.DAYS]
            if before >= 0:
                book_pools(a, s, a[at.LOTS] + prelude, a[a[at.DAY_PLACE] + before], at.OUT)
                s[at.PENALTY] -= _MISPLACED * (1 - a[opens + before])
            if now >= 0:
                book_pools(a, s, a[at.LOTS] + prelude, a[a[at.DAY_PLACE] + now], at.IN)
                s[at.PENALTY] += _MISPLACED * (1 - a[opens + now])
            s[s[at.FIRST] + prelude] = now


@inner
def lead_change(a, s, n, sign):  # type: ignore[no-untyped-def]
    """What a change (1), or taking it back (-1), does to preludes."""
    for index in range(n):
        lot, origin, to = s[s[at.CHANGE_LOT] + index], s[s[at.CHANGE_FROM] + index], s[s[at.CHANGE_TO] + index]
        if origin >= 0:
            lead(a, s, lot, origin, -sign)
        if to >= 0:
            lead(a, s, lot, to, sign)
    for index in range(n):
        reopen(a, s, s[s[at.CHANGE_LOT] + index])
