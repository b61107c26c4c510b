"""Knowledge transfer: stages back to back on working days, the last one up to the day before a cutover."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Protocol

from waveplan.change_calendar.spans import ONE_DAY, Days
from waveplan.change_calendar.working_days import is_working_day


class Stage(Protocol):
    """So many working days, held so many times in a row."""

    @property
    def days(self) -> int:
        """Working days of one time."""

    @property
    def times(self) -> int:
        """How many times it is held."""


def stage_days(
    stages: Sequence[Stage], cutover: dt.date, country: str | None, subdivision: str | None
) -> tuple[Days, ...]:
    """First and last working day of each stage, in their order, when a country's working days before a cutover count.

    The last working day before the cutover date is the last stage's last one.
    """
    found: list[Days] = []
    day = cutover
    for stage in reversed(stages):
        last: dt.date | None = None
        for _ in range(stage.days * stage.times):
            day = _working_day_before(day, country, subdivision)
            last = last or day
        found.append(Days(day, last or day))
    return tuple(reversed(found))


def _working_day_before(day: dt.date, country: str | None, subdivision: str | None) -> dt.date:
    day -= ONE_DAY
    while not is_working_day(country, subdivision, day):
        day -= ONE_DAY
    return day
