"""What a table is: keys for programs, titles for people, and cells of plain kinds."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from waveplan.export.plan_facts import plain_number

Cell = str | dt.datetime | dt.date | Decimal | int | bool | None
Kind = Literal["text", "day", "moment", "number", "whole", "share", "flag"]


@dataclass(frozen=True, slots=True)
class TableColumn:
    """`key` never changes with the language; `kind` says what its cells are, all or none of them empty."""

    key: str
    title: str
    kind: Kind


@dataclass(frozen=True, slots=True)
class ExportTable:
    """A table by its key, with its title; every row has a cell for each column."""

    key: str
    title: str
    columns: tuple[TableColumn, ...]
    rows: tuple[tuple[Cell, ...], ...]


def series(names: Iterable[str]) -> str:
    """Names in one cell."""
    return ", ".join(names)


def amounts(amounts: Mapping[str, Decimal]) -> str:
    """Amounts by name in one cell."""
    return ", ".join(f"{name} {plain_number(amount)}" for name, amount in amounts.items())


def table(
    key: str, title: str, columns: Iterable[tuple[str, str, Kind]], rows: Iterable[tuple[Cell, ...]]
) -> ExportTable:
    """A table of columns told by key, title and kind."""
    return ExportTable(key, title, tuple(TableColumn(*each) for each in columns), tuple(rows))
