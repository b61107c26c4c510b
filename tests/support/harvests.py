"""Harvests told in a few lines: what a source says of its servers, applications and the rest."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from waveplan.imports.harvest import Harvest
from waveplan.imports.records import Given, Keys, Kind, Record
from waveplan.imports.tables.model import RowPlace

_KEYS = frozenset({"external", "instance", "uuid", "macs", "addresses", "fqdn", "hostname"})
_TUPLES = frozenset({"macs", "addresses"})


def harvest(source: str, *records: tuple[Kind, str, dict[str, Any]], as_of: str = "") -> Harvest:
    """A source with records, one a row from row 2 on; what is no key is a value of the format."""
    made = [
        record(kind, name, said, RowPlace(f"{source}.csv", "", row))
        for row, (kind, name, said) in enumerate(records, 2)
    ]
    return Harvest(source, made, as_of=dt.date.fromisoformat(as_of) if as_of else None)


def record(kind: Kind, name: str, said: dict[str, Any], place: RowPlace) -> Record:
    """One record; a list is several values, a number an amount."""
    keys = {key: tuple(value) if key in _TUPLES else value for key, value in said.items() if key in _KEYS}
    given = {
        path.replace("__", "."): Given(_value(value), column)
        for column, (path, value) in enumerate(said.items(), 2)
        if path not in _KEYS
    }
    return Record(kind, name, place, given, Keys(**keys))


def _value(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(_value(each) for each in value)
    return Decimal(value) if isinstance(value, int) and not isinstance(value, bool) else value
