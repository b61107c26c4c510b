"""What a plan made anew on a day has moved, and why: plain data."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from waveplan.domain.compliance import WaveRef
from waveplan.domain.findings import Phrase

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
