"""Mixtures of rows in the spreading bound, on numbers that can be worked out by hand."""

from __future__ import annotations

import numpy as np
import pytest

from waveplan.engine.proofs.bounds.spreading import mixing
from waveplan.engine.proofs.bounds.spreading.mixing import Mixing


def kept(rows: list[list[float]], weight: list[float], most: list[float]) -> Mixing:
    found = Mixing(np.array(weight), np.array(most))
    found.keep(np.array(rows), 1.0)
    return found


def test_each_row_is_taken_as_often_as_its_ties_allow() -> None:
    assert kept([[1.0, 0.0], [0.0, 1.0]], [3.0, 5.0], [7.0, 7.0]).mixture() == pytest.approx([3 / 8, 5 / 8])


def test_a_tie_may_carry_too_much_where_it_gives_back_little() -> None:
    rows = [[1.0, 0.0], [0.0, 1.0]]
    tight = kept([*rows, [0.1, 0.0]], [3.0, 5.0], [20.0, 20.0]).mixture()
    assert tight == pytest.approx([3 / 35, 5 / 35])  # thirty days of the third, five of the second
    assert np.count_nonzero(kept(rows, [3.0, 5.0], [0.5, 7.0]).mixture()) == 0  # no end to it: no mixture


def test_a_round_that_was_broken_off_is_no_row() -> None:
    assert kept([[1.0, 0.0], [0.0, 0.0]], [3.0, 5.0], [7.0, 7.0]).mixture() == pytest.approx([1.0, 0.0])


def test_of_too_many_rows_those_of_the_last_mixture_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    found = kept([[1.0, 1.0], [0.5, 0.0], [0.9, 0.9], [0.0, 0.5]], [1.0, 1.0], [9.0, 9.0])
    assert found.mixture() == pytest.approx([0.25, 0.25])  # two of the second, two of the fourth
    monkeypatch.setattr(Mixing, "_most_rows", 3)
    found.keep(np.array([[1.0, 1.0]] * 6), 1.0)
    assert found.mixture() == pytest.approx([0.25, 0.25])
    assert len(found._rows) == 3


def test_hardly_more_time_goes_into_mixing_than_into_rounds() -> None:
    found = Mixing(np.ones(2), np.ones(2))
    found.keep(np.full((mixing._FIRST, 2), 0.5), found.cost / 2)
    assert not found.due
    found.keep(np.full((1, 2), 0.5), found.cost)
    assert found.due
    found.mixture()
    assert not found.due
    found.keep(np.full((2, 2), 0.5), found.cost)
    assert not found.due  # too little that is new
    found.keep(np.full((mixing._FIRST, 2), 0.5), found.cost)
    assert found.due
