"""The numbers of a run, laid out anew for the waves of another plan: the same chances that *push* draws."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from waveplan.engine.simulation import layout as by
from waveplan.simulation.sampling import MOST_DRAWS, Ints
from waveplan.simulation.staging import Staging

_WORD = 2**64 - 1
_APART = 1 << 32  # dimensions of waves that share the numbers of a wave with another one begin here
_KINDS = 3  # gate, cutover, hours in the window

LotTeam = tuple[int, int]


def efforts_of(staging: Staging) -> Mapping[LotTeam, int]:
    """By lot and team: which number its effort is drawn with."""
    teams = [team.id for team in staging.facts.inventory.teams]
    found: dict[LotTeam, int] = {}
    for unit, lots in zip(staging.problem.units, staging.lots, strict=True):
        for team, parts in unit.efforts.items():
            held = [lot for lot in lots if teams[team] in staging.facts.lots[lot].effort]
            found |= {(lot, team): dimension for lot, (dimension, _, _) in zip(held, parts, strict=True)}
    return found


class RunNumbers:
    """What one run draws, by the waves and lots of the plan that it began with."""

    def __init__(self, staging: Staging, row: Ints, key: int) -> None:
        problem = staging.problem
        self._row, self.key = row, int(key)
        self._drawn = min(problem.dimensions, MOST_DRAWS)
        self.first = 3 * len(problem.events) + len(problem.milestones)  # what no wave has a part in
        self._units = len(problem.units)
        self._effort = self.first + by.TRIES * self._units * _KINDS
        self._late = self._effort + problem.efforts
        self._efforts = efforts_of(staging)

    def of(self, dimension: int) -> int:
        """The number of a dimension, as compiled code draws it."""
        return int(self._row[dimension]) if dimension < self._drawn else hashed(self.key, dimension)

    def common(self) -> list[int]:
        """Of events and milestones."""
        return [self.of(dimension) for dimension in range(self.first)]

    def attempt(self, unit: int, number: int, kind: int) -> int:
        """Of a wave's n-th gate (0), cutover (1) or hours (2)."""
        first = self.first if number < by.TRIES else self._late
        return self.of(first + (number * self._units + unit) * _KINDS + kind)

    def apart(self, lot: int, number: int, kind: int) -> int:
        """The same for a wave that was parted from another one, by its first lot."""
        return hashed(self.key, _APART + (lot * 4096 + number) * _KINDS + kind)

    def effort(self, lot: int, team: int) -> int:
        """Of what a lot takes of a team."""
        return self.of(self._effort + self._efforts[lot, team])


def hashed(key: int, dimension: int) -> int:
    """A number of 32 bits: what the compiled hash of a key and a dimension is."""
    z = (key + (dimension + 1) * 0x9E3779B97F4A7C15) & _WORD
    z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & _WORD
    z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & _WORD
    return (z ^ (z >> 31)) >> 32


def laid_out(
    numbers: RunNumbers, staging: Staging, efforts: Mapping[LotTeam, int], tries: Sequence[tuple[int, int, int, int]]
) -> Ints:
    """A row for a plan's waves. `tries` has for each wave: the first wave that it comes of (-1: parted from it), its
    first lot, gates held and cutovers held so far."""
    problem = staging.problem
    row = np.zeros(problem.dimensions, np.int64)
    common = numbers.common()
    row[: len(common)] = common
    units = len(problem.units)
    for unit, (origin, lot, *held) in enumerate(tries):
        for number in range(by.TRIES):
            for kind in range(_KINDS):
                nth = held[min(kind, 1)] + number
                drawn = numbers.attempt(origin, nth, kind) if origin >= 0 else numbers.apart(lot, nth, kind)
                row[numbers.first + (number * units + unit) * _KINDS + kind] = drawn
    first = numbers.first + by.TRIES * units * _KINDS
    for (lot, team), dimension in efforts.items():
        row[first + dimension] = numbers.effort(lot, team)
    return row
