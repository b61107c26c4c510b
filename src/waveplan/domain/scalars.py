"""Field types of the inventory: every scalar arrives as a word and is read by the type of its field.

The loader hands over strings (or None for an empty value); nothing is guessed from the way a word looks,
so `no`, `010` and `22:30` stay words where a word belongs. Python callers may pass native values too.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from functools import lru_cache, wraps
from typing import Annotated, Any, TypeVar

from pydantic import AwareDatetime, BeforeValidator, Field, WithJsonSchema
from pydantic_core import PydanticCustomError

MAX_AMOUNT = Decimal(10) ** 9
MAX_DAYS = 36_525  # a hundred years: longer spans than any calendar is asked about are slips of the pen
MAX_HOURS = 24 * MAX_DAYS
_NUMBER = re.compile(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]{1,4})?\Z")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")
_TIME = re.compile(r"([0-9]{1,2}):([0-9]{2})\Z")
_WEEK = re.compile(r"([0-9]{4})-W([0-9]{2})\Z")
_MOMENT_FORM = "[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}(:[0-9]{2}([.][0-9]{1,6})?)?"
_OFFSET_FORM = "(Z|[+-][0-9]{2}:?[0-9]{2})"
_MOMENT = re.compile(rf"{_MOMENT_FORM}{_OFFSET_FORM}?\Z")
# What no id holds: blanks, controls, private characters, and punctuation but for _ . - + : (letters and digits of any
# script stay). Said by exclusion, so that one pattern means the same to Python and to ECMAScript, whatever its flags.
_NO_LETTERS = (
    r"\u0000-*,\/;-@\[-\^`\{-\u00a9\u00ab-\u00b1\u00b4\u00b6-\u00b8\u00bb\u00bf\u00d7\u00f7"
    r"\u037e\u0387\u060c\u061b-\u061f\u1680\u180b-\u180f\u1fbd-\u1fc1\u1fcd-\u1fcf\u1fdd-\u1fdf\u1fed-\u1fef"
    r"\u1ffd\u1ffe\u2000-\u206f\u20a0-\u20cf\u2190-\u245f\u2500-\u2775\u2794-\u2bff\u2e00-\u2e7f"
    r"\u3000-\u3004\u3008-\u3020\u3030\ue000-\uf8ff\ufe00-\ufe1f\ufe30-\ufe6f\ufeff-\uff0f\uff1a-\uff20"
    r"\uff3b-\uff40\uff5b-\uff65\uffe0-\uffff"
)
ID_PATTERN = rf"^[^{_NO_LETTERS}.+:\-\u0300-\u036f][^{_NO_LETTERS}]{{0,127}}$"
_ID = re.compile(ID_PATTERN.removesuffix("$") + r"\Z")


def is_id(word: str) -> bool:
    """Whether a word may be an id."""
    return _ID.match(word) is not None


Number = TypeVar("Number", int, Decimal)
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
    """Read a decimal of at most six places from 0 to 10⁹, exactly. Raises PydanticCustomError for anything else."""
    if isinstance(value, str | int | float | Decimal):
        return _parsed_amount(value)
    raise refused("amount", "expected a number", value)


def _up_to(most: int, parse: Callable[[object], Number]) -> BeforeValidator:
    """Reads what is at most so much: a negative value, or one far beyond, is told by these limits and no wider ones."""

    @wraps(parse)  # by which other code tells what a field holds
    def read(value: object) -> Number:
        try:
            return parse(value)
        except PydanticCustomError as error:
            if error.type != "amount_range":
                raise
            shown = {"shown": _shown(value), "most": most}
            raise PydanticCustomError("range", "expected a number from 0 to {most}, not {shown}", shown) from None

    return BeforeValidator(read)


def parse_share(value: object) -> Decimal:
    """Read a share from 0 to 1, or as a percentage: `0.65`, `65%`. Raises PydanticCustomError for anything else."""
    text = str(value).strip()
    share = parse_amount(text[:-1].strip()) / 100 if text.endswith("%") else parse_amount(text)
    if share > 1:
        raise refused("share", "expected a share from 0 to 1, or a percentage up to 100 %", value)
    return share


def parse_count(value: object) -> int:
    """Read a whole number from 0 to 10⁹. Raises PydanticCustomError for anything else."""
    number = parse_amount(value)
    if number != int(number):
        raise refused("count", "expected a whole number", value)
    return int(number)


def parse_total(value: object) -> Decimal:
    """Read a sum of amounts: a decimal of any length, as what is added up may be more than may be given.

    Raises PydanticCustomError for anything else.
    """
    try:
        number = Decimal(str(value)) if _NUMBER.match(str(value)) else Decimal("NaN")
    except InvalidOperation:  # pragma: no cover - what the pattern lets pass is a number
        number = Decimal("NaN")
    if isinstance(value, bool) or not number.is_finite() or number < 0:
        raise refused("amount", "expected a number from 0 on", value)
    return number


def parse_whole_total(value: object) -> int:
    """Read a sum of counts. Raises PydanticCustomError for anything else."""
    number = parse_total(value)
    if number != int(number):
        raise refused("count", "expected a whole number", value)
    return int(number)


def parse_day(value: object) -> dt.date:
    """Read a calendar day written YYYY-MM-DD. Raises PydanticCustomError for anything else."""
    if isinstance(value, dt.date) and not isinstance(value, dt.datetime):
        return value
    if not isinstance(value, str) or not _DAY.match(value):
        raise refused("day", "expected a date like 2026-03-14", value)
    try:
        return dt.date.fromisoformat(value)
    except ValueError:
        raise refused("day_missing", "expected a date that exists", value) from None


def parse_time(value: object) -> dt.time:
    """Read a time of day written HH:MM. Raises PydanticCustomError for anything else."""
    if isinstance(value, dt.time):
        return value
    match = _TIME.match(value) if isinstance(value, str) else None
    if not match or int(match[1]) > 23 or int(match[2]) > 59:
        raise refused("time", "expected a time of day like 22:30", value)
    return dt.time(int(match[1]), int(match[2]))


def parse_week(value: object) -> str:
    """Read an ISO week like 2026-W08. Raises PydanticCustomError for anything else."""
    match = _WEEK.match(value) if isinstance(value, str) else None
    if match:
        try:
            dt.date.fromisocalendar(int(match[1]), int(match[2]), 1)
        except ValueError:
            match = None
    if not match:
        raise refused("week", "expected an ISO week like 2026-W08", value)
    return match[0]


def parse_moment(value: object) -> object:
    """Refuse what only looks like a moment to a lenient reader, such as a number of seconds.

    Raises PydanticCustomError for it.
    """
    if isinstance(value, str) and not _MOMENT.match(value):
        raise refused("datetime", "expected a moment like 2026-03-14T20:00:00+01:00", value)
    return value


def parse_flag(value: object) -> bool:
    """Read true or false, as YAML 1.2 spells them. Raises PydanticCustomError for anything else."""
    if isinstance(value, bool):
        return value
    if isinstance(value, str) and value in {"true", "True", "TRUE"}:
        return True
    if isinstance(value, str) and value in {"false", "False", "FALSE"}:
        return False
    raise refused("flag", "expected true or false", value)


def parse_word(value: object) -> str:
    """Read any text. Raises PydanticCustomError for anything else."""
    if isinstance(value, str):
        return value
    if isinstance(value, int | float | Decimal | dt.date) and not isinstance(value, bool):
        return str(value)
    raise refused("word", "expected a word", value)


def parse_words(value: object) -> str | list[str]:
    """Read any text, or a list of texts."""
    return [parse_word(each) for each in value] if isinstance(value, list | tuple) else parse_word(value)


def parse_id(value: object) -> str:
    """Read an identifier: letters, digits and _ . - + : without blanks, at most 128 characters.

    Raises PydanticCustomError for anything else.
    """
    if not isinstance(value, str) or not _ID.match(value):
        raise refused("id", "expected an id of letters, digits, '_', '.', '-', '+' or ':' without blanks", value)
    return value


def parse_weekday(value: object) -> str:
    """Read a day of the week: mon, tue, wed, thu, fri, sat or sun. Raises PydanticCustomError for anything else."""
    if isinstance(value, str) and value.lower() in _WEEKDAYS:
        return value.lower()
    raise refused("weekday", "expected mon, tue, wed, thu, fri, sat or sun", value)


def expanded_weekdays(value: object) -> object:
    """Let `mon-fri` in a list stand for all days from one to the other, over the weekend too."""
    if not isinstance(value, list | tuple):
        return value
    found: list[object] = []
    for each in value:
        first, dash, last = each.partition("-") if isinstance(each, str) else ("", "", "")
        if dash and first.lower() in _WEEKDAYS and last.lower() in _WEEKDAYS:
            begin, end = _WEEKDAYS.index(first.lower()), _WEEKDAYS.index(last.lower())
            found += [_WEEKDAYS[day % 7] for day in range(begin, end + 1 if end >= begin else end + 8)]
        else:
            found.append(each)
    return found


def weekday_number(name: str) -> int:
    """Number of a weekday as `datetime.date.weekday()` counts: mon is 0."""
    return _WEEKDAYS.index(name)


def as_list(value: Any) -> Any:
    """Let a single value stand for a list of one."""
    return value if isinstance(value, list | tuple) or value is None else [value]


def _bounded(kind: str, quoted: str, bounds: dict[str, int | None]) -> dict[str, Any]:
    """The schema of a number; one within quotes is a number too, and its finer bounds are left to the loader."""
    limits = {"maximum": int(MAX_AMOUNT), **bounds}
    digits = "[0-9]+" if limits["maximum"] is None else "[0-9]{1,9}"
    number = {"type": kind, **{word: limit for word, limit in limits.items() if limit is not None}}
    return {"anyOf": [number, {"type": "string", "pattern": quoted.replace("DIGITS", digits)}]}


def whole_number(**bounds: int | None) -> dict[str, Any]:
    """The schema of a whole number, of at most 10⁹ unless said otherwise."""
    return _bounded("integer", r"^\+?DIGITS(\.0*)?$", bounds)


def decimal_number(**bounds: int | None) -> dict[str, Any]:
    """The schema of an amount, of at most 10⁹ unless said otherwise."""
    return _bounded("number", r"^\+?(DIGITS(\.[0-9]*)?|\.[0-9]+)$", bounds)


def _any_case(word: str) -> str:
    return "".join(f"[{letter}{letter.upper()}]" for letter in word)


_WORD_TYPES = ["string", "number", "boolean"]
_DAY_FORM = "[0-9]{4}-[0-9]{2}-[0-9]{2}"
_WEEKDAY_FORM = "|".join(_any_case(day) for day in _WEEKDAYS)

Amount = Annotated[Decimal, BeforeValidator(parse_amount), WithJsonSchema(decimal_number(minimum=0))]
Total = Annotated[Decimal, BeforeValidator(parse_total), WithJsonSchema(decimal_number(minimum=0, maximum=None))]
WholeTotal = Annotated[int, BeforeValidator(parse_whole_total), WithJsonSchema(whole_number(minimum=0, maximum=None))]
PositiveAmount = Annotated[
    Decimal, Field(gt=0), BeforeValidator(parse_amount), WithJsonSchema(decimal_number(exclusiveMinimum=0))
]
Share = Annotated[Decimal, Field(le=1), _up_to(1, parse_amount), WithJsonSchema(decimal_number(minimum=0, maximum=1))]
PositiveShare = Annotated[
    Decimal,
    Field(gt=0, le=1),
    _up_to(1, parse_amount),
    WithJsonSchema(decimal_number(exclusiveMinimum=0, maximum=1)),
]
Count = Annotated[int, BeforeValidator(parse_count), WithJsonSchema(whole_number(minimum=0))]
PositiveCount = Annotated[int, Field(ge=1), BeforeValidator(parse_count), WithJsonSchema(whole_number(minimum=1))]
DayCount = Annotated[
    int, Field(le=MAX_DAYS), _up_to(MAX_DAYS, parse_count), WithJsonSchema(whole_number(minimum=0, maximum=MAX_DAYS))
]
PositiveDayCount = Annotated[
    int,
    Field(ge=1, le=MAX_DAYS),
    _up_to(MAX_DAYS, parse_count),
    WithJsonSchema(whole_number(minimum=1, maximum=MAX_DAYS)),
]
Hours = Annotated[
    Decimal,
    Field(le=MAX_HOURS),
    _up_to(MAX_HOURS, parse_amount),
    WithJsonSchema(decimal_number(minimum=0, maximum=MAX_HOURS)),
]
PositiveHours = Annotated[
    Decimal,
    Field(gt=0, le=MAX_HOURS),
    _up_to(MAX_HOURS, parse_amount),
    WithJsonSchema(decimal_number(exclusiveMinimum=0, maximum=MAX_HOURS)),
]
Day = Annotated[
    dt.date,
    BeforeValidator(parse_day),
    WithJsonSchema({"type": "string", "format": "date", "pattern": f"^{_DAY_FORM}$"}),
]
TimeOfDay = Annotated[
    dt.time,
    BeforeValidator(parse_time),
    WithJsonSchema({"type": "string", "pattern": "^([01]?[0-9]|2[0-3]):[0-5][0-9]$"}),
]
Week = Annotated[
    str,
    BeforeValidator(parse_week),
    WithJsonSchema({"type": "string", "pattern": "^[0-9]{4}-W(0[1-9]|[1-4][0-9]|5[0-3])$"}),
]
Moment = Annotated[
    AwareDatetime,
    BeforeValidator(parse_moment),
    WithJsonSchema({"type": "string", "format": "date-time", "pattern": f"^{_MOMENT_FORM}{_OFFSET_FORM}$"}),
]
Flag = Annotated[
    bool,
    BeforeValidator(parse_flag),
    WithJsonSchema({"enum": [True, False, "true", "True", "TRUE", "false", "False", "FALSE"]}),
]
# `no`, `010` and `2026` are words where a word belongs, though an editor's YAML reads a number or a flag.
Word = Annotated[str, BeforeValidator(parse_word), WithJsonSchema({"type": _WORD_TYPES})]
ONE_OR_MORE_WORDS: dict[str, Any] = {
    "anyOf": [{"type": _WORD_TYPES}, {"type": "array", "items": {"type": _WORD_TYPES}}]
}
Id = Annotated[
    str, BeforeValidator(parse_id), WithJsonSchema({"type": _WORD_TYPES, "pattern": ID_PATTERN, "minimum": 0})
]
Weekday = Annotated[
    str,
    BeforeValidator(parse_weekday),
    WithJsonSchema({"anyOf": [{"enum": list(_WEEKDAYS)}, {"type": "string", "pattern": f"^({_WEEKDAY_FORM})$"}]}),
]
WeekdaySpans = Annotated[
    list[Weekday],
    BeforeValidator(expanded_weekdays),
    WithJsonSchema(
        {"type": "array", "items": {"type": "string", "pattern": f"^({_WEEKDAY_FORM})(-({_WEEKDAY_FORM}))?$"}}
    ),
]
