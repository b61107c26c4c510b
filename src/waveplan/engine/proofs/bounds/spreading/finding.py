"""Compiled search for rows that the lengths break: shortest paths along ties and leaps, and stars, pairs and balls.

Arrays are those of `spreading.kernel`.
"""

from __future__ import annotations

import math

from waveplan.engine.compiling.compiled import inner
from waveplan.engine.proofs.bounds.spreading.heap import sift_down, sift_up
from waveplan.engine.proofs.bounds.spreading.leaps import LENGTH

_CLASS, _START, _END, _BEGIN = 0, 1, 2, 3  # of `SpreadingGround.lots`
ORDER, TIE, BEFORE = 0, 1, 2  # of `Track.tree`
STAR, BALL, PAIR = 0, 1, 2
RATIO, COUNT, ROOM, LEAST = 0, 1, 2, 3  # what is known of a row; the count is the other lot in a pair
_TINY = 1e-12  # Σ weight × length is 1; a path is never quite free


@inner
def spread(g, t, source):  # type: ignore[no-untyped-def]
    """Shortest paths from one lot (Dijkstra 1959); where a lot is reached already, its reach becomes negative."""
    heap, reach, lots, via, back = t.reach[0], t.reach[1], t.waiting[0], t.waiting[1], t.waiting[2]
    for lot in range(g.size.shape[1]):
        reach[lot] = math.inf
    heap[0], lots[0] = 0.0, source
    reach[source], via[source], back[source] = 0.0, 0, source
    size, rank = 1, 0
    while size > 0:
        here, distance = lots[0], heap[0]
        size -= 1
        sift_down(heap, lots, size, heap[size], lots[size])
        if reach[here] < 0.0:
            continue
        reach[here] = -1.0
        t.far[source, here] = distance
        t.tree[ORDER, source, rank] = here
        t.tree[TIE, source, rank] = via[here]
        t.tree[BEFORE, source, rank] = back[here]
        rank += 1
        for index in range(g.lots[here, _BEGIN], g.lots[here + 1, _BEGIN]):
            there, tie = g.near[index, 0], g.near[index, 1]
            at = distance + t.ways[LENGTH, tie] + _TINY
            if at < reach[there]:
                reach[there], via[there], back[there] = at, tie, here
                sift_up(heap, lots, size, at, there)
                size += 1


@inner
def note(row, ratio, count, room, least):  # type: ignore[no-untyped-def]
    """Keep a row if it is broken more than the one that is there."""
    if ratio > row[RATIO]:
        row[RATIO] = ratio
        row[COUNT] = count
        row[ROOM] = room
        row[LEAST] = least


@inner
def find_stars(g, t, first, skip):  # type: ignore[no-untyped-def]
    """Around every skip-th lot, the most broken row about the lots nearest to it, and about one that can't be near."""
    rooms, count = g.size.shape
    for lot in range(first % skip, count, skip):
        if t.halt[0] != 0:
            return
        kind, start, end = g.lots[lot, _CLASS], g.lots[lot, _START], g.lots[lot, _END]
        for room in range(rooms):
            volume, spent = g.size[room, lot], 0.0
            for rank in range(1, count):
                other = t.tree[ORDER, lot, rank]
                size = g.size[room, other]
                volume += size
                spent += size * t.far[lot, other]
                least = g.star[kind, room, int(volume)]
                if size > 0.0 and least > 0.0:
                    note(t.rows[STAR, lot], least / spent, rank, room, least)
        for other in range(count):
            apart = max(g.lots[other, _START] - end, start - g.lots[other, _END])
            if apart > 0:
                note(t.rows[PAIR, lot], apart / t.far[lot, other], other, 0, apart)
    for index in range(g.known.shape[0]):
        lot, other, apart = g.known[index, 0], g.known[index, 1], g.known[index, 2]
        if (lot - first) % skip != 0:
            lot, other = other, lot
        if (lot - first) % skip == 0:
            note(t.rows[PAIR, lot], apart / t.far[lot, other], other, 0, apart)


@inner
def find_balls(g, t, first, stride):  # type: ignore[no-untyped-def]
    """Around every stride-th lot, the most broken row about all pairs of the lots nearest to it.

    Where not all lots have their turn, only the room is looked at that the lot's star breaks most.
    """
    rooms, count = g.size.shape
    for lot in range(first % stride, count, stride):
        if t.halt[0] != 0:
            return
        for room in range(rooms):
            if stride > 1 and room != int(t.rows[STAR, lot, ROOM]):
                continue
            volume, spent = g.size[room, lot], 0.0
            for rank in range(1, count):
                other = t.tree[ORDER, lot, rank]
                size = g.size[room, other]
                if size > 0.0:
                    total = 0.0
                    for before in range(rank):
                        near = t.tree[ORDER, lot, before]
                        total += g.size[room, near] * t.far[other, near]
                    spent += size * total
                    volume += size
                    least = g.ball[room, int(volume)]
                    if least > 0.0:
                        note(t.rows[BALL, lot], least / spent, rank, room, least)
