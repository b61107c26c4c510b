"""Rounds of one connected part, and what they have proven so far."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import ceil, gcd

import numpy as np
from numpy.typing import NDArray

from waveplan.planning.bounds.spreading import kernel
from waveplan.planning.bounds.spreading.distances import Distances, Pair
from waveplan.planning.bounds.spreading.least import Least
from waveplan.planning.bounds.spreading.parts import ties_within

Floats = NDArray[np.float64]
_MARGIN = 1e-9  # of all that is added up: far above what floating point can lose
_NEAR = 1e-4  # a part this near to the most its rows can prove is done
_PATH, _STAR, _BALL = 2e-8, 7e-9, 1e-9  # units of work for a step on a path, in a star row, in a ball row
_FIRST_PIECE, _MOST_PIECE = 0.01, 0.25  # units of work between two looks at the clock


class Part:
    """One part's rounds."""

    def __init__(
        self,
        lots: Sequence[int],
        ties: Mapping[Pair, int],
        least: Least,
        distances: Distances,
        known: Mapping[Pair, int],
    ) -> None:
        inside = ties_within(lots, ties)
        self._ground = _ground(lots, inside, least, distances, known)
        self._track = _track(self._ground)
        self._most = np.array([distances.most(lots[one], lots[other]) for one, other, _ in inside], np.float64)
        self._step = distances.step(lots) * gcd(*(weight for _, _, weight in inside))
        self._rounds = 0
        self._piece = _FIRST_PIECE
        self._stride, self._cost = _effort(self._ground)
        self.bound = 0
        self.gain = float("inf")  # by unit of work, in the last piece
        self.done = self._step == 0

    def advance(self) -> float:
        """Take another piece of rounds; the work it took."""
        rounds = max(1, int(self._piece / self._cost))
        lowest = float(kernel.advance(self._ground, self._track, self._rounds, rounds, self._stride))
        self._rounds += rounds
        self._piece = min(_MOST_PIECE, 2 * self._piece)
        before = self.bound
        if lowest > 0.0:
            self.bound = max(self.bound, self._proven())
        self.gain = (self.bound - before) / (rounds * self._cost)
        self.done = lowest <= self.bound * (1.0 + _NEAR)
        return rounds * self._cost

    def _proven(self) -> int:
        """The bound that the load proves, a multiple of what all values are multiples of.

        Taken `scale` times, the rows ask for `scale` days; a tie that carries more than its weight gives back at most
        its longest length for each unit too much. Any scale holds; the best one lies where some tie is just full.
        """
        load, weight = self._track.ties[kernel.LOAD], self._ground.weight
        carrying = load > 0.0
        full = weight[carrying] / load[carrying]
        order = np.argsort(full, kind="stable")
        slope = 1.0 - np.cumsum((self._most * load)[carrying][order])
        turn = int(np.argmax(slope <= 0.0)) if bool((slope <= 0.0).any()) else len(order) - 1
        scale = float(full[order[turn]])
        over = self._most * np.maximum(0.0, scale * load - weight)
        proven = scale - float(over.sum())
        proven -= _MARGIN * (scale + float((self._most * scale * load).sum()))
        return max(0, ceil(proven / self._step)) * self._step


def _ground(
    lots: Sequence[int],
    inside: Sequence[tuple[int, int, int]],
    least: Least,
    distances: Distances,
    known: Mapping[Pair, int],
) -> kernel.Ground:
    near: list[list[tuple[int, int]]] = [[] for _ in lots]
    for tie, (one, other, _) in enumerate(inside):
        near[one].append((other, tie))
        near[other].append((one, tie))
    place = {lot: number for number, lot in enumerate(lots)}
    pairs = [
        (place[one], place[other], days) for (one, other), days in known.items() if one in place and other in place
    ]
    return kernel.Ground(
        ptr=np.concatenate([[0], np.cumsum([len(row) for row in near])]).astype(np.int64),
        near=np.array([entry for row in near for entry in row], np.int64),
        weight=np.array([weight for _, _, weight in inside], np.float64),
        lots=np.array([(least.classes[lot], *distances.window(lot)) for lot in lots], np.int64),
        size=np.ascontiguousarray(least.sizes[:, list(lots)]),
        star=least.star,
        ball=least.ball,
        known=np.array(pairs, np.int64).reshape(len(pairs), 3),
    )


def _track(ground: kernel.Ground) -> kernel.Track:
    lots, ties = len(ground.lots), len(ground.weight)
    state = np.zeros((3, ties))
    state[kernel.LENGTH] = 1.0 / ground.weight / ties
    square = (lots, lots)
    return kernel.Track(
        ties=state,
        far=np.zeros(square),
        order=np.zeros(square, np.int32),
        via=np.zeros(square, np.int32),
        back=np.zeros(square, np.int32),
        ask=np.zeros(square),
    )


def _effort(ground: kernel.Ground) -> tuple[int, float]:
    """Around every how many-th lot balls are looked at in one round, to take no more than the rest; its work."""
    lots, rooms = len(ground.lots), len(ground.size)
    rest = _PATH * lots * (lots + len(ground.near)) + _STAR * lots * lots * rooms
    balls = _BALL * lots * lots * lots * (rooms + 2)
    stride = max(1, min(lots, ceil(balls / rest)))
    return stride, rest + balls / stride
