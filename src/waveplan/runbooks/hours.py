"""Hours by the clock within a window: when a task that has one starts."""

from __future__ import annotations

import datetime as dt

from waveplan.change_calendar import instant
from waveplan.change_calendar.spans import ONE_DAY, moment
from waveplan.domain.scalars import weekday_number


def first_at(time: dt.time, on: str | None, start: dt.datetime) -> dt.datetime:
    """The first moment from a start on at which clocks of its zone show a time, on a weekday if one is given.

    A time that the clocks skip is as much later; of one that they show twice the first one counts, unless the start
    lies between the two.
    """
    assert start.tzinfo is not None
    day = start.date()
    while True:
        for fold in (0, 1):
            found = moment(day, time.replace(fold=fold), start.tzinfo)
            if instant(found) >= instant(start) and (on is None or day.weekday() == weekday_number(on)):
                return found
        day += ONE_DAY
