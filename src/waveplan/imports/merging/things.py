"""What records of several sources become: entries, each value with who says so, and what they disagree on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple, TypeGuard

from waveplan.domain.findings import Finding, Location
from waveplan.imports.harvest import Flow
from waveplan.imports.records import Kind, Record, located
from waveplan.imports.tables.model import RowPlace


class Ref(NamedTuple):
    """A value that names another entry, by its kind and its number in the union."""

    kind: Kind
    number: int


Words = str | Ref
Value = Words | tuple[Words, ...]
"""A value in the words of a YAML file; what names other entries is told apart, since ids come last."""


def is_list(value: Value) -> TypeGuard[tuple[Words, ...]]:
    """Whether a value is several; a reference is a tuple too, and one value."""
    return isinstance(value, tuple) and not isinstance(value, Ref)


@dataclass(slots=True)  # there are millions: a frozen one takes three times as long to make
class Claim:
    """A value, and who says it."""

    value: Value
    source: str
    place: RowPlace
    column: int = 0
    assumed: str = ""
    stale: bool = False

    def location(self) -> Location:
        """The cell."""
        return located(self.place, self.column)


@dataclass(slots=True)
class Settled:
    """The value of one field, and those that did not become it; the best first."""

    said: Claim
    others: tuple[Claim, ...] = ()
    review: bool = False  # somebody has to look before it is written

    @property
    def value(self) -> Value:
        """What is to be written."""
        return self.said.value


@dataclass(slots=True)
class Thing:
    """One thing, as all sources together know it."""

    kind: Kind
    name: str
    key: str  # by which it is told from others of its name, whatever the order of reading
    records: tuple[tuple[str, Record], ...] = ()  # with the name of their source
    keys: frozenset[str] = frozenset()  # normal forms, `uuid:…`, by which it is known again
    fields: Mapping[str, Settled] = field(default_factory=dict)
    ties: Mapping[Ref, Mapping[str, Settled]] = field(default_factory=dict)  # what it depends on
    joined_by: tuple[str, ...] = ()  # the keys that brought its records together


@dataclass(frozen=True, slots=True)
class Conflict:
    """Sources that say different things of one field."""

    thing: Thing
    path: str
    settled: Settled


@dataclass(slots=True)
class United:
    """One inventory's worth of entries, by kind; dependencies are fields of their consumers."""

    entries: dict[Kind, list[Thing]]
    conflicts: list[Conflict] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    flows: list[Flow] = field(default_factory=list)
    dates: dict[str, dt.date | None] = field(default_factory=dict)  # when each source was taken

    def thing(self, ref: Ref) -> Thing:
        """What a reference leads to."""
        return self.entries[ref.kind][ref.number]
