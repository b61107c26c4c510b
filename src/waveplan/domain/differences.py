"""What moved between two plans: plain data, in a stable order. None stands for what one of the two does not have."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from waveplan.domain.compliance import WaveRef
from waveplan.domain.findings import Phrase


@dataclass(frozen=True, slots=True)
class LotMove:
    """A lot of the same items in another wave; without a wave where a plan leaves it out."""

    lot: str
    before: WaveRef | None
    after: WaveRef | None

    @property
    def days(self) -> int | None:
        """Days by which it is later; less than 0 when it is earlier."""
        return None if self.before is None or self.after is None else (self.after.date - self.before.date).days


@dataclass(frozen=True, slots=True)
class PlacedItems:
    """A lot with its items and its wave."""

    lot: str
    items: tuple[str, ...]
    wave: WaveRef | None


@dataclass(frozen=True, slots=True)
class Regrouping:
    """Lots that share items and do not hold the same ones: those of one plan, and those of the other."""

    before: tuple[PlacedItems, ...]
    after: tuple[PlacedItems, ...]

    @property
    def came(self) -> tuple[str, ...]:
        """Items that only the second plan has in them."""
        return _less(self.after, self.before)

    @property
    def left(self) -> tuple[str, ...]:
        """Items that only the first plan has in them."""
        return _less(self.before, self.after)


def _less(these: tuple[PlacedItems, ...], others: tuple[PlacedItems, ...]) -> tuple[str, ...]:
    taken = {item for lot in others for item in lot.items}
    return tuple(sorted({item for lot in these for item in lot.items} - taken))


@dataclass(frozen=True, slots=True)
class WaveChange:
    """A wave that opens, closes, moves as a whole, gets another number, or whose lots `came` and `left`."""

    before: WaveRef | None
    after: WaveRef | None
    came: tuple[str, ...] = ()
    left: tuple[str, ...] = ()

    @property
    def kind(self) -> str:
        """`opened`, `closed`, `moved`, `changed` or `renumbered`."""
        if self.before is None or self.after is None:
            return "opened" if self.before is None else "closed"
        if self.before.id != self.after.id or self.before.date != self.after.date:
            return "moved"
        return "changed" if self.came or self.left else "renumbered"


@dataclass(frozen=True, slots=True)
class GateMove:
    """A gate of a wave that both plans have, on another day; `wave` is the second plan's."""

    wave: WaveRef
    gate: str
    before: dt.date | None
    after: dt.date | None


@dataclass(frozen=True, slots=True)
class MilestoneMove:
    """A milestone, or a hard date's day of being reached (`hard_date`), on another day."""

    kind: str
    id: str
    before: dt.date | None
    after: dt.date | None


@dataclass(frozen=True, slots=True)
class LoadChange:
    """Person-days of a team in a week, or of an organisation in a month (`name` None: teams without one)."""

    name: str | None
    period: str
    before: Decimal
    after: Decimal
    offered: Decimal | None  # in the second plan

    @property
    def more(self) -> Decimal:
        """By how much it grew."""
        return self.after - self.before


@dataclass(frozen=True, slots=True)
class GoalChange:
    """A goal's value in both plans."""

    goal: str
    before: Decimal
    after: Decimal


@dataclass(frozen=True, slots=True)
class FigureChange:
    """Any other figure: of the programme, of a lot of the same items, or of a wave in the same slot."""

    of: str
    figure: str
    before: object
    after: object


@dataclass(frozen=True, slots=True)
class PlanDifference:
    """Everything that differs. `goals` holds all of them, changed or not; loads have the largest change first."""

    lots_before: int
    lots_after: int
    moved: tuple[LotMove, ...]
    new: tuple[PlacedItems, ...]
    gone: tuple[PlacedItems, ...]
    regrouped: tuple[Regrouping, ...]
    waves: tuple[WaveChange, ...]
    gates: tuple[GateMove, ...]
    milestones: tuple[MilestoneMove, ...]
    teams: tuple[LoadChange, ...]
    organisations: tuple[LoadChange, ...]
    goals: tuple[GoalChange, ...]
    figures: tuple[FigureChange, ...]

    @property
    def same(self) -> bool:
        """Whether nothing differs; how the plans were found does not count."""
        parts = (self.moved, self.new, self.gone, self.regrouped, self.waves, self.gates, self.milestones)
        loads = (self.teams, self.organisations, self.figures)
        return not any((*parts, *loads)) and all(goal.before == goal.after for goal in self.goals)


Cause = Literal["no_go", "rolled_back", "kept_out", "new", "displaced"]


@dataclass(frozen=True, slots=True)
class Moved:
    """A lot that stands elsewhere than before, or that is new. `by` is what keeps it out of where it was."""

    lot: str
    before: WaveRef | None
    after: WaveRef
    cause: Cause
    by: Phrase | None = None


@dataclass(frozen=True, slots=True)
class Replanning:
    """What a new plan keeps and what it moves. `unlocked`: imminent waves had to be touched, else there was no plan."""

    as_of: dt.date
    locked_days: int
    done: int  # lots
    locked: int  # lots
    moved: tuple[Moved, ...]
    gone: tuple[str, ...]  # lots whose items are in the inventory no more
    unlocked: bool
