"""The bound of a small part, driven on by prices.

Where a linear programme takes little, each round asks it again (column generation; Dantzig and Wolfe 1960): its prices
are lengths of ties, and of leaps, which here are variables too. Under these lengths, smoothed (Wentges 1997), the rows
around each lot are found that are broken most. A leap a to b is just as long as the days from a to b: so it is
no longer than any walk that goes along ties and other leaps, or a leap back, which then counts as minus its length.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from waveplan.engine.proofs.bounds.spreading import kernel
from waveplan.engine.proofs.bounds.spreading.finding import BEFORE, ORDER, TIE
from waveplan.engine.proofs.bounds.spreading.leaps import FROM, LENGTH, WAY
from waveplan.engine.proofs.bounds.spreading.mixing import START, cost_of, shares_of

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
_NEW, _KEPT = 0.2, 0.7  # share of the prices in the lengths; of the average in the next average
_IDLE = 8  # a row that so many programmes in turn have not taken is dropped
_STEPS = 6  # of a walk
_LEAST = 1e-7  # length of a tie, beside the longest one
_TAKEN = 1e-9  # a share of less is none


class Pricing:
    """One part's rows and their prices."""

    def __init__(self, ground: kernel.SpreadingGround, weight: Floats, most: Floats) -> None:
        """Weight and longest length are by way: ties, then leaps. A leap has no weight."""
        self._ground = ground
        self._weight = weight
        self._most = most
        self._rows: Floats = np.zeros((0, len(weight)))
        self._days: Floats = np.zeros(0)
        self._idle: Ints = np.zeros(0, np.int64)
        self._average: Floats = np.zeros(len(weight))
        self._number = 0  # looks for rows
        self._asked = False

    @property
    def cost(self) -> float:
        """Units of work that the next programme takes."""
        return START + cost_of(self._rows)

    def gather(self, track: kernel.Track, laid: Floats, stride: int) -> None:
        """Keep what rounds have laid on the ties, and the rows around each lot under the lengths that they led to."""
        laid = laid[laid.any(axis=1)]
        if not len(laid):  # broken off: no paths to look at
            return
        self._average = track.ways[LENGTH].copy()
        self._add(np.pad(laid, ((0, 0), (0, len(self._weight) - laid.shape[1]))), 1.0)
        self._find(track, stride)
        self._add(self._unknown(walks_of_rounds(track, self._ground.leaps)), 0.0)
        self._idle[:] = _IDLE - 2

    def advance(self, track: kernel.Track, stride: int) -> tuple[Floats, Floats]:
        """What the best mixture of all rows lays on the ways, for one day; and the same without what cancels.

        Then look for more rows. Zeros if there is no mixture.
        """
        found = shares_of(self._rows, self._days, self._weight, self._most)
        if found is None:
            return np.zeros(len(self._weight)), np.zeros(len(self._weight))
        shares, prices = found
        days = float(shares @ self._days)
        load, gross = shares @ self._rows, shares @ np.abs(self._rows)
        self._idle = np.where(shares > _TAKEN, 0, self._idle + 1)
        self._drop()
        if not self._asked:  # the rounds' lengths come to a day
            self._average *= float(prices @ self._weight)
        self._asked = True
        self._average = _KEPT * self._average + (1.0 - _KEPT) * prices
        self._look(track, _NEW * prices + (1.0 - _NEW) * self._average, stride)
        return (load / days, gross / days) if days > 0.0 else (np.zeros_like(load), np.zeros_like(load))

    def _drop(self) -> None:
        kept = self._idle < _IDLE
        self._rows, self._days, self._idle = self._rows[kept], self._days[kept], self._idle[kept]

    def _add(self, rows: Floats, days: float) -> None:
        self._rows = np.concatenate([self._rows, rows])
        self._days = np.concatenate([self._days, np.full(len(rows), days)])
        self._idle = np.concatenate([self._idle, np.zeros(len(rows), np.int64)])

    def _look(self, track: kernel.Track, lengths: Floats, stride: int) -> None:
        """Rows that are broken under these lengths: around each lot, and of leaps."""
        ties = track.ties.shape[1]
        track.ways[LENGTH] = lengths
        track.ways[LENGTH, :ties] = np.maximum(lengths[:ties], _LEAST * float(lengths[:ties].max()))
        if self._find(track, stride):
            self._add(self._unknown(broken_walks(track, self._ground.leaps, track.ways[LENGTH, ties:])), 0.0)

    def _find(self, track: kernel.Track, stride: int) -> int:
        """How many rows were found: none where the work was broken off, so that paths may be those of another part."""
        rows = np.zeros((track.rows.shape[1], len(self._weight)))
        made = int(kernel.rows_by_lot(self._ground, track, rows, self._number, stride))
        self._number += 1
        self._add(rows[:made], 1.0)
        return made

    def _unknown(self, walks: Floats) -> Floats:
        """Those that are not among the rows already."""
        known = {row.tobytes() for row in self._rows[self._days == 0.0]}
        return walks[[row.tobytes() not in known for row in walks]]


def walks_of_rounds(track: kernel.Track, leaps: Ints) -> Floats:
    """For each leap: ways of the walk that the last round has laid it on, less the leap."""
    ties = track.ties.shape[1]
    rows = np.zeros((len(leaps), track.ways.shape[1]))
    starts = np.searchsorted(np.unique(leaps[:, 0]), leaps[:, 0])
    for leap, (start, (source, lot)) in enumerate(zip(starts.tolist(), leaps.tolist(), strict=True)):
        rows[leap, ties + leap] = -1.0
        here = lot
        while here != source:
            way = int(track.legs[WAY, start, here])
            rows[leap, way if way >= 0 else ties - 1 - way] += 1.0 if way >= 0 else -1.0
            here = int(track.legs[FROM, start, here])
    return rows


def broken_walks(track: kernel.Track, leaps: Ints, lengths: Floats) -> Floats:
    """For each leap that is longer than some walk between its lots: ways of that walk, less the leap."""
    if not len(leaps):
        return np.zeros((0, track.ways.shape[1]))
    ties = track.ties.shape[1]
    ends, places = np.unique(leaps, return_inverse=True)
    firsts, seconds = places.reshape(leaps.shape).T
    steps = track.far[np.ix_(ends, ends)].astype(np.float64)
    back = np.full(steps.shape, -1, np.int64)
    backward = -np.minimum(lengths, steps[firsts, seconds])
    for leap in np.argsort(backward, kind="stable")[::-1].tolist():  # of several, the longest is taken back
        if backward[leap] < steps[seconds[leap], firsts[leap]]:
            steps[seconds[leap], firsts[leap]], back[seconds[leap], firsts[leap]] = backward[leap], leap
    np.fill_diagonal(steps, 0.0)
    walked, before = _walks(steps)
    rows = []
    for leap, (first, second) in enumerate(zip(firsts.tolist(), seconds.tolist(), strict=True)):
        if walked[first, second] < lengths[leap] - _LEAST:
            row = np.zeros(track.ways.shape[1])
            row[ties + leap] = -1.0
            _lay(track, row, [table[first] for table in before], ends, back, second)
            rows.append(row)
    return np.array(rows).reshape(len(rows), track.ways.shape[1])


def _walks(steps: Floats) -> tuple[Floats, list[Ints]]:
    """Shortest walks of so many steps, from each to each; and from where each was reached, step by step."""
    walked = np.full(steps.shape, np.inf)
    np.fill_diagonal(walked, 0.0)
    before: list[Ints] = []
    for _ in range(_STEPS):
        ways = walked[:, :, None] + steps[None, :, :]
        before.append(ways.argmin(axis=1))
        walked = np.take_along_axis(ways, before[-1][:, None, :], axis=1)[:, 0, :]
    return walked, before


def _lay(track: kernel.Track, row: Floats, before: Sequence[Ints], ends: Ints, back: Ints, end: int) -> None:
    """Lay a walk's steps on the ways, from its end on."""
    here, ties = end, track.ties.shape[1]
    for table in reversed(before):
        there = int(table[here])
        if there != here:
            if back[there, here] >= 0:
                row[ties + back[there, here]] -= 1.0
            else:
                _lay_path(track, row, int(ends[there]), int(ends[here]))
        here = there


def _lay_path(track: kernel.Track, row: Floats, source: int, lot: int) -> None:
    """Lay the shortest path between two lots on its ways."""
    while lot != source:
        rank = int(np.flatnonzero(track.tree[ORDER, source] == lot)[0])
        row[track.tree[TIE, source, rank]] += 1.0
        lot = int(track.tree[BEFORE, source, rank])
