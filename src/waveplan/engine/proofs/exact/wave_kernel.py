"""Compiled steps of the walk through the waves that can follow one moved set. Arrays are those of `exact.kernel`.

Lots that may be in the wave wait in a given order. At each depth of the walk one more of them has joined, and those
that were passed over since the depth before stay unmoved: their ties to what has moved are cut for sure. A lot that is
still open cuts its ties to what has moved if it stays, and those to what stays if it joins, when it is asked for
something, or less than nothing, too: the least of both counts.

The rows of `tracks` [TRACKS × SUMS + 1] are named below; of `loads` those below SUMS are what has moved by depth, from
SUMS on what all that wait from an index on take. `among` [SUMS × SUMS] holds ties between lots that wait, `pulls`
[2 × SUMS + 1 × SUMS] by depth and index those to what has moved and to what stays; both times the days.
"""

from __future__ import annotations

from waveplan.engine.compiling.compiled import inner
from waveplan.engine.proofs.exact.set_kernel import cut_of, tied, under, within

TRACKS = 11
WAITING, ASKED = 0, 1  # by index: the lots that wait, what each is asked for
CHOSEN, CUTS, NEXT = 2, 3, 4  # by depth: what has moved, its cut, the index that is tried next
STAYING, SURE, PAID = 5, 6, 7  # by depth: what stays unmoved, what is cut for sure, what the wave's lots are asked for
OPEN, BARE = 8, 9  # by depth: the least that lots cut and are asked for that are open, and the least that they cut
LEVEL = 10  # by index: how many lots of the core are decided before it
SUMS = 64  # most lots in a walk


@inner
def gather(moved, core, turn, by_lot, order, tracks):  # type: ignore[no-untyped-def]
    """The lots that may be in the wave.

    Returns how many and the index of the last that must be in it, or -1 where none must; so many are -1 when one that
    must be in it may not.
    """
    count, forced, level, missing = 0, -1, 0, turn[1] & ~moved
    tracks[STAYING, 0] = ((1 << order.shape[0]) - 1) & ~moved
    for lot in order:
        if (turn[0] >> lot) & 1 and not (moved >> lot) & 1 and by_lot[lot, 1] & ~moved == 0:
            tracks[WAITING, count], tracks[LEVEL, count] = lot, level
            tracks[STAYING, 0] ^= 1 << lot
            if (turn[1] >> lot) & 1:
                forced = count
                missing ^= 1 << lot
            count += 1
        if (core >> lot) & 1:
            level += 1
    index = count  # once no lot of the core waits any more, all of it are decided
    tracks[LEVEL, count] = level
    while index > 0 and not (core >> tracks[WAITING, index - 1]) & 1:
        index -= 1
        tracks[LEVEL, index] = level
    return (count if missing == 0 else -1), forced


@inner
def begin(moved, count, near, days, ask, weights, amounts, order, tracks, among, pulls, loads):  # type: ignore[no-untyped-def]
    """Nothing has joined the wave yet."""
    words, staying = amounts.shape[1], tracks[STAYING, 0]
    tracks[CHOSEN, 0], tracks[CUTS, 0], tracks[NEXT, 0], tracks[PAID, 0] = moved, cut_of(near, moved), 0, 0
    tracks[SURE, 0], tracks[OPEN, 0], tracks[BARE, 0] = 0, 0, 0
    for word in range(words):
        loads[SUMS + count, word], loads[0, word] = 0, 0
    for index in range(count - 1, -1, -1):
        lot = tracks[WAITING, index]
        tracks[ASKED, index] = ask[lot]
        pulls[0, 0, index], pulls[1, 0, index] = days * tied(near, lot, moved), days * tied(near, lot, staying)
        tracks[OPEN, 0] += min(pulls[0, 0, index], pulls[1, 0, index] + ask[lot])
        tracks[BARE, 0] += min(pulls[0, 0, index], pulls[1, 0, index])
        for after in range(index + 1, count):
            among[index, after] = days * weights[lot, tracks[WAITING, after]]
        for word in range(words):
            loads[SUMS + index, word] = loads[SUMS + index + 1, word] + amounts[lot, word]
    for lot in range(order.shape[0]):
        if (moved >> lot) & 1:
            for word in range(words):
                loads[0, word] += amounts[lot, word]
        elif (staying >> lot) & 1:
            tracks[SURE, 0] += tied(near, lot, moved)


@inner
def least(depth, days, pledge, tracks):  # type: ignore[no-untyped-def]
    """The least that is cut until the next place and asked for; no wave's lots are asked for less than -pledge."""
    paid = max(tracks[PAID, depth] + tracks[OPEN, depth], tracks[BARE, depth] - pledge)
    return days * tracks[SURE, depth] + paid


@inner
def can_reach(depth, at, row, amounts, loads):  # type: ignore[no-untyped-def]
    """Whether all that wait from an index on would bring what has moved up to the floor."""
    words, guard = amounts.shape[1], amounts[amounts.shape[0] - 1]
    for word in range(words):
        if ((loads[depth, word] + loads[SUMS + at, word] - row[words + word]) & guard[word]) != guard[word]:
            return False
    return True


@inner
def decide(depth, at, count, near, tracks, among, pulls):  # type: ignore[no-untyped-def]
    """What is cut and asked for when the lot of an index joins, at the next depth; when it does not, at this one."""
    lot, have, staying = tracks[WAITING, at], tracks[CHOSEN, depth], tracks[STAYING, depth]
    ties = tied(near, lot, have)
    tracks[CUTS, depth + 1] = tracks[CUTS, depth] + near[lot, near.shape[1] - 1, 0] - 2 * ties
    tracks[STAYING, depth + 1] = staying
    tracks[SURE, depth + 1] = tracks[SURE, depth] + tied(near, lot, staying)
    tracks[PAID, depth + 1] = tracks[PAID, depth] + tracks[ASKED, at]
    tracks[STAYING, depth] = staying | (1 << lot)
    tracks[SURE, depth] += ties
    joined, bare_joined, passed, bare_passed = 0, 0, 0, 0
    for index in range(at + 1, count):
        tie, moves, stays = among[at, index], pulls[0, depth, index], pulls[1, depth, index]
        pulls[0, depth + 1, index], pulls[1, depth + 1, index] = moves + tie, stays
        joined += min(moves + tie, stays + tracks[ASKED, index])
        bare_joined += min(moves + tie, stays)
        pulls[1, depth, index] = stays + tie
        passed += min(moves, stays + tie + tracks[ASKED, index])
        bare_passed += min(moves, stays + tie)
    tracks[OPEN, depth + 1], tracks[BARE, depth + 1] = joined, bare_joined
    tracks[OPEN, depth], tracks[BARE, depth] = passed, bare_passed


@inner
def fits(depth, lot, moved, row, turn, by_lot, amounts, touch, weigh, tracks, loads):  # type: ignore[no-untyped-def]
    """Whether a lot may join by orders, pairs, room and unions; if so it has, at the next depth."""
    have, words = tracks[CHOSEN, depth], amounts.shape[1]
    if (by_lot[lot, 0] & ~have) | (by_lot[lot, 2] & (have ^ moved)) != 0:
        return False
    guard, fine = amounts[amounts.shape[0] - 1], True
    for word in range(words):
        loads[depth + 1, word] = loads[depth, word] + amounts[lot, word]
        if ((row[word] + loads[0, word] - loads[depth + 1, word]) & guard[word]) != guard[word]:
            fine = False
    more = have | (1 << lot)
    if not fine or not under(loads[depth + 1], guard, row, 2 * words) or not within(more ^ moved, turn, touch, weigh):
        return False
    tracks[CHOSEN, depth + 1] = more
    return True
