"""Days moved by whole weeks: weekdays stay, and holidays where a shift is found that keeps them."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable

_DAY = re.compile(r"(?<!\d)\d{4}-\d{2}-\d{2}(?!\d)")
_WEEK = re.compile(r"(\d{4})-W(\d{2})\Z")
_MOST_YEARS = 12
FURTHEST_WEEKS = _MOST_YEARS * 53

IsHoliday = Callable[[dt.date], frozenset[str]]
"""The places in which a day is a public holiday."""


def moved(text: str, weeks: int) -> str:
    """A text with every ISO day in it, or the ISO week that it is, so many weeks later; days that are none stay."""
    week = _WEEK.match(text)
    if week:
        return _week(text, int(week[1]), int(week[2]), weeks)
    return _DAY.sub(lambda match: _day(match[0], weeks), text)


def _day(text: str, weeks: int) -> str:
    try:
        return (dt.date.fromisoformat(text) + dt.timedelta(weeks=weeks)).isoformat()
    except (ValueError, OverflowError):
        return text


def _week(text: str, year: int, number: int, weeks: int) -> str:
    try:
        monday = dt.date.fromisocalendar(year, number, 1) + dt.timedelta(weeks=weeks)
    except (ValueError, OverflowError):
        return text
    later = monday.isocalendar()
    return f"{later.year:04d}-W{later.week:02d}"


def chosen_shift(first: dt.date, last: dt.date, is_holiday: IsHoliday, secret: int) -> tuple[int, tuple[dt.date, ...]]:
    """A shift in weeks that keeps most holidays between two days, and the days on which it does not.

    `secret` decides among shifts that are equally good.
    """
    days = [first + dt.timedelta(days=number) for number in range((last - first).days + 1)]
    before = [is_holiday(day) for day in days]
    found: dict[int, tuple[dt.date, ...]] = {}
    for weeks in _candidates():
        found[weeks] = tuple(_differing(days, before, is_holiday, weeks))
    least = min(map(len, found.values()))
    best = [weeks for weeks, differing in found.items() if len(differing) == least]
    weeks = best[secret % len(best)]
    return weeks, found[weeks]


def _candidates() -> list[int]:
    """Shifts of about whole years, a week or two more or less, back and forth."""
    years = [sign * number for number in range(1, _MOST_YEARS + 1) for sign in (1, -1)]
    return [round(year * 365.2425 / 7) + more for year in years for more in (-1, 0, 1)]


def _differing(
    days: Iterable[dt.date], before: Iterable[frozenset[str]], is_holiday: IsHoliday, weeks: int
) -> Iterable[dt.date]:
    for day, holidays in zip(days, before, strict=True):
        try:
            later = day + dt.timedelta(weeks=weeks)
        except OverflowError:
            yield day
            continue
        if is_holiday(later) != holidays:
            yield day
