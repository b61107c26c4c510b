"""Why a lot is where it is, and what would become of it elsewhere: plain data."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from waveplan.domain.compliance import WaveRef
from waveplan.domain.diagnosis import Clash
from waveplan.domain.differences import GoalChange, PlanDifference
from waveplan.domain.findings import Finding
from waveplan.domain.plan_lots import Tie

Chain = Sequence[tuple[str, Tie, str]]


@dataclass(frozen=True, slots=True)
class Obstacle:
    """A rule that the lot would break in a slot. `alone` tells that it would even if nothing else were planned.

    `reason` is the same in slots that the lot is kept out of for one reason, whatever the figures.
    """

    finding: Finding
    alone: bool
    reason: tuple[object, ...] = ()


@dataclass(frozen=True, slots=True)
class SlotVerdict:
    """What keeps a lot out of a slot, the decisive obstacle first; or what it would cost, when nothing does.

    `wave` is what the plan has in that slot: none when a wave would open.
    """

    wave_id: str
    date: dt.date
    window: str
    wave: WaveRef | None
    obstacles: tuple[Obstacle, ...] = ()
    goals: tuple[GoalChange, ...] = ()

    @property
    def free(self) -> bool:
        """Whether nothing forbids it."""
        return not self.obstacles

    @property
    def alone(self) -> bool:
        """Whether the lot cannot stand there whatever else moves."""
        return any(obstacle.alone for obstacle in self.obstacles)


@dataclass(frozen=True, slots=True)
class Mending:
    """What became of the wish to put a lot into a slot.

    `here`: it is there already. `free`: nothing else has to move. `mended`: others moved, all rules kept. `impossible`:
    the rules of the lot alone, or a proof, forbid it. `unknown`: no plan was found within the limit.
    `difference` leads from the plan to the new one; `fewest` tells that it is proven that fewer moves do not do, and
    `least` is how many other lots are proven to have to move. `clashes` are sets of facts of which each alone makes it
    impossible.
    """

    status: Literal["here", "free", "mended", "impossible", "unknown"]
    verdict: SlotVerdict | None
    difference: PlanDifference | None = None
    fewest: bool = False
    least: int = 0
    findings: tuple[Finding, ...] = ()
    clashes: tuple[Clash, ...] = ()


@dataclass(frozen=True, slots=True)
class Explanation:
    """A lot, its ties, and why it stands in its slot.

    `earlier` has the nearest slot first, `later` too; `unseen` counts slots that were not looked at, the furthest.
    `breaks` counts the rules that the plan breaks as it stands.
    """

    item: str  # as it was asked about: an item's id, or the lot's
    member: str  # the item from which the chains lead
    lot: str
    items: tuple[str, ...]
    stream: str
    chains: tuple[Chain, ...]
    wave: WaveRef | None
    window: str | None
    left_out: str | None
    goals: tuple[str, ...]
    earlier: tuple[SlotVerdict, ...] = ()
    later: tuple[SlotVerdict, ...] = ()
    unseen: int = 0
    breaks: int = 0
    mending: Mending | None = None
