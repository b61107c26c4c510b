"""Why there is no plan: facts that clash, and what would have to give, as data."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from waveplan.domain.findings import Location, Path, Phrase

_PLAIN = re.compile(r"[\w][\w.@/+-]*( [\w.@/+-]+)*\Z")  # words that need no quotes


@dataclass(frozen=True, slots=True)
class InventoryEdit:
    """One change in the inventory's text: the value that a path gets, or (`removes`) that it goes.

    `value` is plain data, as YAML would write it. `location` is that of what is replaced or removed, or of the entry
    that a new key comes into.
    """

    path: Path
    value: Any = None
    removes: bool = False
    location: Location | None = None
    spoken: str = ""  # the path as people read it, entries by their ids

    @property
    def text(self) -> str:
        """The value as it is written in YAML, on one line."""
        return _flow(self.value)


@dataclass(frozen=True, slots=True)
class ClashingFact:
    """Something that a manager can change, and that no plan can keep together with the other clashing facts."""

    kind: str
    said: Phrase
    path: Path
    location: Location | None = None


@dataclass(frozen=True, slots=True)
class WayOut:
    """Changes after which there is a plan: a checked one was found. `cost` only ranks ways out."""

    said: tuple[Phrase, ...]
    edits: tuple[InventoryEdit, ...]
    cost: Decimal
    note: Phrase | None = None


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """Facts that clash, and ways out, cheapest first.

    `proven`: these facts alone, with all others loosened, leave no plan. `minimal`: without any one of them there is a
    plan. `more`: nothing about these facts alone suffices, since others clash as well. `complete`: every way out that
    is known was tried.
    """

    facts: tuple[ClashingFact, ...]
    proven: bool
    minimal: bool
    ways_out: tuple[WayOut, ...] = ()
    more: bool = False
    complete: bool = True

    def with_places(self, facts: Sequence[ClashingFact], ways_out: Sequence[WayOut]) -> Diagnosis:
        """The same with facts and ways out whose places are known."""
        return replace(self, facts=tuple(facts), ways_out=tuple(ways_out))


def _flow(value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {_flow(each)}" for key, each in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(_flow(each) for each in value) + "]"
    if isinstance(value, bool) or not isinstance(value, str):
        return json.dumps(value)
    return value if _PLAIN.match(value) else json.dumps(value, ensure_ascii=False)
