"""What rows say of one thing is put together: values that agree, lists that grow, contradictions that are told."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from waveplan.domain.findings import Finding, Location
from waveplan.domain.wording import finding
from waveplan.imports.records import Given, Keys, Kind, Record, located
from waveplan.imports.tables.model import RowPlace
from waveplan.imports.values import folded

_MOST_TOLD = 20  # contradictions of one field


@dataclass(slots=True)
class _Draft:
    """A record in the making."""

    record: Record
    given: dict[str, Given]
    places: dict[str, RowPlace] = field(default_factory=dict)  # of values that a later row brought


@dataclass(slots=True)
class Gathered:
    """The records of all rows so far, each thing once."""

    findings: list[Finding] = field(default_factory=list)
    _drafts: dict[tuple[Kind, str], _Draft] = field(default_factory=dict)
    _contradictions: dict[tuple[Kind, str], int] = field(default_factory=dict)

    def add(self, kind: Kind, name: str, place: RowPlace, given: Mapping[str, Given], keys: Keys) -> bool:
        """Take in what a row says of a thing; whether it is new."""
        key = (kind, folded(name) or name)
        draft = self._drafts.get(key)
        if draft is None:
            record = Record(kind, name, place, keys=keys)
            self._drafts[key] = _Draft(record, dict(given))
            return True
        draft.record = replace(draft.record, keys=draft.record.keys.with_those_of(keys))
        for path, value in given.items():
            self._take(draft, path, value, place)
        return False

    def records(self) -> Iterator[Record]:
        """All records, in the order in which their first rows stand."""
        for draft in self._drafts.values():
            yield replace(draft.record, given=draft.given)

    def _take(self, draft: _Draft, path: str, new: Given, place: RowPlace) -> None:
        old = draft.given.get(path)
        if old is None:
            draft.given[path] = replace(new, column=0)  # it does not stand in the record's own row
            draft.places[path] = place
        elif isinstance(old.value, tuple):
            more = new.value if isinstance(new.value, tuple) else (new.value,)
            draft.given[path] = replace(old, value=tuple(dict.fromkeys((*old.value, *more))))
        elif old.value != new.value:
            self._contradict(draft, path, new, place)

    def _contradict(self, draft: _Draft, path: str, new: Given, place: RowPlace) -> None:
        record = draft.record
        told = self._contradictions.get((record.kind, path), 0)
        self._contradictions[record.kind, path] = told + 1
        if told >= _MOST_TOLD:
            return
        first = draft.places.get(path, record.place)
        values = {
            "field": path,
            "name": record.name,
            "value": _shown(new),
            "other": _shown(draft.given[path]),
            "there": _place(first, draft.given[path].column),
        }
        template = "'{field}' of {name} is {value} here and {other} at {there}, which is kept"
        hint = "mend one of the rows, or map the field from one sheet only"
        said = finding("WP533", template, values, subjects=(record.name,), hint=hint)
        self.findings.append(said.at(located(place, new.column)))

    def silent(self) -> Iterator[Finding]:
        """How many contradictions were not told one by one."""
        for (kind, path), number in self._contradictions.items():
            if number > _MOST_TOLD:
                template = "{more} more rows contradict what an earlier one says of '{field}' of a {kind}"
                values = {"more": number - _MOST_TOLD, "field": path, "kind": kind}
                yield finding("WP533", template, values).at(self._somewhere(kind))

    def _somewhere(self, kind: Kind) -> Location:
        draft = next(draft for (each, _), draft in self._drafts.items() if each == kind)
        return located(replace(draft.record.place, row=1))


def _place(row: RowPlace, column: int) -> str:
    """Where something stands, in a sentence: of delimited text the row, as its columns are counted in letters there."""
    return str(located(row, column)) if row.sheet else f"{row.file}:{row.row}"


def _shown(given: Given) -> str:
    values = given.value if isinstance(given.value, tuple) else (given.value,)
    return ", ".join(str(each) for each in values)
