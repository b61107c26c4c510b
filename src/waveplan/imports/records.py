"""What one source says: records, each with the keys by which other sources know the same thing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Literal

from waveplan.domain.findings import Location
from waveplan.imports.tables.model import RowPlace

Kind = Literal["site", "team", "server", "application", "service", "dependency", "link"]
"""A dependency has `consumer` and `provider` among its given values, by the names that its source uses."""

Scalar = str | Decimal | bool | date


@dataclass(frozen=True, slots=True)
class Given:
    """A value for one field of the format; references are the names that the source uses."""

    value: Scalar | tuple[Scalar, ...]
    column: int = 0  # of the cell it comes from, from 1; 0: not from one cell
    assumed: str = ""  # why, where the source does not say it and the reader chose it


@dataclass(frozen=True, slots=True)
class Keys:
    """By what a thing is recognised in other sources; what a source does not give stays empty."""

    external: str = ""  # the source's own id of it (VM ID, sys_id)
    instance: tuple[str, str] | None = None  # (vCenter, instance UUID)
    uuid: str = ""  # of the BIOS: not unique once machines are cloned
    macs: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    fqdn: str = ""
    hostname: str = ""

    def with_those_of(self, other: Keys) -> Keys:
        """The keys of both; where they differ, these."""
        return Keys(
            external=self.external or other.external,
            instance=self.instance or other.instance,
            uuid=self.uuid or other.uuid,
            macs=tuple(dict.fromkeys((*self.macs, *other.macs))),
            addresses=tuple(dict.fromkeys((*self.addresses, *other.addresses))),
            fqdn=self.fqdn or other.fqdn,
            hostname=self.hostname or other.hostname,
        )


@dataclass(frozen=True, slots=True)
class Record:
    """What one row, or several that belong together, says of one thing."""

    kind: Kind
    name: str  # as the source writes it
    place: RowPlace
    given: Mapping[str, Given] = field(default_factory=dict)  # by path in the format: `vcpu`, `labels.cluster`
    keys: Keys = Keys()

    def location(self, path: str = "") -> Location:
        """Where the record stands, or one of its values."""
        column = self.given[path].column if path in self.given else 0
        return located(self.place, column)


def located(place: RowPlace, column: int = 0) -> Location:
    """The place of a cell, or of the row's first one."""
    return Location(place.file, place.row, max(column, 1), sheet=place.sheet)
