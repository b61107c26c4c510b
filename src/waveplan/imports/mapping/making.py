"""What one row makes: a record of each kind that the mapping asks for, with the values of its cells."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from waveplan.domain.findings import Phrase
from waveplan.domain.import_mapping import ColumnUse, MappedRecord, MappedSheet
from waveplan.imports.mapping.fields import FieldType, field_type
from waveplan.imports.mapping.filtering import RowFilters
from waveplan.imports.mapping.sheets import ReadSheet
from waveplan.imports.mapping.troubles import CellTroubles
from waveplan.imports.mapping.uses import KEY_TYPES, NAME, PreparedUse, Unread, prepared
from waveplan.imports.records import Given, Keys, Kind, Scalar
from waveplan.imports.tables.model import CellValue, RowPlace

_ARROW = " → "


@dataclass(frozen=True, slots=True)
class Made:
    """What a row says of one thing."""

    kind: Kind
    name: str
    given: Mapping[str, Given]
    keys: Keys = field(default_factory=Keys)


@dataclass(slots=True)
class Maker:
    """One entry of `makes`, with its columns found in one sheet."""

    kind: Kind
    name: PreparedUse | None
    keys: dict[str, PreparedUse]
    fields: dict[str, PreparedUse]
    filters: RowFilters

    def uses(self) -> Iterator[PreparedUse]:
        """All uses of columns."""
        yield from filter(None, (self.name, *self.keys.values(), *self.fields.values()))

    def against(self, cells: tuple[CellValue, ...]) -> Phrase | None:
        """Why a row makes no such thing."""
        return self.filters.against(cells)

    def records(self, cells: tuple[CellValue, ...], place: RowPlace, troubles: CellTroubles) -> Iterator[Made]:
        """What a row makes: nothing without a name, several things where its name is split."""
        if self.kind in {"dependency", "link"}:
            yield from self._ties(cells, place, troubles)
            return
        names = self._read("name", self.name, cells, place, troubles, "") if self.name else ()
        if not names:
            return
        given, depends_on = self._given(cells, place, troubles, str(names[0]))
        keys = self._keys(cells, place, troubles, str(names[0]))
        for name in map(str, names):
            yield Made(self.kind, name, given, keys if len(names) == 1 else Keys())
            for provider in depends_on:
                yield _dependency(name, str(provider), self.name, self.fields["depends_on"], {})

    def _ties(self, cells: tuple[CellValue, ...], place: RowPlace, troubles: CellTroubles) -> Iterator[Made]:
        given, _ = self._given(cells, place, troubles, "")
        if self.kind == "link":
            between = given.get("between")
            if between is not None and isinstance(between.value, tuple) and len(between.value) == 2:
                yield Made("link", " — ".join(map(str, between.value)), given)
            return
        ends = []
        for end in ("consumer", "provider"):
            use = self.fields.get(end)
            ends.append(self._read(end, use, cells, place, troubles, "") if use else ())
        more = {path: each for path, each in given.items() if path not in {"consumer", "provider"}}
        for consumer in map(str, ends[0]):
            for provider in map(str, ends[1]):
                yield _dependency(consumer, provider, self.fields["consumer"], self.fields["provider"], more)

    def _given(
        self, cells: tuple[CellValue, ...], place: RowPlace, troubles: CellTroubles, subject: str
    ) -> tuple[dict[str, Given], tuple[Scalar, ...]]:
        """Values by field; what it depends on aside, as that makes records of its own."""
        given: dict[str, Given] = {}
        depends_on: tuple[Scalar, ...] = ()
        for path, use in self.fields.items():
            if self.kind == "dependency" and path in {"consumer", "provider"}:
                continue  # read by themselves, since each may be split
            values = self._read(path, use, cells, place, troubles, subject)
            if path == "depends_on":
                depends_on = values
            elif values:
                given[path] = Given(values if use.kind.many else values[0], use.place)
        return given, depends_on

    def _keys(self, cells: tuple[CellValue, ...], place: RowPlace, troubles: CellTroubles, subject: str) -> Keys:
        found = {key: self._read(key, use, cells, place, troubles, subject) for key, use in self.keys.items()}
        one = {key: str(values[0]) for key, values in found.items() if values}
        instance = (one["vcenter"], one["instance"]) if "vcenter" in one and "instance" in one else None
        return Keys(
            external=one.get("external", ""),
            instance=instance,
            uuid=one.get("uuid", ""),
            macs=tuple(map(str, found.get("macs", ()))),
            addresses=tuple(map(str, found.get("addresses", ()))),
            fqdn=one.get("fqdn", ""),
            hostname=one.get("hostname", ""),
        )

    def _read(
        self,
        path: str,
        use: PreparedUse,
        cells: tuple[CellValue, ...],
        place: RowPlace,
        troubles: CellTroubles,
        subject: str,
    ) -> tuple[Scalar, ...]:
        unread: list[Unread] = []
        values = use.values(cells, unread)
        for each in unread:
            troubles.note(each, place, path, subject)
        return values


def _dependency(
    consumer: str, provider: str, of: PreparedUse | None, on: PreparedUse, more: Mapping[str, Given]
) -> Made:
    given = {
        "consumer": Given(consumer, of.place if of else 0),
        "provider": Given(provider, on.place),
        **more,
    }
    return Made("dependency", f"{consumer}{_ARROW}{provider}", given)


def makers_of(mapped: MappedSheet, sheet: ReadSheet, missing: list[str]) -> list[Maker]:
    """What rows of a sheet make; columns that are named and not there are added to `missing`."""
    return [_maker(record, sheet, missing) for record in mapped.makes]


def _maker(record: MappedRecord, sheet: ReadSheet, missing: list[str]) -> Maker:
    def use_of(use: ColumnUse | None, kind: FieldType | None) -> PreparedUse | None:
        return None if use is None or kind is None else prepared(use, kind, sheet, missing)

    keys = {key: use_of(getattr(record.keys, key), kind) for key, kind in KEY_TYPES.items()}
    fields = {path: use_of(use, field_type(record.kind, path)) for path, use in record.fields.items()}
    return Maker(
        record.kind,
        use_of(record.name, NAME),
        {key: use for key, use in keys.items() if use is not None},
        {path: use for path, use in fields.items() if use is not None},
        RowFilters.of(record.when, record.unless, sheet, missing),
    )
