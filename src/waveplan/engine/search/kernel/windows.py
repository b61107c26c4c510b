"""The window: transfer, cutover, tests and rollback fit it; no item is down too long. Looked at wave by wave."""

from __future__ import annotations

from waveplan.engine.compiling.compiled import inner
from waveplan.engine.search import layout as at


@inner
def longest(a, s, position):  # type: ignore[no-untyped-def]
    """The longest cutover, test and rollback of a position's lots, added up, and their longest transport."""
    cutover, test, rollback, transport = 0, 0, 0, 0
    for index in range(s[s[at.HELD] + position]):
        lot = s[s[at.MEMBERS] + position * a[at.LOTS] + index]
        cutover = max(cutover, a[a[at.CUTOVER] + lot])
        test = max(test, a[a[at.TEST] + lot])
        rollback = max(rollback, a[a[at.ROLLBACK] + lot])
        transport = max(transport, a[a[at.TRANSPORT] + lot])
    return cutover + test + rollback, transport


@inner
def has_any(a, s, position, group):  # type: ignore[no-untyped-def]
    """Whether a wave has a lot of a set; sets are numbered, -1 is everything."""
    if group < 0:
        return s[s[at.HELD] + position] > 0
    row = s[at.MEMBERS] + position * a[at.LOTS]
    for index in range(s[s[at.HELD] + position]):
        lot = s[row + index]
        if (a[a[at.SETS] + group * a[at.LOT_WORDS] + (lot >> 6)] >> (lot & 63)) & 1:
            return True
    return False


@inner
def transfer(a, s, first, last):  # type: ignore[no-untyped-def]
    """Σ weight × amount that lots now put on a link, over some terms."""
    total = 0
    for term in range(first, last):
        pool, position = a[a[at.TERM] + 3 * term], a[a[at.TERM] + 3 * term + 1]
        row = s[at.MEMBERS] + position * a[at.LOTS]
        for index in range(s[s[at.HELD] + position]):
            total += a[a[at.TERM] + 3 * term + 2] * a[a[at.LINK_AMOUNT] + pool * a[at.LOTS] + s[row + index]]
    return total


@inner
def fits_window(a, s, position):  # type: ignore[no-untyped-def]
    """Whether the work of a wave fits its window, on every link, and keeps every item's longest downtime."""
    work, transport = longest(a, s, position)
    if work + transport > a[a[at.HOURS] + position]:
        return False
    for index in range(a[a[at.FIT_PTR] + position], a[a[at.FIT_PTR] + position + 1]):
        fit = a[at.FIT] + 8 * index
        if work < a[fit + 6] or work > a[fit + 7]:
            continue
        if has_any(a, s, position, a[fit + 2]) and has_any(a, s, position, a[fit + 3]):  # noqa: SIM102 - easier to read
            if a[fit] * work + transfer(a, s, a[fit + 4], a[fit + 5]) > a[fit + 1]:
                return False
    for index in range(a[a[at.DOWN_PTR] + position], a[a[at.DOWN_PTR] + position + 1]):
        down = a[at.DOWN] + 5 * index
        if s[s[at.POS] + a[down]] == position and has_any(a, s, position, a[down + 1]):  # noqa: SIM102
            if transfer(a, s, a[down + 3], a[down + 4]) > a[down + 2]:
                return False
    return True


@inner
def fits_windows(a, s, position):  # type: ignore[no-untyped-def]
    """The same for every wave whose window shares a link's time with a position."""
    for index in range(a[a[at.WATCH_PTR] + position], a[a[at.WATCH_PTR] + position + 1]):
        near = a[a[at.WATCH] + index]
        if s[s[at.HELD] + near] > 0 and not fits_window(a, s, near):
            return False
    return True
