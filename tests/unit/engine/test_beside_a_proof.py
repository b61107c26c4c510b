"""A search that shares its core with a proof waits for what that assigns, and no longer than it must."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction

import pytest

from waveplan.engine import beside_a_proof
from waveplan.engine.beside_a_proof import Beside
from waveplan.engine.problem import Assignment


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(beside_a_proof, "_LOOK", 0.0)


class _Asked:
    """Answers as told, one after the other, and counts; the last answer stays."""

    def __init__(self, *answers: bool) -> None:
        self._answers: Iterator[bool] = iter(answers)
        self._last = answers[-1]
        self.times = 0

    def __call__(self) -> bool:
        self.times += 1
        return next(self._answers, self._last)


def _beside(goes_on: Callable[[], bool], assigned: Callable[[], Assignment | None] | None) -> Beside:
    return Beside(1, lambda: Fraction(0), assigned=assigned, goes_on=goes_on)


def test_it_waits_for_the_first_assignment() -> None:
    found = _Asked(False, False, False, True)
    over = _Asked(False)
    _beside(_Asked(True), lambda: {0: 1} if found() else None).await_assigned(over)
    assert over.times == 3


def test_it_waits_no_longer_than_the_proof_goes_on() -> None:
    over = _Asked(False)
    _beside(_Asked(True, True, False), lambda: None).await_assigned(over)
    assert over.times == 2


def test_it_waits_no_longer_than_it_may() -> None:
    over = _Asked(False, True)
    _beside(_Asked(True), lambda: None).await_assigned(over)
    assert over.times == 2


def test_it_does_not_wait_where_neither_hears_of_the_other() -> None:
    over = _Asked(False)
    _beside(_Asked(True), None).await_assigned(over)
    assert over.times == 0
