"""Days as people write them: ISO 8601, day first, month first, with names of months, as a spreadsheet counts them."""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import Literal

from waveplan.imports.tables.model import CellValue
from waveplan.imports.values.conventions import ColumnEvidence, agreed
from waveplan.imports.values.refusals import AmbiguousCellError, UnreadableCellError, quoted
from waveplan.imports.values.texts import folded, is_empty, text_of

DateOrder = Literal["ymd", "dmy", "mdy"]
DATE_ORDERS: tuple[DateOrder, ...] = ("ymd", "dmy", "mdy")
_EPOCH = date(1899, 12, 30)  # day 0 of spreadsheets, as they count since March 1900
_SERIALS = range(18_264, 91_313)  # 1950 to 2149: other whole numbers are no days
_YEARS = range(1950, 2150)
_NAMES_OF_MONTHS = (
    ("jan", "january", "janv", "janvier"),
    ("feb", "february", "fev", "fevr", "fevrier"),
    ("mar", "march", "mars"),
    ("apr", "april", "avr", "avril"),
    ("may", "mai"),
    ("jun", "june", "juin"),
    ("jul", "july", "juil", "juillet"),
    ("aug", "august", "aou", "aout"),
    ("sep", "sept", "september", "septembre"),
    ("oct", "october", "octobre"),
    ("nov", "november", "novembre"),
    ("dec", "december", "decembre"),
)
_MONTHS = {name: number for number, names in enumerate(_NAMES_OF_MONTHS, start=1) for name in names}
_TIME = re.compile(r"(?<=[0-9])(?:T|,?\s+)(?:à\s+|at\s+)?[0-9]{1,2}[:hH][0-9]{2}.{0,40}\Z")
_WEEKDAY = re.compile(
    r"\A(?:mon|tue|wed|thu|fri|sat|sun|lun|mar|mer|jeu|ven|sam|dim)[a-zé]{0,6}\.?,?\s+(?=\d)", re.IGNORECASE
)
_NUMBERS = re.compile(r"([0-9]{1,4})([-/. ])([0-9]{1,2})\2([0-9]{1,4})\Z")
_BASIC = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})\Z")
_DAY_FIRST = re.compile(r"([0-9]{1,2})\s?(?:er|st|nd|rd|th)?\s([a-z]+)\s([0-9]{4}|[0-9]{2})\Z")
_MONTH_FIRST = re.compile(r"([a-z]+)\s([0-9]{1,2})\s?(?:er|st|nd|rd|th)?\s([0-9]{4}|[0-9]{2})\Z")


@lru_cache(maxsize=8192)
def day_readings(text: str) -> dict[DateOrder, date]:
    """What a text means by each order by which it is a day; nothing where it is none."""
    if not 0 < len(text) <= 64:
        return {}
    bare = _TIME.sub("", text.strip())
    return _read(bare) or _read(_WEEKDAY.sub("", bare))


def _read(bare: str) -> dict[DateOrder, date]:
    numbers = _NUMBERS.match(bare)
    if numbers:
        return _of_numbers(numbers[1], numbers[3], numbers[4])
    day = _of_serial(bare) or _of_basic(bare) or _of_words(folded(bare))
    return dict.fromkeys(DATE_ORDERS, day) if day else {}


def _of_numbers(first: str, second: str, third: str) -> dict[DateOrder, date]:
    if len(first) == 4:
        day = _day(first, second, third)
        return dict.fromkeys(DATE_ORDERS, day) if day else {}
    orders: dict[DateOrder, date | None] = {"dmy": _day(third, second, first), "mdy": _day(third, first, second)}
    if len(first) == 2 and len(third) <= 2:
        orders = {"ymd": _day(first, second, third), **orders}
    return {order: day for order, day in orders.items() if day}


def _day(year: str, month: str, day: str) -> date | None:
    if len(year) not in {2, 4} or len(day) > 2 or len(month) > 2:
        return None
    number = int(year) if len(year) == 4 else int(year) + (2000 if int(year) < 70 else 1900)
    try:
        return date(number, int(month), int(day)) if number in _YEARS else None
    except ValueError:
        return None


def _of_basic(text: str) -> date | None:
    match = _BASIC.match(text)
    return _day(*match.groups()) if match else None


def _of_serial(text: str) -> date | None:
    whole = text.partition(".")[0]
    is_serial = len(text) <= 24 and whole.isascii() and whole.isdigit() and text.replace(".", "", 1).isdigit()
    return _EPOCH + timedelta(days=int(whole)) if is_serial and int(whole) in _SERIALS else None


def _of_words(text: str) -> date | None:
    match = _DAY_FIRST.match(text)
    if match and match[2] in _MONTHS:
        return _day(match[3], str(_MONTHS[match[2]]), match[1])
    match = _MONTH_FIRST.match(text)
    return _day(match[3], str(_MONTHS[match[1]]), match[2]) if match and match[1] in _MONTHS else None


class DayEvidence(ColumnEvidence[DateOrder]):
    """In which order the days of a column are written."""

    def __init__(self) -> None:
        super().__init__(DATE_ORDERS)

    def see_cell(self, cell: CellValue) -> None:
        """Learn from a cell; only text says anything."""
        if isinstance(cell, str):
            self.see(day_readings(text_of(cell)))


def read_day(cell: CellValue, orders: Collection[DateOrder] = DATE_ORDERS) -> date | None:
    """A day; `orders` are those that its column leaves.

    Raises UnreadableCellError for anything else, AmbiguousCellError where these orders make different days.
    """
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date) or is_empty(cell):
        return cell if isinstance(cell, date) else None
    text = text_of(cell)
    readings = day_readings(text) if isinstance(cell, str | Decimal) else {}
    if not readings:
        raise UnreadableCellError("{shown} is not a day", shown=quoted(text))
    day = agreed(readings, orders)
    if day is None:
        left = sorted({readings[order] for order in orders if order in readings} or set(readings.values()))
        template = "{shown} may be {one} or {other}: does the day or the month come first?"
        raise AmbiguousCellError(
            "date_order", template, shown=quoted(text), one=left[0].isoformat(), other=left[-1].isoformat()
        )
    return day
