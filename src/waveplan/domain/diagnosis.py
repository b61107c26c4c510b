"""Why there is no plan: facts that clash, and what would have to give, as data."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
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
class Clash:
    """Facts that clash, and ways out of this clash, cheapest first.

    `proven`: these facts alone, with all others loosened, leave no plan. `minimal`: without any one of them they would.
    """

    facts: tuple[ClashingFact, ...]
    proven: bool
    minimal: bool
    ways_out: tuple[WayOut, ...] = ()


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """Clashes that share no fact, and ways out of all of them, cheapest first; each leads to a plan.

    With one clash these are its own; with several, one way takes a way out of each. `more`: other facts may clash as
    well. `complete`: every way out that is known was tried.
    """

    clashes: tuple[Clash, ...]
    ways_out: tuple[WayOut, ...] = ()
    more: bool = False
    complete: bool = True


def _flow(value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {_flow(each)}" for key, each in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(_flow(each) for each in value) + "]"
    if isinstance(value, bool) or not isinstance(value, str):
        return json.dumps(value)
    return value if _PLAIN.match(value) else json.dumps(value, ensure_ascii=False)
