"""Days of knowledge transfer: stages back to back on working days, up to the day before a cutover."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from functools import lru_cache

from waveplan.change_calendar.spans import ONE_DAY, Days
from waveplan.change_calendar.work_days import work_days
from waveplan.domain.people import KnowledgeStage
from waveplan.domain.scalars import MAX_DAYS


def stage_days(
    stages: Sequence[KnowledgeStage], cutover_date: dt.date, country: str | None = None, subdivision: str | None = None
) -> tuple[Days, ...]:
    """First and last working day of each stage, in the stages' order, so that the last one ends before the cutover.

    Working days are those of the place; plain weekdays without a country. Stages that would reach back for more than
    a hundred years all begin on the day that lies so far back: no programme has begun by then.
    """
    return _back_to_back(tuple(stage.working_days for stage in stages), cutover_date, country, subdivision)


@lru_cache(maxsize=65536)  # many items share their stages, and their cutovers the few dates of the windows
def _back_to_back(
    lengths: tuple[int, ...], cutover_date: dt.date, country: str | None, subdivision: str | None
) -> tuple[Days, ...]:
    earliest, work = cutover_date - MAX_DAYS * ONE_DAY, work_days(frozenset(((country, subdivision),)))
    found: list[Days] = []
    day = cutover_date
    for length in reversed(lengths):
        last, day = work.before(day, 1, earliest), work.before(day, max(1, length), earliest)
        found.append(Days(day, last))
    return tuple(reversed(found))
