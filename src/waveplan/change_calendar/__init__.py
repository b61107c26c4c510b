"""Dates ↔ slots: windows, freezes, holidays, working days, ISO weeks and time zones, all in one place."""

from waveplan.change_calendar.calendar import ChangeCalendar
from waveplan.change_calendar.closures import Closure, Closures
from waveplan.change_calendar.knowledge import stage_days
from waveplan.change_calendar.slots import Slot
from waveplan.change_calendar.spans import Days, hours_between, instant, iso_week, latest, week_monday

__all__ = [
    "ChangeCalendar",
    "Closure",
    "Closures",
    "Days",
    "Slot",
    "hours_between",
    "instant",
    "iso_week",
    "latest",
    "stage_days",
    "week_monday",
]
