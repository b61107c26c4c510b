"""Sessions of committees."""

from __future__ import annotations

import datetime as dt

from waveplan.change_calendar.recurrence import is_day
from waveplan.change_calendar.spans import ONE_DAY
from waveplan.domain.policy import Committee


def is_session(committee: Committee, day: dt.date) -> bool:
    """Whether the committee sits on a day."""
    return is_day(committee.day, day)


def last_session(committee: Committee, day: dt.date) -> dt.date:
    """The committee's last session on or before a day."""
    while not is_session(committee, day):
        day -= ONE_DAY
    return day
