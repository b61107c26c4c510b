"""Conflicts and provenance, value by value, as rows for tables and programs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from waveplan.domain.findings import Location
from waveplan.imports.merging import Claim, Ref, Thing, United
from waveplan.imports.merging.disagreements import shown_value
from waveplan.imports.writing.drafts import SECTIONS


@dataclass(frozen=True, slots=True)
class SourcedValue:
    """A value, its source, and where in it the value stands; no place where the source was not read this time."""

    value: str
    source: str
    location: Location | None
    as_of: str = ""
    assumed: str = ""
    file: str = ""

    @property
    def place(self) -> str:
        """Its cell; its file where the source was read in an earlier import."""
        return str(self.location) if self.location else self.file


@dataclass(frozen=True, slots=True)
class ConflictRow:
    """One field that sources disagree on: what was taken, and what was not."""

    field: str
    taken: SourcedValue
    others: tuple[SourcedValue, ...]
    waits: bool  # for a review


@dataclass(frozen=True, slots=True)
class ProvenanceRow:
    """Where the value of one field comes from."""

    section: str
    id: str
    field: str
    said: SourcedValue


class Listings:
    """What a union says, under the ids of the inventory."""

    def __init__(self, union: United, ids: Mapping[Ref, str]) -> None:
        self._union = union
        self._ids = ids

    def conflicts(self) -> Iterator[ConflictRow]:
        """Every conflict, by field."""
        known = {id(thing): self._ids.get(ref, thing.name) for ref, thing in self._things()}
        rows = []
        for conflict in self._union.conflicts:
            section = SECTIONS[conflict.thing.kind][0]
            field = f"{section}.{known.get(id(conflict.thing), conflict.thing.name)}.{conflict.path}"
            settled = conflict.settled
            taken, others = self._said(settled.said), tuple(map(self._said, settled.others))
            rows.append(ConflictRow(field, taken, others, settled.review))
        yield from sorted(rows, key=lambda row: row.field)

    def provenance(self) -> Iterator[ProvenanceRow]:
        """Every value with its source, by section, id and field."""
        for ref, thing in self._things():
            section, name = SECTIONS[ref.kind][0], self._ids.get(ref, thing.name)
            for path, settled in sorted(thing.fields.items()):
                yield ProvenanceRow(section, name, path, self._said(settled.said))
            for provider, fields in thing.ties.items():
                for path, settled in sorted(fields.items()):
                    tie = f"depends_on[{self._ids.get(provider, '')}].{path}"
                    yield ProvenanceRow(section, name, tie, self._said(settled.said))

    def _things(self) -> Iterator[tuple[Ref, Thing]]:
        for kind in SECTIONS:
            for number, thing in enumerate(self._union.entries.get(kind, ())):
                yield Ref(kind, number), thing

    def _said(self, claim: Claim) -> SourcedValue:
        value = shown_value(claim.value, lambda ref: self._ids.get(ref, self._union.thing(ref).name))
        day = self._union.dates.get(claim.source)
        place = claim.location() if claim.place.row else None
        return SourcedValue(value, claim.source, place, day.isoformat() if day else "", claim.assumed, claim.place.file)
