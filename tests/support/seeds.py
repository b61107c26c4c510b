"""Seeds of drawn tests: a few at once, more where there is time (`-m slow`), all or still more where somebody asks.

`WAVEPLAN_SEEDS=all` asks for every seed that a test knows, `WAVEPLAN_SEEDS=500` for so many.
"""

from __future__ import annotations

import os
import random
from collections.abc import Iterable, Iterator
from itertools import count as numbers
from typing import Any

import pytest

_ASKED = os.environ.get("WAVEPLAN_SEEDS")


def count(usual: int) -> int:
    """How many seeds a test knows in all: as many as WAVEPLAN_SEEDS says, else so many."""
    return int(_ASKED) if _ASKED and _ASKED != "all" else usual


def asked() -> bool:
    """Whether somebody asks for seeds, and so for all that are left out else."""
    return bool(_ASKED)


def few_at_once(cases: Iterable[Any], one_in: int, slow_in: int = 1) -> list[Any]:
    """Cases as parameters of a test: one in `one_in` is tried at once, of the others one in `slow_in` is slow.

    What is left is tried where WAVEPLAN_SEEDS asks, and then none is slow. It is always the same ones.
    """
    found = list(cases)
    if _ASKED:
        return found
    others = [number for number in range(len(found)) if number % one_in]
    slow = set(others[::slow_in])
    return [
        _slow(case) if number in slow else case
        for number, case in enumerate(found)
        if number % one_in == 0 or number in slow
    ]


def draws(seed: int) -> Iterator[random.Random]:
    """Generators for one draw after another, until one is of use: the seed's own first, always the same ones."""
    yield random.Random(seed)
    for again in numbers(1):
        yield random.Random(f"{seed}, again {again}")


def _slow(case: Any) -> Any:
    values = case if isinstance(case, tuple) else (case,)
    return pytest.param(*values, marks=pytest.mark.slow)
