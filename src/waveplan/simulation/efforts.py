"""Of each unit of a simulated plan: how its effort may turn out, team by team."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from fractions import Fraction

from waveplan.domain.risks import EffortRisk
from waveplan.engine.simulation import layout as by
from waveplan.planning.facts.facts import PlanningFacts
from waveplan.simulation.chances import SpreadTables


class UnitEfforts:
    """Gives every uncertain effort a dimension of its own, in the order in which units are asked for."""

    def __init__(
        self,
        facts: PlanningFacts,
        units: Sequence[tuple[int, ...]],
        risks: Sequence[EffortRisk],
        tables: SpreadTables,
    ) -> None:
        self._facts, self._units, self._risks, self._tables = facts, units, risks, tables
        self.entries: list[int | None] = []  # by dimension, of risks.effort

    def about(self, number: int) -> frozenset[int]:
        """Entries of `risks.effort` that are about a unit."""
        teams = ((lot, team) for lot in self._units[number] for team in self._facts.lots[lot].effort)
        return frozenset(entry for lot, team in teams if (entry := self._entry_of(lot, team)) is not None)

    def shares(self, number: int) -> dict[int, list[tuple[int, int, int]]]:
        """By team: for each lot the dimension it is drawn in, its spread, and its part of the unit's effort."""
        teams = [team.id for team in self._facts.inventory.teams]
        efforts: dict[str, list[tuple[int, Fraction]]] = defaultdict(list)
        for lot in self._units[number]:
            for team, days in self._facts.lots[lot].effort.items():
                efforts[team].append((lot, Fraction(days)))
        found = {}
        for team, parts in sorted(efforts.items()):
            entries = {lot: self._entry_of(lot, team) for lot, _ in parts}
            whole = sum((days for _, days in parts), Fraction(0))
            if whole and any(entry is not None for entry in entries.values()):
                found[teams.index(team)] = [self._share(lot, days / whole, entries[lot]) for lot, days in parts]
        return found

    def _entry_of(self, lot: int, team: str) -> int | None:
        items = self._facts.lots[lot].items
        for number, entry in enumerate(self._risks):
            if (not entry.teams or team in entry.teams) and any(entry.is_about(item) for item in items):
                return number
        return None

    def _share(self, lot: int, part: Fraction, entry: int | None) -> tuple[int, int, int]:
        self.entries.append(entry)
        spread = by.NOTHING if entry is None else self._tables.spread(self._risks[entry])
        return len(self.entries) - 1, spread, round(part * by.WHOLE)
