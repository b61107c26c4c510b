"""How far an inventory can be relied on, as data: what is known, what to mend, what to ask, what it would change."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from waveplan.domain.findings import Phrase

CareKind = Literal["application", "service", "server", "site", "team"]
Trouble = Literal["stale", "unowned", "contradictory", "blocked"]
End = Literal["planned", "infeasible", "unknown"]


@dataclass(frozen=True, slots=True)
class FieldKnown:
    """Of how many entries of a kind a field is known; by domain, where there are several."""

    kind: CareKind
    field: str
    known: int
    all: int
    domains: tuple[tuple[str, int, int], ...] = ()  # domain (empty for none), known, all


@dataclass(frozen=True, slots=True)
class CareNote:
    """One entry, and what is the matter with it."""

    trouble: Trouble
    kind: CareKind
    id: str
    owner: str
    said: Phrase


@dataclass(frozen=True, slots=True)
class Question:
    """A question about a field of an entry; `current` is what planning assumes meanwhile."""

    kind: CareKind
    id: str
    name: str
    field: str
    question: str
    current: str
    owner: str


@dataclass(frozen=True, slots=True)
class MovedBy:
    """What one extreme does to a plan: how much later it finishes, and whose gates move, by how many days at most."""

    end: End
    finish: int = 0
    lots: int = 0
    most_days: int = 0
    proven: bool = False  # that no plan finishes earlier, here and as things stand


@dataclass(frozen=True, slots=True)
class FactImpact:
    """A class of missing facts, and what its two extremes do."""

    kind: CareKind
    field: str
    missing: tuple[str, ...]  # ids of entries
    assumed: tuple[str, str]  # the extremes, as people read them
    low: MovedBy
    high: MovedBy

    @property
    def rank(self) -> tuple[object, ...]:
        """What makes a plan impossible comes first, then by days of finish, then by gates; what is not known, last."""
        both = (self.low, self.high)
        return (
            -any(each.end == "infeasible" for each in both),
            -max(abs(each.finish) for each in both),
            -max(each.lots for each in both),
            -max(each.most_days for each in both),
            self.kind,
            self.field,
        )


@dataclass(frozen=True, slots=True)
class Impacts:
    """All classes, what matters most first; `finish` of the plan as things stand, None where none was found."""

    finish: dt.date | None
    ranked: tuple[FactImpact, ...] = ()
