"""Orders between items, and the steps of cycles that they form."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from waveplan.domain.findings import Path

OrderKind = Literal["dependency", "before rule", "environment order", "step", "tranche", "pilot", "batch"]


@dataclass(frozen=True, slots=True)
class Order:
    """Each of `firsts` comes no later than each of `seconds`; `strict` ones never in the same lot.

    `name` is what people call it: the consumer of a dependency, the id of a rule, a pilot or the tranche waited for, a
    family, what has steps. `path` leads to its entry.
    """

    kind: OrderKind
    firsts: tuple[str, ...]
    seconds: tuple[str, ...]
    strict: bool
    name: str
    path: Path
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class OrderArc:
    """One step of a cycle: `first` (an item of one group) comes before `second` (an item of the next one)."""

    first: str
    second: str
    order: Order
