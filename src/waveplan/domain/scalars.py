"""Field types of the inventory: every scalar arrives as a word and is read by the type of its field.

The loader hands over strings (or None for an empty value); nothing is guessed from the way a word looks,
so `no`, `010` and `22:30` stay words where a word belongs. Python callers may pass native values too.
"""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, WithJsonSchema
from pydantic_core import PydanticCustomError

MAX_AMOUNT = Decimal(10) ** 9
MAX_DAYS = 36_525  # a hundred years: longer spans than any calendar is asked about are slips of the pen
MAX_HOURS = 24 * MAX_DAYS
_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d{1,4})?\Z")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}\Z")
_TIME = re.compile(r"(\d{1,2}):(\d{2})\Z")
_WEEK = re.compile(r"(\d{4})-W(\d{2})\Z")
_ID = re.compile(r"\w[\w.+:-]{0,127}\Z")
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def _shown(value: object) -> str:
    text = repr(value) if isinstance(value, str) else type(value).__name__
    return text if len(text) <= 60 else text[:57] + "..."


def refused(kind: str, message: str, value: object) -> PydanticCustomError:
    """What is wrong with a value; `message` says what was expected."""
    return PydanticCustomError(kind, message + ", not {shown}", {"shown": _shown(value)})


@lru_cache(maxsize=4096, typed=True)  # the same few amounts stand in thousands of entries
def _parsed_amount(value: object) -> Decimal:
    if isinstance(value, str) and _NUMBER.match(value):
        number = Decimal(value)
    elif isinstance(value, int | float | Decimal) and not isinstance(value, bool):
        try:
            number = Decimal(str(value))
        except InvalidOperation:  # pragma: no cover - str of a number always reads back
            raise refused("amount", "expected a number", value) from None
    else:
        raise refused("amount", "expected a number", value)
    if not number.is_finite() or number < 0 or number > MAX_AMOUNT:
        raise refused("amount_range", "expected a number from 0 to 1000000000", value)
    if number != number.quantize(Decimal("0.000001")):
        raise refused("amount_places", "expected at most six decimal places", value)
    return number


def parse_amount(value: object) -> Decimal:
    """Read a decimal of at most six places from 0 to 10⁹, exactly."""
    if isinstance(value, str | int | float | Decimal):
        return _parsed_amount(value)
    raise refused("amount", "expected a number", value)


def parse_count(value: object) -> int:
    """Read a whole number from 0 to 10⁹."""
    number = parse_amount(value)
    if number != int(number):
        raise refused("count", "expected a whole number", value)
    return int(number)


def parse_day(value: object) -> dt.date:
    """Read a calendar day written YYYY-MM-DD."""
    if isinstance(value, dt.date) and not isinstance(value, dt.datetime):
        return value
    if not isinstance(value, str) or not _DAY.match(value):
        raise refused("day", "expected a date like 2026-03-14", value)
    try:
        return dt.date.fromisoformat(value)
    except ValueError:
        raise refused("day_missing", "expected a date that exists", value) from None


def parse_time(value: object) -> dt.time:
    """Read a time of day written HH:MM."""
    if isinstance(value, dt.time):
        return value
    match = _TIME.match(value) if isinstance(value, str) else None
    if not match or int(match[1]) > 23 or int(match[2]) > 59:
        raise refused("time", "expected a time of day like 22:30", value)
    return dt.time(int(match[1]), int(match[2]))


def parse_week(value: object) -> str:
    """Read an ISO week like 2026-W08."""
    match = _WEEK.match(value) if isinstance(value, str) else None
    if match:
        try:
            dt.date.fromisocalendar(int(match[1]), int(match[2]), 1)
        except ValueError:
            match = None
    if not match:
        raise refused("week", "expected an ISO week like 2026-W08", value)
    return match[0]


def parse_flag(value: object) -> bool:
    """Read true or false, as YAML 1.2 spells them."""
    if isinstance(value, bool):
        return value
    if isinstance(value, str) and value in {"true", "True", "TRUE"}:
        return True
    if isinstance(value, str) and value in {"false", "False", "FALSE"}:
        return False
    raise refused("flag", "expected true or false", value)


def parse_word(value: object) -> str:
    """Read any text."""
    if isinstance(value, str):
        return value
    if isinstance(value, int | float | Decimal | dt.date) and not isinstance(value, bool):
        return str(value)
    raise refused("word", "expected a word", value)


def parse_id(value: object) -> str:
    """Read an identifier: letters, digits and _ . - + : without blanks, at most 128 characters."""
    if not isinstance(value, str) or not _ID.match(value):
        raise refused("id", "expected an id of letters, digits, '_', '.', '-', '+' or ':' without blanks", value)
    return value


def parse_weekday(value: object) -> str:
    """Read a day of the week: mon, tue, wed, thu, fri, sat or sun."""
    if isinstance(value, str) and value.lower() in _WEEKDAYS:
        return value.lower()
    raise refused("weekday", "expected mon, tue, wed, thu, fri, sat or sun", value)


def weekday_number(name: str) -> int:
    """Number of a weekday as `datetime.date.weekday()` counts: mon is 0."""
    return _WEEKDAYS.index(name)


def as_list(value: Any) -> Any:
    """Let a single value stand for a list of one."""
    return value if isinstance(value, list | tuple) or value is None else [value]


Amount = Annotated[
    Decimal, BeforeValidator(parse_amount), WithJsonSchema({"type": "number", "minimum": 0, "maximum": 1e9})
]
PositiveAmount = Annotated[
    Decimal,
    Field(gt=0),
    BeforeValidator(parse_amount),
    WithJsonSchema({"type": "number", "exclusiveMinimum": 0, "maximum": 1e9}),
]
Share = Annotated[
    Decimal,
    Field(le=1),
    BeforeValidator(parse_amount),
    WithJsonSchema({"type": "number", "minimum": 0, "maximum": 1}),
]
PositiveShare = Annotated[
    Decimal,
    Field(gt=0, le=1),
    BeforeValidator(parse_amount),
    WithJsonSchema({"type": "number", "exclusiveMinimum": 0, "maximum": 1}),
]
Count = Annotated[int, BeforeValidator(parse_count), WithJsonSchema({"type": "integer", "minimum": 0})]
PositiveCount = Annotated[
    int, Field(ge=1), BeforeValidator(parse_count), WithJsonSchema({"type": "integer", "minimum": 1})
]
DayCount = Annotated[
    int,
    Field(le=MAX_DAYS),
    BeforeValidator(parse_count),
    WithJsonSchema({"type": "integer", "minimum": 0, "maximum": MAX_DAYS}),
]
Hours = Annotated[
    Decimal,
    Field(le=MAX_HOURS),
    BeforeValidator(parse_amount),
    WithJsonSchema({"type": "number", "minimum": 0, "maximum": MAX_HOURS}),
]
PositiveHours = Annotated[
    Decimal,
    Field(gt=0, le=MAX_HOURS),
    BeforeValidator(parse_amount),
    WithJsonSchema({"type": "number", "exclusiveMinimum": 0, "maximum": MAX_HOURS}),
]
Day = Annotated[dt.date, BeforeValidator(parse_day), WithJsonSchema({"type": "string", "format": "date"})]
TimeOfDay = Annotated[
    dt.time, BeforeValidator(parse_time), WithJsonSchema({"type": "string", "pattern": r"^\d{1,2}:\d{2}$"})
]
Week = Annotated[str, BeforeValidator(parse_week)]
Flag = Annotated[bool, BeforeValidator(parse_flag)]
# `no`, `010` and `2026` are words where a word belongs, though an editor's YAML reads a number or a flag.
Word = Annotated[str, BeforeValidator(parse_word), WithJsonSchema({"type": ["string", "number", "boolean"]})]
Id = Annotated[
    str,
    BeforeValidator(parse_id),
    WithJsonSchema({"type": ["string", "number", "boolean"], "pattern": r"^\w[\w.+:-]{0,127}$"}),
]
Weekday = Annotated[str, BeforeValidator(parse_weekday), WithJsonSchema({"enum": list(_WEEKDAYS)})]
