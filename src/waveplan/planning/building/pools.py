"""Pools: amounts that lots bring to wherever they are, shared by all budgets over them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from waveplan.engine.problem.limits import Pool


class Pools:
    """A growing list of pools; the index of each is its name in budgets."""

    def __init__(self) -> None:
        self._pools: list[Pool] = []

    def add(self, name: str, amounts: Mapping[int, int]) -> int:
        """Add a pool and return its index; lots with 0 are left out."""
        self._pools.append(Pool(name, {lot: amount for lot, amount in sorted(amounts.items()) if amount}))
        return len(self._pools) - 1

    def add_leaving(self, name: str, amounts: Mapping[int, int]) -> int:
        """Add a pool of what counts until its lots have started, and return its index."""
        number = self.add(name, amounts)
        self._pools[number] = replace(self._pools[number], leaving=True)
        return number

    def add_prelude(self, name: str, prelude: int, units: int) -> int:
        """Add the pool of a prelude and return its index."""
        self._pools.append(Pool(name, {}, prelude, units))
        return len(self._pools) - 1

    def all(self) -> tuple[Pool, ...]:
        """Every pool, by index."""
        return tuple(self._pools)
