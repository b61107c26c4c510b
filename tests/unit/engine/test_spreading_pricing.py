"""Rows and prices of small parts, on numbers that can be worked out by hand."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

import numpy as np
import pytest

from waveplan.engine.proofs.bounds.spreading import pricing
from waveplan.engine.proofs.bounds.spreading.mixing import shares_of
from waveplan.engine.proofs.bounds.spreading.rounds import SpreadingPart


def test_prices_are_the_lengths_that_rows_ask_for() -> None:
    rows, days = np.array([[1.0, 0.0, 1.0], [0.0, 0.5, -1.0]]), np.array([1.0, 0.0])  # the leap is no longer than half
    found = shares_of(rows, days, np.array([3.0, 5.0, 0.0]), np.array([9.0, 9.0, 9.0]))
    assert found is not None
    shares, prices = found
    assert shares == pytest.approx([3.0, 3.0])
    assert prices @ np.array([3.0, 5.0, 0.0]) == pytest.approx(3.0)


def proven_of(load: list[float], gross: list[float]) -> int:
    part = cast(Any, SpreadingPart.__new__(SpreadingPart))
    part._weight, part._most, part._step = np.array([3.0, 0.0]), np.array([9.0, 9.0]), 1
    return int(part._proven(np.array(load), np.array(gross)))


def test_what_a_leap_still_carries_is_given_back() -> None:
    assert proven_of([0.3, 0.0], [0.3, 2.0]) == 10
    assert proven_of([0.3, -0.5], [0.3, 2.0]) == 10  # more was taken back than was asked
    assert proven_of([0.3, 1e-3], [0.3, 2.0]) == 10  # 10 days, of which the leap gives back 0.09
    assert proven_of([0.3, 0.5], [0.3, 2.0]) == 0
    assert proven_of([0.3, 0.0], [0.3, 1e9]) == 0  # too much cancels to tell


def test_walks_take_leaps_back() -> None:
    steps = np.array([[0.0, 5.0, 1.0], [5.0, 0.0, -2.0], [1.0, 2.0, 0.0]])
    walked, before = pricing._walks(steps)
    assert walked[0, 2] == 1.0
    assert walked[1, 0] == -1.0  # back along the leap, then one day
    assert len(before) == pricing._STEPS


def test_of_a_leap_longer_than_a_walk_the_walk_is_told() -> None:
    """Lots 0 to 3 on a line of ties of one day; leaps 0 to 3 and 1 to 2."""
    far = np.abs(np.subtract.outer(range(4), range(4))).astype(np.float32)
    tree = np.zeros((3, 4, 4), np.int32)
    for source in range(4):
        order = sorted(range(4), key=lambda lot, source=source: (abs(lot - source), lot))  # type: ignore[misc]
        for rank, lot in enumerate(order):
            nearer = lot - (lot > source) + (lot < source)
            tree[:, source, rank] = lot, min(lot, nearer), nearer
    ways = np.zeros((4, 5))
    track = cast(Any, SimpleNamespace(ways=ways, ties=np.zeros((2, 3)), far=far, tree=tree))
    leaps = np.array([(0, 3), (1, 2)])
    assert pricing.broken_walks(track, leaps, np.array([3.0, 1.0])).shape == (0, 5)
    long = pricing.broken_walks(track, leaps, np.array([4.0, 0.5]))
    assert long.tolist() == [[1.0, 1.0, 1.0, -1.0, 0.0]]
    crossed = pricing.broken_walks(track, np.array([(0, 3), (2, 1)]), np.array([1.5, 1.0]))
    assert crossed.tolist() == [[1.0, 0.0, 1.0, -1.0, -1.0]] * 2  # to 1, back to 2 for minus a day, to 3; and round
