"""Weekends and public holidays of countries and their parts, from the `holidays` library."""

from __future__ import annotations

import datetime as dt
import sys
from collections import defaultdict
from collections.abc import Sequence
from functools import cache, lru_cache
from importlib.util import find_spec, module_from_spec
from types import ModuleType
from typing import Any

_SATURDAY_SUNDAY = frozenset({5, 6})


class UnknownPlaceError(ValueError):
    """A country or subdivision that the holiday data does not know."""


class _Unopened(ModuleType):
    """A package that has not run: its modules can be imported one by one, and anything else of it opens it."""

    def __getattr__(self, name: str) -> Any:
        self.__class__ = ModuleType  # type: ignore[assignment]
        assert self.__spec__ is not None and self.__spec__.loader is not None
        self.__spec__.loader.exec_module(self)
        return getattr(self, name)


@cache
def _library() -> Any:
    """The `holidays` library, with one country imported at a time: all of them take longer than most commands."""
    import holidays  # heavy: only loaded when a country is named

    name = "holidays.countries"
    spec = find_spec(name)
    if spec is not None and name not in sys.modules:
        package = module_from_spec(spec)
        package.__class__ = _Unopened
        sys.modules[name] = package
        holidays.countries = package
    return holidays


@lru_cache(maxsize=512)
def _holidays_of(country: str, subdivision: str | None, language: str | None) -> Any:
    holidays = _library()
    try:
        found = holidays.country_holidays(country, subdiv=subdivision)
        if language:
            spoken = [each for each in found.supported_languages if each.split("_")[0] == language]
            if spoken:
                found = holidays.country_holidays(country, subdiv=subdivision, language=spoken[0])
    except NotImplementedError as error:
        raise UnknownPlaceError(str(error)) from None
    return found


def parts_of(country: str) -> Sequence[str]:
    """Subdivisions of a country that its holiday data know; none of a country without such data."""
    try:
        return tuple(_holidays_of(country, None, None).subdivisions)
    except UnknownPlaceError:
        return ()


@lru_cache(maxsize=65536)
def holiday_name(country: str | None, subdivision: str | None, day: dt.date, language: str | None = None) -> str | None:
    """Name of the public holiday on that day, or none; a place without a country has none."""
    if country is None:
        return None
    name: str | None = _holidays_of(country, subdivision, language).get(day)
    return name


def holidays_in(country: str, subdivision: str | None, first: dt.date, last: dt.date) -> list[dt.date]:
    """The public holidays between two days, both included."""
    known = _holidays_of(country, subdivision, None)
    return [day for day in known[first:last] if first <= day <= last]


@lru_cache(maxsize=65536)
def is_weekend(country: str | None, subdivision: str | None, day: dt.date) -> bool:
    """Whether the day is of the country's weekend; Saturday and Sunday without a country."""
    if country is None:
        return day.weekday() in _SATURDAY_SUNDAY
    return bool(_holidays_of(country, subdivision, None).is_weekend(day))  # by date: countries have changed theirs


def is_working_day(country: str | None, subdivision: str | None, day: dt.date) -> bool:
    """Whether the day is neither weekend nor public holiday."""
    return not is_weekend(country, subdivision, day) and holiday_name(country, subdivision, day) is None


@lru_cache(maxsize=4096)
def days_of_year(country: str | None, subdivision: str | None, year: int) -> tuple[dt.date, ...]:
    """The working days of a year, in order."""
    first = dt.date(year, 1, 1)
    days = map(dt.date.fromordinal, range(first.toordinal(), dt.date(year, 12, 31).toordinal() + 1))
    if country is None:
        return tuple(day for day in days if day.weekday() not in _SATURDAY_SUNDAY)
    known = _holidays_of(country, subdivision, None)
    known.get(first)  # the year is worked out when one of its days is asked about
    off, is_weekend_there = {day for day in known if day.year == year}, known.is_weekend
    return tuple(day for day in days if day not in off and not is_weekend_there(day))


@lru_cache(maxsize=64)
def days_off_in_parts(country: str, first: dt.date, last: dt.date) -> tuple[tuple[dt.date, tuple[str, ...]], ...]:
    """Working days of a country that are public holidays in half of its parts or more, with these parts.

    What fewer parts have off is theirs alone; to name it for every place of the country would say nothing.
    """
    parts = parts_of(country)
    off: dict[dt.date, list[str]] = defaultdict(list)
    for part in parts:
        for day in _holidays(country, part, first, last):
            off[day].append(part)
    found = ((day, tuple(sorted(having))) for day, having in sorted(off.items()) if 2 * len(having) >= len(parts))
    return tuple(each for each in found if _works(country, each[0]))


def _works(country: str, day: dt.date) -> bool:
    return holiday_name(country, None, day) is None and not is_weekend(country, None, day)


def _holidays(country: str, part: str, first: dt.date, last: dt.date) -> list[dt.date]:
    try:
        return holidays_in(country, part, first, last)
    except UnknownPlaceError:  # a part that the library lists and does not know
        return []
