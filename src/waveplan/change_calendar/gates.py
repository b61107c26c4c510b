"""The day of a gate before a cutover, and the sessions of committees that gates keep to."""

from __future__ import annotations

import datetime as dt

from waveplan.change_calendar.recurrence import is_day, last_such_day
from waveplan.change_calendar.spans import ONE_DAY
from waveplan.change_calendar.work_days import WorkDays
from waveplan.domain.calendar_rules import Committee
from waveplan.domain.policy import Gate

FURTHEST = 370  # days before the programme's start: what finds no day until then has none


def gate_day(gate: Gate, cutover: dt.date, work: WorkDays, committee: Committee | None, earliest: dt.date) -> dt.date:
    """The last day, so long before the cutover, that is what the gate asks for: a working day, a session, or both.

    `work` has the working days; the committee is given where the gate keeps to its sessions. The earliest day is the
    answer when there is none.
    """
    day = work.before(cutover - dt.timedelta(days=gate.days_before or 0), gate.working_days_before or 0, earliest)
    if day <= earliest:
        return day
    if committee is None:
        return work.on_or_before(day, earliest=earliest) if gate.working_day else day
    while day > earliest:
        session = last_session(committee, day)
        if not gate.working_day or session <= earliest or work.works(session):
            return max(session, earliest)
        day = session - ONE_DAY
    return earliest


def is_session(committee: Committee, day: dt.date) -> bool:
    """Whether the committee sits on a day."""
    return is_day(committee.day, day)


def last_session(committee: Committee, day: dt.date) -> dt.date:
    """The committee's last session on or before a day."""
    return last_such_day(committee.day, day)
