"""One reason that keeps a lot out of slots."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from waveplan.domain.findings import Path


@dataclass(frozen=True, slots=True)
class SlotObstacle:
    """One reason that keeps a lot out of some slots: the rule's code and a sentence about it."""

    code: str
    slots: frozenset[int]
    template: str
    values: Mapping[str, Any] = field(default_factory=dict, hash=False)
    path: Path = ()  # of what says so, where that is one key of one entry
