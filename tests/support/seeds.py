"""Seeds of drawn tests: a few at once, the others where there is time (`-m slow`), more where somebody asks."""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import Any

import pytest

_ASKED = os.environ.get("WAVEPLAN_SEEDS")


def count(usual: int) -> int:
    """How many seeds a test tries in all: as many as WAVEPLAN_SEEDS says, else so many."""
    return int(_ASKED) if _ASKED else usual


def few_at_once(cases: Iterable[Any], one_in: int) -> list[Any]:
    """All cases as parameters of a test: one in so many is tried at once, the others are slow.

    Where WAVEPLAN_SEEDS asks for a number none is slow. Always the same ones are tried at once.
    """
    return [case if _ASKED or number % one_in == 0 else _slow(case) for number, case in enumerate(cases)]


def _slow(case: Any) -> Any:
    values = case if isinstance(case, tuple) else (case,)
    return pytest.param(*values, marks=pytest.mark.slow)
