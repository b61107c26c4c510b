"""A night as it is rehearsed: the same tasks, on the day on which somebody began with them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from waveplan.change_calendar.slots import zone_named
from waveplan.change_calendar.spans import elapsed
from waveplan.domain.actuals import TaskRecord
from waveplan.domain.nights import Night
from waveplan.runbooks.scheduling import minutes_between


def rehearsed(night: Night, records: Sequence[TaskRecord]) -> Night:
    """The night moved so that its window opens when the first of some entries was made.

    Hours to which tasks are fixed move with it, by elapsed time; other waves do not use the links then.
    """
    if not records:
        return night
    first = min((record.happened for record in records), key=dt.datetime.timestamp)
    minutes = minutes_between(night.start, first)

    def moved(when: dt.datetime) -> dt.datetime:
        return elapsed(when.astimezone(zone_named(night.zone)), Fraction(minutes, 60))

    tasks = tuple(
        replace(
            task,
            opens=moved(task.opens),
            window_end=moved(task.window_end),
            decide_by=None if task.decide_by is None else moved(task.decide_by),
            fixed_at=None if task.fixed_at is None else moved(task.fixed_at),
        )
        for task in night.tasks
    )
    return replace(night, start=moved(night.start), end=moved(night.end), tasks=tasks, occupied={})
