"""What cells of a workbook hold, as the values that tables have."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from waveplan.imports.tables.model import CellValue


def _number(value: float) -> Decimal:
    return Decimal(int(value)) if value.is_integer() and abs(value) < 1e15 else Decimal(repr(value))


def _as_it_is(value: Any) -> CellValue:
    return value  # type: ignore[no-any-return]


_VALUES: dict[type, Callable[[Any], CellValue]] = {
    float: _number,
    int: Decimal,
    bool: _as_it_is,
    date: _as_it_is,
    datetime: _as_it_is,
    time: str,
    timedelta: str,
}


def cells_of(values: Sequence[Any], before: tuple[None, ...]) -> tuple[CellValue, ...]:
    """A row's cells behind so many empty ones."""
    return (*before, *[(value or None) if type(value) is str else _VALUES[type(value)](value) for value in values])
