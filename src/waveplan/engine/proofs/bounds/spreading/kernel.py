"""Compiled rounds of the spreading bound: shortest paths, rows that the lengths break, a step to break fewer.

The linear programme behind it: one length for each tie, at least the days between its two lots; least Σ weight ×
length, subject to rows Σ coefficient × length ≥ days that any plan must spend. All coefficients are ≥ 0, so its dual
packs rows into the ties' weights. `load` is a mixture of rows, each scaled to ask for one day: if no tie carries more
than `most` times its weight, 1 ÷ most days are proven. Each round mixes in the rows that the present lengths break most
(Frank and Wolfe 1956, on the smoothed maximum; fractional packing after Plotkin, Shmoys and Tardos 1995). Everything
added is ≥ 0, nothing cancels, so what floating point loses is far below the margin that the caller leaves.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from waveplan.engine.compiling.compiled import compiled, inner
from waveplan.engine.proofs.bounds.spreading.finding import (
    BEFORE,
    COUNT,
    LEAST,
    ORDER,
    PAIR,
    RATIO,
    ROOM,
    STAR,
    TIE,
    find_balls,
    find_stars,
    spread,
)
from waveplan.engine.proofs.bounds.spreading.leaps import FRESH, LENGTH, find_leaps, lay_leaps

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Singles = NDArray[np.float32]
Places = NDArray[np.int32]

LOAD, WEIGHT = 0, 1  # of `Track.ties`
_TAKEN = 0.9  # rows this near to the most broken one are mixed in
_SMOOTHING, _LEAST_SMOOTHING, _COOLING = 0.2, 0.004, 30.0
_HALVINGS = 14  # of the range in which the best step is looked for


class SpreadingGround(NamedTuple):
    """One connected part of the ties, and what its lots ask of the calendar."""

    near: Ints  # neighbour, way: ties first, then leaps
    lots: Ints  # by lot, and one entry more: class of its window, first and last day, begins of neighbours and earlier
    size: Floats  # room × lot
    star: Floats  # class × room × volume: least Σ volume × days around such a lot
    ball: Floats  # room × volume: least Σ volume × volume × days between
    known: Ints  # lot, lot, days that they are apart in any plan
    leaps: Ints  # lot, lot that is never before it; by the first
    earlier: Ints  # leaps, by the second lot


class Track(NamedTuple):
    """Where the rounds are, and room to work in."""

    ties: Floats  # load, weight × tie
    ways: Floats  # length, fresh rows, of leaps what was asked and the share that was paid for × way
    rows: Floats  # star, ball, pair × lot × what is known of the row that is broken most
    far: Singles  # lot × lot: shortest path; only to choose rows by
    tree: Places  # order, tie, before × lot × rank: lots by distance, the path's last tie and last but one lot
    ask: Floats  # lot × lot: what the chosen rows ask of the path
    legs: Places  # way, before × lot that leaps start from × lot: the last way on the path, the lot before it
    reach: Floats  # waiting, lot, lot that is done × entry: for one search
    waiting: Ints  # waiting, tie, before × entry: for one search
    halt: Ints  # one number: not 0 once the work is to end


@inner
def ask_of_pairs(g, t, lot, rank, room, share):  # type: ignore[no-untyped-def]
    """What a ball asks of the paths to one of its lots from all that are nearer to its centre."""
    other = t.tree[ORDER, lot, rank]
    for before in range(rank):
        near = t.tree[ORDER, lot, before]
        t.ask[other, near] += share * g.size[room, near]


@inner
def ask_of_row(g, t, kind, lot, share):  # type: ignore[no-untyped-def]
    """So many times what a row asks of each path."""
    last, room = int(t.rows[kind, lot, COUNT]), int(t.rows[kind, lot, ROOM])
    if kind == PAIR:
        t.ask[lot, last] += share
        return
    for rank in range(1, last + 1):
        other = t.tree[ORDER, lot, rank]
        if kind == STAR:
            t.ask[lot, other] += share * g.size[room, other]
        else:
            ask_of_pairs(g, t, lot, rank, room, share * g.size[room, other])


@inner
def gather(g, t, worst, first, skip):  # type: ignore[no-untyped-def]
    """Write down what the most broken rows ask of each path, scaled so that their mixture asks for one day."""
    count = t.rows.shape[1]
    total = 0.0
    for lot in range(first % skip, count, skip):
        for kind in range(3):
            if t.rows[kind, lot, RATIO] > _TAKEN * worst:
                total += t.rows[kind, lot, RATIO] / worst - _TAKEN
        for other in range(count):
            t.ask[lot, other] = 0.0
    for kind in range(3):
        for lot in range(first % skip, count, skip):
            row = t.rows[kind, lot]
            if row[RATIO] > _TAKEN * worst:
                ask_of_row(g, t, kind, lot, (row[RATIO] / worst - _TAKEN) / total / row[LEAST])


@inner
def carry(g, t, first, skip):  # type: ignore[no-untyped-def]
    """Lay what is asked on the ways of the paths."""
    count = t.rows.shape[1]
    for way in range(t.ways.shape[1]):
        t.ways[FRESH, way] = 0.0
    for source in range(first % skip, count, skip):
        for rank in range(count - 1, 0, -1):
            asked = t.ask[source, t.tree[ORDER, source, rank]]
            if asked > 0.0:
                t.ways[FRESH, t.tree[TIE, source, rank]] += asked
                t.ask[source, t.tree[BEFORE, source, rank]] += asked


@inner
def burden(g, t, tie, share):  # type: ignore[no-untyped-def]
    """A tie's load by its weight, once so much of the fresh rows is mixed in."""
    return (t.ties[LOAD, tie] + share * (t.ways[FRESH, tie] - t.ties[LOAD, tie])) / t.ties[WEIGHT, tie]


@inner
def heaviest(g, t, share):  # type: ignore[no-untyped-def]
    """The largest burden."""
    highest = 0.0
    for tie in range(t.ties.shape[1]):
        highest = max(highest, burden(g, t, tie, share))
    return highest


@inner
def rises(g, t, share, heat):  # type: ignore[no-untyped-def]
    """Whether the smoothed maximum rises as more of the fresh rows is mixed in."""
    highest = heaviest(g, t, share)
    slope = 0.0
    for tie in range(t.ties.shape[1]):
        pull = math.exp((burden(g, t, tie, share) - highest) / heat)
        slope += pull * (burden(g, t, tie, 1.0) - burden(g, t, tie, 0.0))
    return slope >= 0.0


@inner
def step(g, t, number):  # type: ignore[no-untyped-def]
    """Mix the fresh rows in, and let the lengths follow the load."""
    smoothing = max(_LEAST_SMOOTHING, _SMOOTHING / (1.0 + number / _COOLING))
    low, high = 0.0, 2.0 / (number + 2.0)  # no more than in a mixture of equal shares: it steadies the rounds
    heat = smoothing * heaviest(g, t, 0.0)
    if heat == 0.0:  # nothing is mixed yet
        low = 1.0
    else:
        for _ in range(_HALVINGS):
            middle = (low + high) / 2.0
            if rises(g, t, middle, heat):
                high = middle
            else:
                low = middle
    total = 0.0
    highest = heaviest(g, t, low)
    for tie in range(t.ties.shape[1]):
        now = burden(g, t, tie, low)
        t.ties[LOAD, tie] = now * t.ties[WEIGHT, tie]
        pull = math.exp((now / highest - 1.0) / smoothing)
        t.ways[LENGTH, tie] = pull / t.ties[WEIGHT, tie]
        total += pull
    for tie in range(t.ties.shape[1]):
        t.ways[LENGTH, tie] /= total


@inner
def find_rows(g, t, number, skip, stride):  # type: ignore[no-untyped-def]
    """The most broken rows of each kind around each lot; how much the most broken one is, -1 if the work is to end."""
    count = t.rows.shape[1]
    for kind in range(3):
        for lot in range(count):
            t.rows[kind, lot, RATIO] = 0.0
    for source in range(number % skip, count, skip):
        spread(g, t, source)
        if t.halt[0] != 0:
            return -1.0
    find_stars(g, t, number, skip)
    if skip == 1:
        find_balls(g, t, number, stride)
    if t.halt[0] != 0:
        return -1.0
    worst = 0.0
    for kind in range(3):
        for lot in range(count):
            worst = max(worst, t.rows[kind, lot, RATIO])
    return worst


@inner
def row_of_lot(g, t, lot):  # type: ignore[no-untyped-def]
    """Lay the most broken rows around one lot on the ways, scaled to ask for one day; whether there are any."""
    best, total = 0.0, 0.0
    for kind in range(3):
        best = max(best, t.rows[kind, lot, RATIO])
    for kind in range(3):
        if t.rows[kind, lot, RATIO] > _TAKEN * best:
            total += t.rows[kind, lot, RATIO] / best - _TAKEN
    if total == 0.0:
        return False
    t.ask[:] = 0.0
    for kind in range(3):
        row = t.rows[kind, lot]
        if row[RATIO] > _TAKEN * best:
            ask_of_row(g, t, kind, lot, (row[RATIO] / best - _TAKEN) / total / row[LEAST])
    carry(g, t, 0, 1)
    return True


@compiled
def rows_by_lot(g, t, kept, number, stride):  # type: ignore[no-untyped-def]
    """Under the lengths there are, the most broken rows around each lot, apart; how many there are.

    What they lay on the ways, leaps among them, is kept, row × way.
    """
    made = 0
    if find_rows(g, t, number, 1, stride) > 0.0:
        for lot in range(t.rows.shape[1]):
            if row_of_lot(g, t, lot):
                for way in range(kept.shape[1]):
                    kept[made, way] = t.ways[FRESH, way]
                made += 1
    return made


@compiled
def advance(g, t, kept, first, rounds, skip, stride):  # type: ignore[no-untyped-def]
    """Take some rounds; the least upper limit seen on what these rows can prove, 0 when they prove nothing.

    Only every skip-th lot has stars in one round (balls only if all have), and every stride-th a ball. What the rows
    of a round lay on the ties is kept, round × tie.
    """
    lowest = math.inf
    for number in range(first, first + rounds):
        find_leaps(g, t, number, skip)
        worst = find_rows(g, t, number, skip, stride)
        if worst < 0.0:  # what has been mixed so far stands
            return lowest
        if worst > 0.0:
            gather(g, t, worst, number, skip)
            carry(g, t, number, skip)
            lay_leaps(g, t)
            for tie in range(kept.shape[1]):
                kept[number - first, tie] = t.ways[FRESH, tie]
            step(g, t, number)
        elif skip == 1:
            return 0.0
        if stride == 1 and skip == 1:
            lowest = min(lowest, worst)
    return lowest
