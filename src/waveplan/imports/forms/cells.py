"""Cells → values, by the name that a form's data gives."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from functools import partial

from waveplan.imports.records import Scalar
from waveplan.imports.tables.model import CellValue
from waveplan.imports.values import (
    DATE_ORDERS,
    DECIMAL_MARKS,
    GB,
    DateOrder,
    DecimalMark,
    SizeUnit,
    UnreadableCellError,
    read_address,
    read_amount,
    read_day,
    read_flag,
    read_fqdn,
    read_gigabytes,
    read_hours,
    read_mac,
    read_memory,
    read_uuid,
    read_word,
    split_cell,
    text_of,
    word_of,
)
from waveplan.imports.values.words import Vocabulary

_PARTS = re.compile(r"[\n;|]")
Value = Scalar | tuple[Scalar, ...] | None


@dataclass(frozen=True, slots=True)
class Convention:
    """What a cell alone does not say."""

    unit: SizeUnit = GB
    marks: tuple[DecimalMark, ...] = DECIMAL_MARKS
    orders: tuple[DateOrder, ...] = DATE_ORDERS


Reader = Callable[[CellValue, Convention], Value]
WORDS: tuple[Vocabulary, ...] = ("environment", "criticality", "strategy", "power", "server_kind", "site_type")
"""Words of the format: one that is not known is kept as a label."""


class PartlyUnreadableError(UnreadableCellError):
    """A cell of several values, some of which could not be read; `value` has the others."""

    def __init__(self, error: UnreadableCellError, value: tuple[str, ...]) -> None:
        super().__init__(error.phrase.template, **error.phrase.values)
        self.value = value


def broken(cell: CellValue) -> CellValue:
    """A cell whose values web pages part by tags, with them on lines of their own."""
    return cell.replace("<br>", "\n").replace("<br/>", "\n").replace("<br />", "\n") if isinstance(cell, str) else cell


def _code(cell: CellValue) -> Value:
    """A word that a source writes as a number, or that would be nothing elsewhere."""
    return " ".join(text_of(cell).split()) or None


def _lines(cell: CellValue) -> tuple[str, ...]:
    """Several values, of which commas may be parts."""
    return split_cell(broken(cell), ("\n", ";", "|"))


def _each(read: Callable[[CellValue], str | None], cell: CellValue, _: Convention) -> Value:
    found: dict[str, None] = {}
    wrong: UnreadableCellError | None = None
    for part in split_cell(broken(cell), (";", "\n", "|", ",", " ")):
        try:
            value = read(part)
        except UnreadableCellError as error:
            wrong = wrong or error
        else:
            found |= {value: None} if value else {}
    if wrong:
        raise PartlyUnreadableError(wrong, tuple(found))
    return tuple(found) or None


def _sum(read: Reader, cell: CellValue, by: Convention) -> Value:
    """What several lines of a cell come to, such as the disks of a computer."""
    parts: list[CellValue] = list(_PARTS.split(text_of(broken(cell)))) if isinstance(cell, str) else [cell]
    found = [value for part in parts if isinstance(value := read(part, by), Decimal)]
    return sum(found, Decimal(0)) if found else None


def _amount(cell: CellValue, by: Convention) -> Value:
    return read_amount(cell, by.marks)


def _gigabytes(cell: CellValue, by: Convention) -> Value:
    return read_gigabytes(cell, by.unit, by.marks)


def _memory(cell: CellValue, by: Convention) -> Value:
    return read_memory(cell, by.unit, by.marks)


def _raw(cell: CellValue) -> Value:
    """A text with its blanks, for names that may differ in no more."""
    return cell if isinstance(cell, str) and cell.strip() else word_of(cell)


def _simply(read: Callable[[CellValue], Value]) -> Reader:
    return lambda cell, _: read(cell)


def _worded(vocabulary: Vocabulary) -> Reader:
    return lambda cell, _: read_word(cell, vocabulary)


READERS: dict[str, Reader] = {
    "text": _simply(word_of),
    "code": _simply(_code),
    "words": _simply(lambda cell: split_cell(cell) or None),
    "lines": _simply(lambda cell: _lines(cell) or None),
    "first_line": _simply(lambda cell: next(iter(_lines(cell)), None)),
    "raw": _simply(_raw),
    "amount": _amount,
    "gigabytes": _gigabytes,
    "memory": _memory,
    "amounts": partial(_sum, _amount),
    "sizes": partial(_sum, _gigabytes),
    "memories": partial(_sum, _memory),
    "day": lambda cell, by: read_day(cell, by.orders),
    "hours": lambda cell, by: read_hours(cell, marks=by.marks),
    "flag": _simply(read_flag),
    "fqdn": _simply(read_fqdn),
    "uuid": _simply(read_uuid),
    "addresses": partial(_each, read_address),
    "macs": partial(_each, read_mac),
    **{vocabulary: _worded(vocabulary) for vocabulary in WORDS},
}
