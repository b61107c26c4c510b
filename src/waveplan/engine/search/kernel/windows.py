"""The window: transfer, cutover, tests and rollback fit it; no item is down too long. Looked at wave by wave."""

from __future__ import annotations

from waveplan.engine.compiled import inner
from waveplan.engine.search.layout import (
    CUTOVER,
    DOWN,
    DOWN_PTR,
    FIT,
    FIT_PTR,
    HELD,
    HOURS,
    LINK_AMOUNT,
    LOT_WORDS,
    LOTS,
    MEMBERS,
    POS,
    ROLLBACK,
    SETS,
    TERM,
    TEST,
    TRANSPORT,
    WATCH,
    WATCH_PTR,
)


@inner
def longest(a, s, position):  # type: ignore[no-untyped-def]
    """The longest cutover, test and rollback of a position's lots, added up, and their longest transport."""
    cutover, test, rollback, transport = 0, 0, 0, 0
    for index in range(s[s[HELD] + position]):
        lot = s[s[MEMBERS] + position * a[LOTS] + index]
        cutover = max(cutover, a[a[CUTOVER] + lot])
        test = max(test, a[a[TEST] + lot])
        rollback = max(rollback, a[a[ROLLBACK] + lot])
        transport = max(transport, a[a[TRANSPORT] + lot])
    return cutover + test + rollback, transport


@inner
def has_any(a, s, position, group):  # type: ignore[no-untyped-def]
    """Whether a wave has a lot of a set; sets are numbered, -1 is everything."""
    if group < 0:
        return s[s[HELD] + position] > 0
    row = s[MEMBERS] + position * a[LOTS]
    for index in range(s[s[HELD] + position]):
        lot = s[row + index]
        if (a[a[SETS] + group * a[LOT_WORDS] + (lot >> 6)] >> (lot & 63)) & 1:
            return True
    return False


@inner
def transfer(a, s, first, last):  # type: ignore[no-untyped-def]
    """Σ weight × amount that lots now put on a link, over some terms."""
    total = 0
    for term in range(first, last):
        pool, position = a[a[TERM] + 3 * term], a[a[TERM] + 3 * term + 1]
        row = s[MEMBERS] + position * a[LOTS]
        for index in range(s[s[HELD] + position]):
            total += a[a[TERM] + 3 * term + 2] * a[a[LINK_AMOUNT] + pool * a[LOTS] + s[row + index]]
    return total


@inner
def fits_window(a, s, position):  # type: ignore[no-untyped-def]
    """Whether the work of a wave fits its window, on every link, and keeps every item's longest downtime."""
    work, transport = longest(a, s, position)
    if work + transport > a[a[HOURS] + position]:
        return False
    for index in range(a[a[FIT_PTR] + position], a[a[FIT_PTR] + position + 1]):
        fit = a[FIT] + 8 * index
        if work < a[fit + 6] or work > a[fit + 7]:
            continue
        if has_any(a, s, position, a[fit + 2]) and has_any(a, s, position, a[fit + 3]):  # noqa: SIM102 - easier to read
            if a[fit] * work + transfer(a, s, a[fit + 4], a[fit + 5]) > a[fit + 1]:
                return False
    for index in range(a[a[DOWN_PTR] + position], a[a[DOWN_PTR] + position + 1]):
        down = a[DOWN] + 5 * index
        if s[s[POS] + a[down]] == position and has_any(a, s, position, a[down + 1]):  # noqa: SIM102
            if transfer(a, s, a[down + 3], a[down + 4]) > a[down + 2]:
                return False
    return True


@inner
def fits_windows(a, s, position):  # type: ignore[no-untyped-def]
    """The same for every wave whose window shares a link's time with a position."""
    for index in range(a[a[WATCH_PTR] + position], a[a[WATCH_PTR] + position + 1]):
        near = a[a[WATCH] + index]
        if s[s[HELD] + near] > 0 and not fits_window(a, s, near):
            return False
    return True
