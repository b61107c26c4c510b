"""Compiled leaps: how far at most a lot is behind one that it never comes before.

Dates are on one line: where b is never before a, the days from a to b are no more than any walk from a to b takes that
goes along ties, each at its length, and from a lot back to one that is never after it, for nothing. So two orders that
cross draw near what they join: with a before b and c before d, a to b is no farther than a to d and c to b together.
Such a leap is one more way for shortest paths; what is asked of it is asked of the ties of its walk.

A step back from d to c counts as minus the days from c to d. So it also takes away what is asked of the leap from c to
d, as long as something is: crossing orders that are asked for both are paid for once. How much of each leap was paid
for lately tells how long it seems when rows are chosen; what a row proves does not rest on it.
"""

from __future__ import annotations

import math

from waveplan.engine.compiling.compiled import inner
from waveplan.engine.proofs.bounds.spreading.heap import sift_down, sift_up

LENGTH, FRESH, ASKED, PAID = 0, 1, 2, 3  # of `Track.ways`
EARLIER = 4  # of `Ground.lots`
_BEGIN = 3
WAY, FROM = 0, 1  # of `Track.legs`: a tie, or - 1 - number of a leap that is taken back
_LATELY = 0.05  # of a leap's share that one round tells
_TINY = 1e-12


@inner
def offer(t, number, here, there, way, at, size):  # type: ignore[no-untyped-def]
    """Reach a lot by a way if that is nearer; how many wait then."""
    if at < t.reach[1, there]:
        t.reach[1, there] = at
        t.legs[WAY, number, there] = way
        t.legs[FROM, number, there] = here
        sift_up(t.reach[0], t.waiting[0], size, at, there)
        return size + 1
    return size


@inner
def walk(g, t, source, number):  # type: ignore[no-untyped-def]
    """Shortest walks from a lot along ties and back to what is never later (Dijkstra 1959)."""
    heap, reach, done, lots = t.reach[0], t.reach[1], t.reach[2], t.waiting[0]
    ties = t.ties.shape[1]
    for lot in range(g.size.shape[1]):
        reach[lot] = math.inf
        done[lot] = 0.0
    heap[0], lots[0], reach[source] = 0.0, source, 0.0
    size = 1
    while size > 0:
        here, distance = lots[0], heap[0]
        size -= 1
        sift_down(heap, lots, size, heap[size], lots[size])
        if done[here] > 0.0:
            continue
        done[here] = 1.0
        for index in range(g.lots[here, _BEGIN], g.lots[here + 1, _BEGIN]):
            there, way = g.near[index, 0], g.near[index, 1]
            if way < ties:
                size = offer(t, number, here, there, way, distance + t.ways[LENGTH, way] + _TINY, size)
        for index in range(g.lots[here, EARLIER], g.lots[here + 1, EARLIER]):
            back = g.earlier[index]
            size = offer(t, number, here, g.leaps[back, 0], -1 - back, distance + _TINY, size)


@inner
def find_leaps(g, t, first, skip):  # type: ignore[no-untyped-def]
    """The length of leaps from every skip-th lot that leaps start from; the others are not for this round."""
    ties = t.ties.shape[1]
    source, number = -1, -1
    for leap in range(g.leaps.shape[0]):
        if g.leaps[leap, 0] != source:
            source = g.leaps[leap, 0]
            number += 1
            if t.halt[0] != 0:
                return
            if (number - first) % skip == 0:
                walk(g, t, source, number)
        walked = (number - first) % skip == 0
        t.ways[LENGTH, ties + leap] = t.ways[PAID, ties + leap] * t.reach[1, g.leaps[leap, 1]] if walked else math.inf


@inner
def lay_walk(t, ties, number, source, end, asked):  # type: ignore[no-untyped-def]
    """Lay so much on one walk; from the leaps that it takes back it takes away what is left of theirs."""
    lot = end
    while lot != source:
        way = t.legs[WAY, number, lot]
        if way >= 0:
            t.ways[FRESH, way] += asked
        else:
            t.ways[FRESH, ties - 1 - way] = max(0.0, t.ways[FRESH, ties - 1 - way] - asked)
        lot = t.legs[FROM, number, lot]


@inner
def lay_leaps(g, t):  # type: ignore[no-untyped-def]
    """Lay what is asked of leaps on the ties of their walks."""
    ties = t.ties.shape[1]
    for way in range(ties, t.ways.shape[1]):
        t.ways[ASKED, way] = t.ways[FRESH, way]
    source, number = -1, -1
    for leap in range(g.leaps.shape[0]):
        if g.leaps[leap, 0] != source:
            source = g.leaps[leap, 0]
            number += 1
        asked = t.ways[FRESH, ties + leap]
        if t.ways[ASKED, ties + leap] > 0.0:
            paid = asked / t.ways[ASKED, ties + leap]
            t.ways[PAID, ties + leap] += _LATELY * (paid - t.ways[PAID, ties + leap])
        if asked > 0.0:
            lay_walk(t, ties, number, source, g.leaps[leap, 1], asked)
