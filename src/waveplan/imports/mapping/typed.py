"""A cell as the value that a field takes."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from decimal import Decimal

from waveplan.imports import values
from waveplan.imports.mapping.fields import FieldType
from waveplan.imports.records import Scalar
from waveplan.imports.tables.model import CellValue
from waveplan.imports.values import DATE_ORDERS, DECIMAL_MARKS, DateOrder, DecimalMark, UnreadableCellError
from waveplan.imports.values.numbers import plain
from waveplan.imports.values.refusals import quoted


@dataclass(frozen=True, slots=True)
class WayOfWriting:
    """How a column writes numbers and days, as far as that is known, and the unit of its numbers."""

    marks: Collection[DecimalMark] = DECIMAL_MARKS
    orders: Collection[DateOrder] = DATE_ORDERS
    unit: str = ""


def read_typed(cell: CellValue, kind: FieldType, way: WayOfWriting = WayOfWriting()) -> Scalar | None:
    """What a field takes from a cell; None where it says nothing. Raises UnreadableCellError."""
    return _READERS[kind.form](cell, kind, way)


def _size(cell: CellValue, _: FieldType, way: WayOfWriting) -> Scalar | None:
    return values.read_gigabytes(cell, values.size_unit(way.unit) or values.GB, way.marks)


def _size_tb(cell: CellValue, _: FieldType, way: WayOfWriting) -> Scalar | None:
    read = values.read_gigabytes(cell, values.size_unit(way.unit) or values.TB, way.marks)
    return None if read is None else plain((read / 1000).quantize(Decimal("0.000001")))


def _memory(cell: CellValue, _: FieldType, way: WayOfWriting) -> Scalar | None:
    return values.read_memory(cell, values.size_unit(way.unit) or values.GB, way.marks)


def _choice(cell: CellValue, kind: FieldType, _: WayOfWriting) -> Scalar | None:
    if kind.vocabulary is None:
        return _of_choices(cell, kind)
    try:
        return values.read_word(cell, kind.vocabulary)
    except UnreadableCellError:
        if kind.open:
            return values.word_of(cell)
        raise


def _of_choices(cell: CellValue, kind: FieldType) -> str | None:
    text = values.word_of(cell)
    found = next((each for each in kind.choices if values.folded(each) == values.folded(text or "")), None)
    if text is not None and found is None:
        raise UnreadableCellError("{shown} is none of {choices}", shown=quoted(text), choices=", ".join(kind.choices))
    return found


_READERS: dict[str, Callable[[CellValue, FieldType, WayOfWriting], Scalar | None]] = {
    "amount": lambda cell, _, way: values.read_amount(cell, way.marks),
    "count": lambda cell, _, way: values.read_count(cell, way.marks),
    "share": lambda cell, _, way: values.read_share(cell, way.marks),
    "day": lambda cell, _, way: values.read_day(cell, way.orders),
    "flag": lambda cell, _, way: values.read_flag(cell),
    "word": lambda cell, _, way: values.word_of(cell),
    "choice": _choice,
    "size": _size,
    "size_tb": _size_tb,
    "memory": _memory,
    "speed": lambda cell, _, way: values.read_gbps(cell, way.unit or "Gbps", way.marks),
    "hours": lambda cell, _, way: values.read_hours(cell, way.unit or "h", way.marks),
    "address": lambda cell, _, way: values.read_address(cell),
    "country": lambda cell, _, way: values.read_country(cell),
    "host": lambda cell, _, way: values.read_fqdn(cell),
    "mac": lambda cell, _, way: values.read_mac(cell),
    "uuid": lambda cell, _, way: values.read_uuid(cell),
}
