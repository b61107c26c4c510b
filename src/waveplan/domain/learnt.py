"""What is known of how long tasks take: what was seen of each template in rehearsals and nights."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from waveplan.domain.runbooks import RunbookTask, TaskKind, TaskMinutes

FEW = 3  # observations below which a median is no more than what has been seen


@dataclass(frozen=True, slots=True)
class TaskObservation:
    """How long a task took once, against what was planned; `run` is None for the real night."""

    wave: str
    template: str
    task: str
    kind: TaskKind
    run: str | None
    planned: int
    taken: int


@dataclass(frozen=True, slots=True)
class Learnt:
    """What is known of one template. Ratios are minutes taken ÷ minutes planned; `low` and `high` are the quartiles.

    `minutes` are those to plan with, None where they stay: when what was seen is close to what was planned, when it is
    too little, or when all of it comes from the link.
    """

    template: RunbookTask
    seen: tuple[TaskObservation, ...]
    middle: Fraction
    low: Fraction
    high: Fraction
    minutes: TaskMinutes | None

    @property
    def is_little(self) -> bool:
        """Whether so little was seen that nothing is concluded."""
        return len(self.seen) < FEW
