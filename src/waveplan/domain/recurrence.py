"""Words that say when something recurs: `second sat`, `2 weeks`, `fri 18:00`, and ends of periods of every kind."""

from __future__ import annotations

import datetime as dt
import re
from functools import lru_cache
from typing import Annotated

from pydantic import BeforeValidator, Field, PlainValidator, WithJsonSchema

from waveplan.domain.scalars import as_list, parse_day, parse_time, refused, weekday_number

ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": -1}
MOST_WORKING_DAYS = 23  # of a month
_WEEKDAYS = "mon|tue|wed|thu|fri|sat|sun"
_EVERY = re.compile(r"(?:([1-9]\d{0,2}) )?(week|month)s?\Z")
_MOMENT = re.compile(r"(\d{4}-\d{2}-\d{2})[T ](\d{1,2}:\d{2})(?::00)?\Z")
_WEEK_TIME = re.compile(rf"({_WEEKDAYS})(?: (\d{{1,2}}:\d{{2}}))?\Z")
_MONTH_DAY = re.compile(rf"({'|'.join(ORDINALS)}) ({_WEEKDAYS})\Z")


def parse_every(value: object) -> str:
    """Read how often: `week`, `month`, `2 weeks`, `3 months`. Raises PydanticCustomError for anything else."""
    found = _EVERY.match(value) if isinstance(value, str) else None
    if found is None:
        raise refused("every", "expected week, month, or a number of them like '2 weeks'", value)
    return found[0]


@lru_cache(maxsize=256)
def every_parts(every: str) -> tuple[int, str]:
    """How many weeks or months lie between two occurrences, and which of the two: (2, "week")."""
    found = _EVERY.match(every)
    assert found is not None
    return int(found[1] or 1), found[2]


def parse_recurring_day(value: object) -> str:
    """Read a day of the week, or one of a month: `sat`, `second sat`, `last fri`.

    Raises PydanticCustomError for anything else.
    """
    text = value.lower() if isinstance(value, str) else ""
    if _MONTH_DAY.match(text) or (_WEEK_TIME.match(text) and ":" not in text):
        return text
    raise refused("recurring_day", "expected a weekday like sat, or one of the month like 'second sat'", value)


@lru_cache(maxsize=256)
def day_parts(day: str) -> tuple[int | None, int]:
    """Which one of the month it is (-1: the last; None: every one), and the number of its weekday (mon is 0)."""
    ordinal, _, weekday = day.rpartition(" ")
    return (ORDINALS[ordinal] if ordinal else None), weekday_number(weekday)


def parse_period_end(value: object) -> dt.date | dt.datetime | str:
    """Read a day, a moment of programme time, or a weekday with or without a time of day.

    Raises PydanticCustomError for anything else.
    """
    if isinstance(value, dt.datetime) and value.tzinfo is None:
        return value
    text = value.lower() if isinstance(value, str) else ""
    moment = _MOMENT.match(text.upper())
    if moment:
        return dt.datetime.combine(parse_day(moment[1]), parse_time(moment[2]))
    weekly = _WEEK_TIME.match(text)
    if weekly:
        return f"{weekly[1]} {parse_time(weekly[2]):%H:%M}" if weekly[2] else weekly[1]
    if text[:10].count("-") == 2 and "t" in text:
        raise refused("moment", "expected a moment like 2026-12-24T18:00, in programme time", value)
    return parse_day(value)


@lru_cache(maxsize=256)
def week_time(text: str) -> tuple[int, dt.time | None]:
    """The number of a weekday (mon is 0) and the time of day, if there is one: `fri 18:00`."""
    weekday, _, time = text.partition(" ")
    return weekday_number(weekday), parse_time(time) if time else None


def parse_working_day(value: object) -> int:
    """Read the place of a working day in its month: from 1 on, or from -1 backwards from the month's end.

    Raises PydanticCustomError for anything else.
    """
    text = str(value) if isinstance(value, int) and not isinstance(value, bool) else value
    if isinstance(text, str) and re.match(r"-?\d{1,2}\Z", text) and 1 <= abs(int(text)) <= MOST_WORKING_DAYS:
        return int(text)
    raise refused("working_day", "expected a working day of the month, from 1 to 23 or from -1 to -23", value)


def _any_case(words: str) -> str:
    """A pattern of words in any case, as JSON Schema has no flag for it."""
    return "".join(f"[{letter.upper()}{letter}]" if letter.isalpha() else letter for letter in words)


_DAY_WORD = f"({_any_case(_WEEKDAYS)})"
_ORDINAL_WORD = f"({_any_case('|'.join(ORDINALS))})"
_TIME_WORD = r"([01]?\d|2[0-3]):[0-5]\d"

Every = Annotated[
    str,
    BeforeValidator(parse_every),
    WithJsonSchema({"type": "string", "pattern": r"^([1-9]\d{0,2} )?(week|month)s?$"}),
]
RecurringDay = Annotated[
    str,
    BeforeValidator(parse_recurring_day),
    WithJsonSchema({"type": "string", "pattern": f"^({_ORDINAL_WORD} )?{_DAY_WORD}$"}),
]
RecurringDays = Annotated[list[RecurringDay], BeforeValidator(as_list)]
PeriodEnd = Annotated[
    dt.date | dt.datetime | str,
    PlainValidator(parse_period_end),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "string", "format": "date"},
                {"type": "string", "pattern": rf"^\d{{4}}-\d{{2}}-\d{{2}}[T ]{_TIME_WORD}(:00)?$"},
                {"type": "string", "pattern": f"^{_DAY_WORD}( {_TIME_WORD})?$"},
            ]
        }
    ),
]
WorkingDayOfMonth = Annotated[
    int,
    Field(ge=-MOST_WORKING_DAYS, le=MOST_WORKING_DAYS),
    BeforeValidator(parse_working_day),
    WithJsonSchema(
        {"type": "integer", "minimum": -MOST_WORKING_DAYS, "maximum": MOST_WORKING_DAYS, "not": {"const": 0}}
    ),
]
