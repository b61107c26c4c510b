"""Compiled steps of the walk through the waves that can follow one moved set. Arrays are those of `exact.kernel`.

Lots that may be in the wave wait in a given order. At each depth of the walk one more of them has joined, and those
that were passed over since the depth before stay unmoved: their ties to what has moved are cut for sure.

The rows of `tracks` [TRACKS × SUMS]; of `loads` those below SUMS are what has moved by depth, from SUMS on what all
that wait from an index on take.
"""

from __future__ import annotations

from waveplan.engine.compiled import inner
from waveplan.engine.proofs.exact.set_kernel import cut_of, tied, under, within

TRACKS = 8
WAITING, LEFT = 0, 1  # by index: the lots that wait; the least that those from there on can be asked for
CHOSEN, CUTS, NEXT = 2, 3, 4  # by depth: what has moved, its cut, the index that is tried next
STAYING, SURE, PAID = 5, 6, 7  # by depth: what stays unmoved, what is cut for sure, what the wave's lots are asked for
SUMS = 64  # most lots in a walk


@inner
def gather(moved, core, turn, by_lot, order, tracks):  # type: ignore[no-untyped-def]
    """The lots that may be in the wave.

    Returns how many, the index of the last that must be in it, and that of the last of the core, or -1 for neither;
    so many are -1 when one that must be in it may not.
    """
    count, forced, settled, missing = 0, -1, -1, turn[1] & ~moved
    tracks[STAYING, 0] = ((1 << order.shape[0]) - 1) & ~moved
    for lot in order:
        if (turn[0] >> lot) & 1 and not (moved >> lot) & 1 and by_lot[lot, 1] & ~moved == 0:
            tracks[WAITING, count] = lot
            if (core >> lot) & 1:
                settled = count
            tracks[STAYING, 0] ^= 1 << lot
            if (turn[1] >> lot) & 1:
                forced = count
                missing ^= 1 << lot
            count += 1
    return (count if missing == 0 else -1), forced, settled


@inner
def begin(moved, count, near, ask, amounts, order, tracks, loads):  # type: ignore[no-untyped-def]
    """Nothing has joined the wave yet."""
    lots, words = order.shape[0], amounts.shape[1]
    tracks[CHOSEN, 0], tracks[CUTS, 0], tracks[NEXT, 0], tracks[PAID, 0] = moved, cut_of(near, moved), 0, 0
    tracks[SURE, 0], tracks[LEFT, count] = 0, 0
    for word in range(words):
        loads[SUMS + count, word], loads[0, word] = 0, 0
    for index in range(count - 1, -1, -1):
        lot = tracks[WAITING, index]
        tracks[LEFT, index] = tracks[LEFT, index + 1] + min(0, ask[lot])
        for word in range(words):
            loads[SUMS + index, word] = loads[SUMS + index + 1, word] + amounts[lot, word]
    for lot in range(lots):
        if (moved >> lot) & 1:
            for word in range(words):
                loads[0, word] += amounts[lot, word]
        elif (tracks[STAYING, 0] >> lot) & 1:
            tracks[SURE, 0] += tied(near, lot, moved)


@inner
def least_asked(depth, at, pledge, tracks):  # type: ignore[no-untyped-def]
    """The least that the wave's lots are asked for when those from an index on may still join."""
    return max(tracks[PAID, depth] + tracks[LEFT, at], -pledge)


@inner
def worth_it(depth, at, count, days, to_come, spare, row, amounts, tracks, loads):  # type: ignore[no-untyped-def]
    """Whether lots from an index on may still join: for less than is spare, and all of them up to the floor."""
    if at >= count:
        return False
    if days * tracks[SURE, depth] + to_come[tracks[CHOSEN, depth] & (to_come.shape[0] - 1)] >= spare:
        return False
    words, guard = amounts.shape[1], amounts[amounts.shape[0] - 1]
    for word in range(words):
        if ((loads[depth, word] + loads[SUMS + at, word] - row[words + word]) & guard[word]) != guard[word]:
            return False
    return True


@inner
def decide(depth, lot, near, ask, tracks):  # type: ignore[no-untyped-def]
    """What is cut, sure, and asked for, with a lot at the next depth; and without it from now on at this one."""
    staying, ties = tracks[STAYING, depth], tied(near, lot, tracks[CHOSEN, depth])
    tracks[CUTS, depth + 1] = tracks[CUTS, depth] + near[lot, near.shape[1] - 1, 0] - 2 * ties
    tracks[STAYING, depth + 1] = staying
    tracks[SURE, depth + 1] = tracks[SURE, depth] + tied(near, lot, staying)
    tracks[PAID, depth + 1] = tracks[PAID, depth] + ask[lot]
    tracks[STAYING, depth] = staying | (1 << lot)
    tracks[SURE, depth] += ties


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
