"""Days on which something recurs: weekdays, the second Saturday of a month, every other week."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from waveplan.change_calendar.spans import ONE_DAY, monday_of, next_month
from waveplan.domain.calendar_rules import Window
from waveplan.domain.recurrence import day_parts, every_parts
from waveplan.domain.scalars import weekday_number


def is_day(word: str, day: dt.date) -> bool:
    """Whether a day is one of those that `thu`, `first tue` or `last fri` mean."""
    ordinal, weekday = day_parts(word)
    if day.weekday() != weekday:
        return False
    if ordinal == -1:
        return (day + 7 * ONE_DAY).month != day.month
    return ordinal is None or (day.day - 1) // 7 + 1 == ordinal


def last_such_day(word: str, day: dt.date) -> dt.date:
    """The last day, up to a given one, that `thu`, `first tue` or `last fri` means."""
    ordinal, weekday = day_parts(word)
    if ordinal is None:
        return day - (day.weekday() - weekday) % 7 * ONE_DAY
    month = day.replace(day=1)
    found = day_of_month(month, word)
    return found if found <= day else day_of_month((month - ONE_DAY).replace(day=1), word)


def day_of_month(month: dt.date, word: str) -> dt.date:
    """The day of a month (given by its first day) that `second tue` or `last fri` means."""
    ordinal, weekday = day_parts(word)
    if ordinal == -1:
        last = next_month(month) - ONE_DAY
        return last - ((last.weekday() - weekday) % 7) * ONE_DAY
    return month + ((weekday - month.weekday()) % 7 + 7 * ((ordinal or 1) - 1)) * ONE_DAY


def nominal_days(window: Window, first: dt.date, last: dt.date) -> Iterator[dt.date]:
    """Days between two days on which a window opens, in order."""
    if window.dates:
        found = iter(sorted(set(window.dates)))
    elif window.after is not None:
        found = _monthly(window, [window.after], first - window.days_after * ONE_DAY, last)
        found = iter(sorted(day + window.days_after * ONE_DAY for day in found))
    elif window.every is not None and every_parts(window.every)[1] == "month":
        found = _monthly(window, window.day, first, last)
    else:
        found = _weekly(window, window.days or window.day, first, last)
    for day in found:
        if first <= day <= last and (window.starting is None or day >= window.starting):
            yield day


def _monthly(window: Window, words: list[str], first: dt.date, last: dt.date) -> Iterator[dt.date]:
    """Every so many months, counted from that of `starting` if they are not all."""
    step = every_parts(window.every)[0] if window.every else 1
    month = first.replace(day=1)
    while month <= last:
        if step == 1 or window.starting is None or (_months(month) - _months(window.starting)) % step == 0:
            yield from sorted({day_of_month(month, word) for word in words})
        month = next_month(month)


def _months(day: dt.date) -> int:
    return 12 * day.year + day.month


def _weekly(window: Window, words: list[str], first: dt.date, last: dt.date) -> Iterator[dt.date]:
    """Every so many weeks, counted from that of the first such day on or after `starting`."""
    step = every_parts(window.every)[0] if window.every else 1
    weekdays = sorted({weekday_number(word) for word in words})
    monday = monday_of(first)
    if step > 1 and window.starting is not None:
        origin = monday_of(min(window.starting + (day - window.starting.weekday()) % 7 * ONE_DAY for day in weekdays))
        monday += (origin - monday).days // 7 % step * 7 * ONE_DAY
    while monday <= last:
        yield from (monday + weekday * ONE_DAY for weekday in weekdays)
        monday += 7 * step * ONE_DAY
