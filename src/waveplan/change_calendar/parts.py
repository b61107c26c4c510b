"""Days on which the parts of a country differ: what is lost where a place names the country alone."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from functools import lru_cache

from waveplan.change_calendar.working_days import (
    UnknownPlaceError,
    holiday_name,
    holidays_in,
    is_weekend,
    known_countries,
)


@lru_cache(maxsize=64)
def days_off_in_parts(country: str, first: dt.date, last: dt.date) -> tuple[tuple[dt.date, tuple[str, ...]], ...]:
    """Working days of a country that are public holidays in half of its parts or more, with these parts.

    What fewer parts have off is theirs alone; to name it for every place of the country would say nothing.
    """
    parts = known_countries().get(country, [])
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
