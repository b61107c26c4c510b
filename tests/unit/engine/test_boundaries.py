"""Least cuts of boundaries against all sets of a few lots, and the order in which few lots are open."""

from __future__ import annotations

import random
import threading
from itertools import product

import numpy as np
import pytest

from waveplan.engine.compiling.smallest import row_of
from waveplan.engine.proofs.bounds.boundaries import boundaries_bound, raised, suits
from waveplan.engine.proofs.bounds.boundaries.ground import BoundaryGround, DayBoundary, tables_of
from waveplan.engine.proofs.bounds.boundaries.master import NestingPrices
from waveplan.engine.proofs.bounds.boundaries.opening import opening_order
from waveplan.engine.proofs.bounds.boundaries.pricing import _SCALE, Boundaries
from waveplan.engine.proofs.bounds.spreading import BoundLimits
from waveplan.engine.running.halting import Halt

LOTS = 7


def drawn_ground(rng: random.Random) -> BoundaryGround:
    pairs = [(one, other) for other in range(LOTS) for one in range(other)]
    ties = [(one, other, rng.randint(1, 9)) for one, other in rng.sample(pairs, 10)]
    orders = rng.sample(pairs, rng.randint(0, 3))
    sizes = np.array([rng.randint(0, 4) for _ in range(LOTS)], np.int64)
    total, boundaries = int(sizes.sum()), []
    for _ in range(3):
        least = rng.randint(0, total // 2)
        sure = np.array([rng.choice((0, 1, 2, 2, 2, 2)) for _ in range(LOTS)], np.int64)
        boundaries.append(DayBoundary(rng.randint(1, 7), sure, least, rng.randint(least, total), rng.randint(0, 5)))
    order = opening_order(LOTS, [*((one, other) for one, other, _ in ties), *orders])
    return BoundaryGround(ties, orders, sizes, boundaries, order)


def costs(ground: BoundaryGround, number: int, price: list[int]) -> list[int]:
    """Of all sets that one boundary allows: what they cut, and their prices."""
    boundary, found = ground.boundaries[number], []
    for moved in product((0, 1), repeat=LOTS):
        volume = int(ground.sizes @ np.array(moved))
        sure = all(told in (2, way) for told, way in zip(boundary.sure.tolist(), moved, strict=True))
        ordered = all(moved[first] >= moved[second] for first, second in ground.orders)
        if sure and ordered and boundary.least <= volume <= boundary.most:
            cut = sum(weight for one, other, weight in ground.ties if moved[one] != moved[other])
            found.append(cut * boundary.days * _SCALE + sum(a * b for a, b in zip(price, moved, strict=True)))
    return found


@pytest.mark.parametrize("seed", range(60))
def test_least_cuts_are_those_of_all_sets(seed: int) -> None:
    rng = random.Random(seed)
    ground = drawn_ground(rng)
    nested = [[rng.randint(0, 30 * _SCALE) for _ in range(LOTS)] for _ in range(2)]
    added = [rng.randint(0, 9 * _SCALE) for _ in range(2)]
    total: int | None = -sum(a * b.added for a, b in zip(added, ground.boundaries, strict=False))
    for number in range(3):
        price = [0] * LOTS
        for lot in range(LOTS):
            for sign, at in ((1, number), (-1, number - 1)):
                if 0 <= at < 2:
                    price[lot] += sign * (nested[at][lot] - added[at] * int(ground.sizes[lot]))
        sets = costs(ground, number, price)
        total = None if total is None or not sets else total + min(sets)
    pricing = Boundaries(ground, threading.Event())
    pricing._prices = NestingPrices(np.array(nested) / _SCALE, np.array(added) / _SCALE)
    step = _SCALE * ground.step
    assert pricing.exactly() == (0 if total is None else max(0, -(-total // step)) * ground.step)


def test_few_lots_are_open_along_a_row() -> None:
    row = [(lot, lot + 1) for lot in range(29)]
    shuffled = random.Random(1).sample(range(30), 30)
    order = opening_order(30, [(shuffled[one], shuffled[other]) for one, other in row])
    assert max(abs(order.index(shuffled[one]) - order.index(shuffled[other])) for one, other in row) <= 2


def test_a_row_of_lots_in_two_waves_is_cut_once() -> None:
    problem = row_of(12)
    ties = {(tie.first, tie.second): tie.weight for tie in problem.ties}
    told: list[int] = []
    limits = BoundLimits(None, 1.0)
    assert boundaries_bound(problem, problem.allowed, ties, limits, threading.Event(), told.append) == 7
    assert told == [7]


def test_too_many_lots_or_no_sum_do_not_suit() -> None:
    many, few = row_of(102), row_of(100)
    ties = {(tie.first, tie.second): tie.weight for tie in many.ties}
    assert not suits(many, many.allowed, ties)
    ties = {(tie.first, tie.second): tie.weight for tie in few.ties}
    assert suits(few, few.allowed, ties)


def test_a_stop_proves_nothing_more() -> None:
    stop = Halt()
    stop.set()
    ground = drawn_ground(random.Random(3))
    assert Boundaries(ground, stop).exactly() == 0
    assert raised(ground, BoundLimits(None, 1.0), stop, lambda _: None) == 0


def test_the_widest_step_and_all_closings_are_counted() -> None:
    ground = BoundaryGround([(0, 1, 1), (1, 2, 1)], [], np.ones(3, np.int64), [], [0, 1, 2])
    tables = tables_of(ground)
    assert (tables.widest, tables.closings) == (2, 2 + 2 + 1)
