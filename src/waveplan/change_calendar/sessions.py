"""Sessions of committees."""

from __future__ import annotations

import datetime as dt

from waveplan.change_calendar.spans import ONE_DAY
from waveplan.domain.policy import Committee
from waveplan.domain.scalars import weekday_number

_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4}


def is_session(committee: Committee, day: dt.date) -> bool:
    """Whether the committee sits on a day."""
    words = committee.day.lower().split()
    if day.weekday() != weekday_number(words[-1]):
        return False
    if committee.every == "week":
        return True
    if words[0] == "last":
        return (day + 7 * ONE_DAY).month != day.month
    return (day.day - 1) // 7 + 1 == _ORDINALS[words[0]]


def last_session(committee: Committee, day: dt.date) -> dt.date:
    """The committee's last session on or before a day."""
    while not is_session(committee, day):
        day -= ONE_DAY
    return day
