"""Numbers as people write them: decimal comma or point, thousands parted by blanks, apostrophes, points or commas."""

from __future__ import annotations

import re
from collections.abc import Collection
from decimal import Decimal
from functools import lru_cache
from typing import Literal

from waveplan.domain.scalars import MAX_AMOUNT
from waveplan.imports.tables.model import CellValue
from waveplan.imports.values.conventions import ColumnEvidence, agreed
from waveplan.imports.values.refusals import AmbiguousCellError, UnreadableCellError, quoted
from waveplan.imports.values.texts import is_empty, number_text, text_of

DecimalMark = Literal[".", ","]
DECIMAL_MARKS: tuple[DecimalMark, ...] = (".", ",")
SIX_PLACES = Decimal("0.000001")
_LONGEST = 64
_BLANKS = re.compile("[ \u00a0\u202f\u2009\u2007'\u2019]")
_MONEY = re.compile(r"^(?:EUR|USD|GBP|CHF|[€$£])\s*|\s*(?:EUR|USD|GBP|CHF|[€$£])$", re.IGNORECASE)


def _form(point: str, comma: str) -> re.Pattern[str]:
    """A number whose decimal mark is `point`, and whose thousands are parted by nothing, by `comma` or by blanks."""
    whole = "|".join(rf"[1-9][0-9]{{0,2}}(?:{part}[0-9]{{3}})+" for part in (comma, "_"))
    return re.compile(rf"(?:(?:[0-9]+|{whole})(?:{point}[0-9]*)?|{point}[0-9]+)\Z")


_FORMS: dict[DecimalMark, re.Pattern[str]] = {".": _form(r"\.", ","), ",": _form(",", r"\.")}
_SIGNED = re.compile(r"([+\-−]?)\s*([0-9.,_]*[0-9][0-9.,_]*)(?:[eE]([+-]?[0-9]{1,2}))?\Z")


@lru_cache(maxsize=8192)
def number_readings(text: str) -> dict[DecimalMark, Decimal]:
    """What a text means by each decimal mark by which it is a number; nothing where it is none."""
    if not 0 < len(text) <= _LONGEST:
        return {}
    match = _SIGNED.match(_BLANKS.sub("_", _MONEY.sub("", text.strip())).strip("_"))
    if match is None:
        return {}
    sign, body, exponent = match.groups()
    readings: dict[DecimalMark, Decimal] = {}
    for mark, form in _FORMS.items():
        if form.match(body):
            digits = body.replace("_", "").replace("," if mark == "." else ".", "").replace(",", ".")
            readings[mark] = Decimal(f"{'-' if sign in {'-', '−'} else ''}{digits}e{exponent or 0}")
    return readings


class NumberEvidence(ColumnEvidence[DecimalMark]):
    """Which decimal mark the numbers of a column have."""

    def __init__(self) -> None:
        super().__init__(DECIMAL_MARKS)

    def see_cell(self, cell: CellValue) -> None:
        """Learn from a cell; only text says anything."""
        if isinstance(cell, str):
            self.see(number_readings(text_of(cell)))


def read_number(cell: CellValue, marks: Collection[DecimalMark] = DECIMAL_MARKS) -> Decimal | None:
    """A number of any size; `marks` are the decimal marks that its column leaves.

    Raises UnreadableCellError for anything else, AmbiguousCellError where these marks make different numbers.
    """
    if is_empty(cell):
        return None
    if isinstance(cell, Decimal) and cell.is_finite():
        return cell
    text = text_of(cell)
    readings = number_readings(text) if isinstance(cell, str) else {}
    if not readings:
        raise UnreadableCellError("{shown} is not a number", shown=quoted(text))
    number = agreed(readings, marks)
    if number is None:
        one, other = (number_text(readings[mark]) for mark in DECIMAL_MARKS)
        template = "{shown} may be {one} or {other}: is the decimal mark a point or a comma?"
        raise AmbiguousCellError("decimal", template, shown=quoted(text), one=one, other=other)
    return number


def read_amount(cell: CellValue, marks: Collection[DecimalMark] = DECIMAL_MARKS) -> Decimal | None:
    """A number that may stand in an inventory: from 0 to 10⁹, rounded to six places. Raises UnreadableCellError."""
    number = read_number(cell, marks)
    return None if number is None else amount(number, cell)


def amount(number: Decimal, cell: CellValue) -> Decimal:
    """A number as an inventory takes it, from a cell. Raises UnreadableCellError beyond the limits of inventories."""
    if number < 0 or number > MAX_AMOUNT:
        raise UnreadableCellError("{shown} is not from 0 to 1000000000", shown=quoted(text_of(cell)))
    return plain(number.quantize(SIX_PLACES))


def read_count(cell: CellValue, marks: Collection[DecimalMark] = DECIMAL_MARKS) -> Decimal | None:
    """A whole number from 0 to 10⁹. Raises UnreadableCellError for anything else."""
    number = read_amount(cell, marks)
    if number is not None and number != number.to_integral_value():
        raise UnreadableCellError("{shown} is not a whole number", shown=quoted(text_of(cell)))
    return number


def read_share(cell: CellValue, marks: Collection[DecimalMark] = DECIMAL_MARKS) -> Decimal | None:
    """A share of 1, also written in per cent. Raises UnreadableCellError for anything else."""
    text = text_of(cell)
    number = read_amount(text.removesuffix("%").rstrip() if text.endswith("%") else cell, marks)
    if number is not None and text.endswith("%"):
        number = plain((number / 100).quantize(SIX_PLACES))
    if number is not None and number > 1:
        raise UnreadableCellError("{shown} is no share: write 0.7 or 70 %", shown=quoted(text))
    return number


def plain(number: Decimal) -> Decimal:
    """The same number without needless zeros and without an exponent."""
    return Decimal(number_text(number))
