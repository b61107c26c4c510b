"""Random numbers that many plans of one inventory share: what is drawn belongs to a place, a lot or an event by name.

A sample as simulations have it is laid out by wave, and waves come and go while a plan is changed. So each number has a
name, and is the same in every plan in which that name occurs: two plans that differ in one wave differ in its luck
alone.
"""

from __future__ import annotations

import numpy as np

from waveplan.engine.simulation.layout import TRIES
from waveplan.simulation.sampling import Ints, seed_of
from waveplan.simulation.staging import Staging

MOST_NAMED = 4096  # columns of a sample; what is drawn beyond comes from a hash, and is no longer common
_KINDS = 3  # gate, cutover, hours in the window
_BITS = 2.0**32

Name = tuple[str | int, ...]


class CommonNumbers:
    """So many runs of numbers of 32 bits, each column evenly spread over them; the same for the same seed."""

    def __init__(self, runs: int, seed: int) -> None:
        self.runs, self._seed = runs, seed
        self.keys: Ints = np.random.default_rng(seed_of(seed, "keys")).integers(0, 2**62, runs, dtype=np.int64)
        self._rows = np.empty((0, runs), np.int64)
        self._row: dict[Name, int] = {}

    def of(self, staging: Staging) -> Ints:
        """The sample of a plan: [run, dimension]."""
        wanted = [self._row_of(name) for name in names_of(staging)[:MOST_NAMED]]
        return np.ascontiguousarray(self._rows[wanted].T)

    def _row_of(self, name: Name) -> int:
        row = self._row.get(name)
        if row is None:
            row = self._row[name] = len(self._row)
            if row == len(self._rows):
                self._rows = np.concatenate([self._rows, np.empty((max(64, row), self.runs), np.int64)])
            self._rows[row] = self._drawn(name)
        return row

    def _drawn(self, name: Name) -> Ints:
        generator = np.random.default_rng(seed_of(self._seed, *name))
        points = (generator.permutation(self.runs) + generator.random(self.runs)) / self.runs
        drawn: Ints = np.minimum((points * _BITS).astype(np.int64), 2**32 - 1)
        return drawn


def names_of(staging: Staging) -> list[Name]:
    """What each number of a history is for, in the order of `engine.simulation.layout`."""
    problem = staging.problem
    named: list[Name] = [("event", each, part) for each in range(len(problem.events)) for part in range(3)]
    named += [("milestone", each) for each in range(len(problem.milestones))]
    for number in range(TRIES):
        named += [("try", unit.home, number, kind) for unit in problem.units for kind in range(_KINDS)]
    return named + _efforts(staging)


def _efforts(staging: Staging) -> list[Name]:
    """By dimension of an effort: its lot and team."""
    teams = [team.id for team in staging.facts.inventory.teams]
    found: dict[int, Name] = {}
    for unit in staging.problem.units:
        for team, parts in unit.efforts.items():
            lots = [lot for lot in unit.lots if teams[team] in staging.facts.lots[lot].effort]
            for lot, (dimension, _, _) in zip(lots, parts, strict=True):
                found[dimension] = ("effort", lot, team)
    return [found[dimension] for dimension in sorted(found)]
