"""Variables of yes and no, and rows over them: Σ coefficient × variable ≥ least."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from waveplan.engine.problem.limits import Pool


@dataclass(frozen=True, slots=True)
class LinearRow:
    """Σ coefficient × variable ≥ least; with `equal`, no more either."""

    terms: Mapping[int, int]
    least: int
    equal: bool = False


@dataclass
class LinearProgramme:
    """What is asked, and what it costs. `longest` are the highest values of variables that count days.

    Lots that are allowed nowhere are left out: what they ask of others is not asked, and the cost is less for it.
    """

    allowed: Sequence[Sequence[int]]
    rows: list[LinearRow] = field(default_factory=list)
    cost: dict[int, int] = field(default_factory=lambda: defaultdict(int))
    longest: dict[int, int] = field(default_factory=dict)
    count: int = 0
    places: dict[tuple[int, int], int] = field(default_factory=dict)  # lot, position → variable
    waves: dict[int, int] = field(default_factory=dict)  # position → variable

    def __post_init__(self) -> None:
        self.may_be = [frozenset(positions) for positions in self.allowed]
        for lot, positions in enumerate(self.allowed):
            for position in positions:
                self.places[lot, position] = self.new()
            if positions:
                self.rows.append(LinearRow({self.places[lot, position]: 1 for position in positions}, 1, equal=True))
        for position in sorted({position for positions in self.allowed for position in positions}):
            self.waves[position] = self.new()
        for (_, position), place in self.places.items():
            self.rows.append(LinearRow({self.waves[position]: 1, place: -1}, 0))

    def new(self, longest: int | None = None) -> int:
        """Another variable: yes or no, or whole days up to the longest."""
        self.count += 1
        if longest is not None:
            self.longest[self.count - 1] = longest
        return self.count - 1

    def at_most(self, terms: Mapping[int, int], most: int) -> None:
        """Ask for Σ coefficient × variable ≤ most, where that could be broken."""
        if sum(value for value in terms.values() if value > 0) > most:
            self.rows.append(LinearRow({variable: -value for variable, value in terms.items()}, -most))

    def at_position(self, position: int, amounts: Mapping[int, int]) -> dict[int, int]:
        """What lots bring to a position."""
        return {
            self.places[lot, position]: amount
            for lot, amount in amounts.items()
            if amount and position in self.may_be[lot]
        }

    def has_all(self, pool: Pool) -> bool:
        """Whether everything that is brought to a pool is by lots that are here."""
        return not pool.units and all(self.allowed[lot] for lot in pool.amounts)
