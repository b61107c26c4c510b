"""The day of a gate before a cutover, and the sessions of committees that gates keep to."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from waveplan.change_calendar.recurrence import is_day
from waveplan.change_calendar.spans import ONE_DAY
from waveplan.domain.calendar_rules import Committee
from waveplan.domain.policy import Gate

FURTHEST = 370  # days before the programme's start: what finds no day until then has none

DayTest = Callable[[dt.date], bool]


def gate_day(gate: Gate, cutover: dt.date, works: DayTest, sits: DayTest | None, earliest: dt.date) -> dt.date:
    """The last day, so long before the cutover, that is what the gate asks for: a working day, a session, or both.

    `works` tells working days, `sits` those of sessions where the gate keeps to them. The earliest day is the answer
    when there is none.
    """
    day = cutover - dt.timedelta(days=gate.days_before or 0)
    left = gate.working_days_before or 0
    while left and day > earliest:
        day -= ONE_DAY
        left -= works(day)
    while day > earliest and ((sits is not None and not sits(day)) or (gate.working_day and not works(day))):
        day -= ONE_DAY
    return day


def is_session(committee: Committee, day: dt.date) -> bool:
    """Whether the committee sits on a day."""
    return is_day(committee.day, day)


def last_session(committee: Committee, day: dt.date) -> dt.date:
    """The committee's last session on or before a day."""
    while not is_session(committee, day):
        day -= ONE_DAY
    return day
