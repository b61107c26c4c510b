"""Lengths of ties that cost least while rows ask for so much, and how much each row is worth: a linear program."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

Pair = tuple[int, int]  # two lots that a tie connects


class Covering:
    """min Σ weight × length, with Σ share × length ≥ needed for each row; rows may be added after it was solved."""

    def __init__(self, weights: Mapping[Pair, int]) -> None:
        from ortools.linear_solver import pywraplp

        self._solver: Any = pywraplp.Solver.CreateSolver("GLOP")
        self._lengths = {key: self._solver.NumVar(0.0, self._solver.infinity(), "") for key in weights}
        self._rows: list[Any] = []
        self._solver.Minimize(self._solver.Sum([weights[key] * length for key, length in self._lengths.items()]))
        self._optimal = pywraplp.Solver.OPTIMAL

    def add(self, shares: Mapping[Pair, int], needed: int) -> None:
        """One more row; scaled so that it asks for 1, as rows may ask for very different amounts."""
        row = self._solver.Constraint(1.0, self._solver.infinity())
        for key, share in shares.items():
            row.SetCoefficient(self._lengths[key], share / needed)
        self._rows.append(row)

    def solve(self) -> tuple[dict[Pair, float], Sequence[float]] | None:
        """Lengths, and by row its worth for all that it asks for; None when there are none."""
        if self._solver.Solve() != self._optimal:
            return None
        lengths = {key: max(0.0, length.solution_value()) for key, length in self._lengths.items()}
        return lengths, [max(0.0, row.dual_value()) for row in self._rows]
