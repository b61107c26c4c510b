"""What a packing's waves stand for: the waves of a plan in their order, or turns of the calendar until a last day.

A *turn* is one more wave that could have been until then. As a plan's waves follow each other, each comes in a later
turn, and some turns may stay empty; so what fits no turns fits no plan, and a turn has the limits of its own days.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from waveplan.engine.problem.rhythm import StreamRules
from waveplan.engine.proofs.packing.rooms import UNLIMITED

Allowed = Sequence[Sequence[int]]


class WaveFrame(Protocol):
    """Rows of limits, and what they are."""

    @property
    def rows(self) -> tuple[int | None, ...]:
        """Waves in each row; None for all that follow."""

    def by_row(self, limits: Sequence[int]) -> tuple[int, ...]:
        """Limits by row, of limits by stage."""

    def of_pool(self, room: Mapping[int, int], where: Iterable[int], total: int) -> tuple[int, ...] | None:
        """Limits by row of what a pool's lots bring to the positions that they may be in; None if there are none."""

    def waves_of(self, positions: Sequence[int]) -> tuple[int, ...] | None:
        """The waves, from 1, that a lot may be in by its positions; None for all."""


class WavesInOrder:
    """Waves as they follow each other, whenever they are."""

    def __init__(self, rules: StreamRules) -> None:
        self.rows = tuple(stage.waves for stage in rules.stages)

    def by_row(self, limits: Sequence[int]) -> tuple[int, ...]:
        """Limits by row, of limits by stage."""
        return tuple(limits)

    def of_pool(self, room: Mapping[int, int], where: Iterable[int], total: int) -> tuple[int, ...] | None:
        """What one wave may bring wherever it stands."""
        places = set(where)
        if not places or not room.keys() >= places:
            return None
        return (max(room[position] for position in places),) * len(self.rows)

    def waves_of(self, positions: Sequence[int]) -> tuple[int, ...] | None:
        """All of them."""
        return None


@dataclass(frozen=True)
class Turns:
    """The turns of some lots of a stream; by position, the first and the last turn that a wave there can be."""

    count: int
    span: Mapping[int, tuple[int, int]]
    stage_of: tuple[int, ...]  # by turn, from 0: the last stage that a wave in it can belong to
    exactly: bool  # whether it belongs to that stage and to none before

    @property
    def rows(self) -> tuple[int | None, ...]:
        """Each turn has a row."""
        return (*(1,) * (self.count - 1), None)

    def by_row(self, limits: Sequence[int]) -> tuple[int, ...]:
        """As empty turns are no waves, a turn may have the limits of an earlier stage too."""
        return tuple(limits[stage] if self.exactly else max(limits[: stage + 1]) for stage in self.stage_of)

    def of_pool(self, room: Mapping[int, int], where: Iterable[int], total: int) -> tuple[int, ...] | None:
        """The most that some day of the turn leaves."""
        most = [0] * self.count
        for position in where:
            first, last = self.span[position]
            for turn in range(first, last + 1):
                most[turn - 1] = max(most[turn - 1], min(total, room.get(position, UNLIMITED)))
        return tuple(most)

    def waves_of(self, positions: Sequence[int]) -> tuple[int, ...] | None:
        """Turns that hold one of the positions."""
        return tuple(sorted({turn for each in positions for turn in range(self.span[each][0], self.span[each][1] + 1)}))
