"""Rounds of one connected part, and what they have proven so far."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import accumulate
from math import ceil, gcd

import numpy as np
from numpy.typing import NDArray

from waveplan.engine.proofs.bounds.spreading import kernel
from waveplan.engine.proofs.bounds.spreading.distances import Distances, Pair
from waveplan.engine.proofs.bounds.spreading.leaps import LENGTH, PAID
from waveplan.engine.proofs.bounds.spreading.least import Least
from waveplan.engine.proofs.bounds.spreading.mixing import Mixing
from waveplan.engine.proofs.bounds.spreading.order_pairs import pairs_within
from waveplan.engine.proofs.bounds.spreading.parts import ties_within
from waveplan.engine.proofs.bounds.spreading.pricing import Pricing

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
_MARGIN = 1e-9  # of all that is added up: far above what floating point can lose
_NEAR = 1e-4  # a part this near to the most its rows can prove is done
_PATH, _STAR, _BALL = 2e-8, 7e-9, 3e-9  # units of work for a step on a path, in a star row, in a ball row
_FIRST_PIECE, _MOST_PIECE = 0.01, 0.25  # units of work between two looks at the clock
_PATIENCE, _FIRST_ROUNDS = 3, 100  # so many times the rounds until the bound last rose
LEAST_PRICED, _MOST_PRICED = 20, 100  # lots; as many leaps at most
_WARM, _TOGETHER, _IN_VAIN = 150, 3, 40  # rounds before prices; so many at once; programmes that raise nothing
_FEW, _EARLY = 128, 3  # about so many lots have a star in each of the first rounds; twice as many after so many rounds


class Space:
    """Room for paths, which all parts use in turn: for so many lots, ties and leaps, lots that leaps start from."""

    def __init__(self, lots: int, ways: int, starts: int, halt: Ints) -> None:
        self._halt = halt
        self._far = np.zeros(lots * lots, np.float32)
        self._tree = np.zeros(3 * lots * lots, np.int32)
        self._ask = np.zeros(lots * lots)
        self._rows = np.zeros(3 * lots * 4)
        self._legs = np.zeros(2 * starts * lots, np.int32)
        self._reach = np.zeros((3, max(lots, 2 * ways) + 2))
        self._waiting = np.zeros((3, max(lots, 2 * ways) + 2), np.int64)

    def track(self, ties: Floats, ways: Floats, sizes: tuple[int, int, int]) -> kernel.Track:
        """The room that a part of such sizes needs."""
        lots, _, starts = sizes
        return kernel.Track(
            ties=ties,
            ways=ways,
            rows=self._rows[: 3 * lots * 4].reshape(3, lots, 4),
            far=self._far[: lots * lots].reshape(lots, lots),
            tree=self._tree[: 3 * lots * lots].reshape(3, lots, lots),
            ask=self._ask[: lots * lots].reshape(lots, lots),
            legs=self._legs[: 2 * starts * lots].reshape(2, starts, lots),
            reach=self._reach,
            waiting=self._waiting,
            halt=self._halt,
        )


class SpreadingPart:
    """One part's rounds."""

    def __init__(
        self,
        lots: Sequence[int],
        ties: Mapping[Pair, int],
        least: Least,
        distances: Distances,
        known: Mapping[Pair, int],
        ordered: Sequence[Pair] = (),
    ) -> None:
        inside, leaps = ties_within(lots, ties), pairs_within(lots, ordered)
        self._ground = _ground(lots, inside, leaps, least, distances, known)
        self._ties = np.zeros((2, len(inside)))
        self._ties[kernel.WEIGHT] = [weight for _, _, weight in inside]
        self._ways = np.zeros((4, len(inside) + len(leaps)))
        self._ways[LENGTH, : len(inside)] = 1.0 / self._ties[kernel.WEIGHT] / len(inside)
        self._ways[PAID] = 1.0
        pairs = [*((one, other) for one, other, _ in inside), *leaps]
        self._most = np.array([distances.most(lots[one], lots[other]) for one, other in pairs], np.float64)
        self._weight = np.pad(self._ties[kernel.WEIGHT], (0, len(leaps)))  # by way
        self._step = distances.step(lots) * gcd(*(weight for _, _, weight in inside))
        self._mixing = Mixing(self._ties[kernel.WEIGHT], self._most[: len(inside)])
        small = LEAST_PRICED <= len(lots) <= _MOST_PRICED and len(leaps) <= _MOST_PRICED
        self._pricing = Pricing(self._ground, self._weight, self._most) if small else None
        self._mixed = 0  # the bound at the last mixture
        self._since = 0.0  # units of work since then
        self._rounds = self._risen = 0  # rounds taken, and by when the bound last rose
        self._piece = _FIRST_PIECE
        self.sizes = len(lots), len(inside) + len(leaps), _starts(self._ground)
        self.bound = 0
        self.gain = float("inf")  # by unit of work, lately
        self.done = self._step == 0

    @property
    def work(self) -> float:
        """Units of work of the next piece, about."""
        if self._pricing is not None:
            return self._pricing.cost if self._rounds >= _WARM else self._piece
        return self._mixing.cost if self._mixing.due else self._piece

    def advance(self, space: Space) -> float:
        """Take another piece of rounds, or mix them anew, or ask for prices; the work it took."""
        if self._pricing is not None and self._rounds >= _WARM:
            return self._price(self._pricing, space)
        if self._mixing.due:
            return self._mix()
        skip = max(1, (self.sizes[0] // _FEW) >> (self._rounds // _EARLY))
        stride, cost = _effort(self._ground, skip)
        rounds = max(1, int(self._piece / cost))
        if self._pricing is not None:
            rounds = _TOGETHER
        if skip > 1:
            rounds = min(rounds, _EARLY - self._rounds % _EARLY)
        track, laid = space.track(self._ties, self._ways, self.sizes), np.zeros((rounds, self._ties.shape[1]))
        lowest = float(kernel.advance(self._ground, track, laid, self._rounds, rounds, skip, stride))
        self._rounds += rounds
        self._piece = min(_MOST_PIECE, 2 * self._piece)
        if self._pricing is None:
            self._mixing.keep(laid, rounds * cost)
        else:
            self._pricing.gather(track, laid, stride)
        before = self.bound
        if lowest > 0.0:
            self._rise(self._ties[kernel.LOAD])
        self._since += rounds * cost
        if self.bound > before:
            self.gain = (self.bound - before) / (rounds * cost)
        self.done = self._ended(lowest)
        return rounds * cost

    def _mix(self) -> float:
        """Mix all rounds so far as well as that can be done."""
        work = self._mixing.cost
        self._rise(self._mixing.mixture())
        self.gain = (self.bound - self._mixed) / (self._since + work)
        self._mixed, self._since = self.bound, 0.0
        return work

    def _price(self, pricing: Pricing, space: Space) -> float:
        """Ask for prices once, and for the rows that they break."""
        stride, work = _effort(self._ground, 1)
        work += pricing.cost
        before = self.bound
        self._rounds += 1
        self._rise(*pricing.advance(space.track(self._ties, self._ways, self.sizes), stride))
        self.gain = (self.bound - before) / work
        self.done = self._rounds > self._risen + _IN_VAIN
        return work

    def _rise(self, load: Floats, gross: Floats | None = None) -> None:
        bound = self._proven(load, load if gross is None else gross)
        if bound > self.bound:
            self.bound, self._risen = bound, self._rounds

    def _ended(self, lowest: float) -> bool:
        """Whether it is near the most its rows can prove; with leaps, of no sure length, whether it rises no more."""
        if len(self._ground.leaps) and lowest > 0.0:
            in_vain = self._mixing.mixed_at > self._risen
            return in_vain and self._rounds > _PATIENCE * max(self._risen, _FIRST_ROUNDS)
        return lowest <= self.bound * (1.0 + _NEAR)

    def _proven(self, load: Floats, gross: Floats) -> int:
        """The bound that a load proves, a multiple of what all values are multiples of.

        Taken `scale` times, the rows ask for `scale` days; a way that carries more than its weight gives back at most
        its longest length for each unit too much. Any scale holds; the best one lies where some way is just full.
        `gross` is the load without what cancels.
        """
        weight, most = self._weight[: len(load)], self._most[: len(load)]
        carrying = load > 0.0
        if not carrying.any():
            return 0
        full = weight[carrying] / load[carrying]
        order = np.argsort(full, kind="stable")
        slope = 1.0 - np.cumsum((most * load)[carrying][order])
        turn = int(np.argmax(slope <= 0.0)) if bool((slope <= 0.0).any()) else len(order) - 1
        scale = float(full[order[turn]])
        over = most * np.maximum(0.0, scale * load - weight)
        proven = scale - float(over.sum())
        proven -= _MARGIN * (scale + float((most * scale * gross).sum()))
        return max(0, ceil(proven / self._step)) * self._step


def _ground(
    lots: Sequence[int],
    inside: Sequence[tuple[int, int, int]],
    leaps: Sequence[Pair],
    least: Least,
    distances: Distances,
    known: Mapping[Pair, int],
) -> kernel.SpreadingGround:
    near: list[list[tuple[int, int]]] = [[] for _ in lots]
    for tie, (one, other, _) in enumerate(inside):
        near[one].append((other, tie))
        near[other].append((one, tie))
    earlier: list[list[int]] = [[] for _ in lots]
    for leap, (one, other) in enumerate(leaps, start=len(inside)):
        near[one].append((other, leap))
        near[other].append((one, leap))
        earlier[other].append(leap - len(inside))
    begins = zip(_begins(near), _begins(earlier), strict=True)
    rows = zip(lots, begins, strict=False)
    windows = [(least.classes[lot], *distances.window(lot), *begin) for lot, begin in rows]
    place = {lot: number for number, lot in enumerate(lots)}
    pairs = [
        (place[one], place[other], days) for (one, other), days in known.items() if one in place and other in place
    ]
    return kernel.SpreadingGround(
        near=np.array([entry for row in near for entry in row], np.int64),
        lots=np.array([*windows, (0, 0, 0, 2 * (len(inside) + len(leaps)), len(leaps))], np.int64),
        size=np.ascontiguousarray(least.sizes[:, list(lots)]),
        star=least.star,
        ball=least.ball,
        known=np.array(pairs, np.int64).reshape(len(pairs), 3),
        leaps=np.array(leaps, np.int64).reshape(len(leaps), 2),
        earlier=np.array([lot for row in earlier for lot in row], np.int64),
    )


def _begins(rows: Sequence[Sequence[object]]) -> list[int]:
    """Where each row begins, laid end to end; and where the last one ends."""
    return [0, *accumulate(map(len, rows))]


def _starts(ground: kernel.SpreadingGround) -> int:
    """How many lots have leaps that start from them."""
    return len(np.unique(ground.leaps[:, 0]))


def _effort(ground: kernel.SpreadingGround, skip: int) -> tuple[int, float]:
    """Around every how many-th lot balls are looked at in one round, to take no more than the rest; its work."""
    rooms, lots = ground.size.shape
    rest = (_PATH * (lots + _starts(ground)) * (lots + len(ground.near)) + _STAR * lots * lots * rooms) / skip
    if skip > 1:
        return lots, rest
    ball = _BALL * lots * lots
    balls = ball * max(1, rooms)  # all lots have their turn, in all rooms
    if balls * lots <= rest:
        return 1, rest + balls * lots
    stride = max(2, min(lots, ceil(ball * lots / rest)))
    return stride, rest + ball * lots / stride
