"""Teams in a project file: a calendar each, a resource each, and the work of preparations."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from xml.etree import ElementTree as ET

from waveplan.export.formats.ms_project_tasks import Task
from waveplan.export.formats.ms_project_xml import add, day_time, duration
from waveplan.export.programme.records import TeamView

_ALL_HOURS, _OFFICE_HOURS, _FIRST_TEAM = 1, 2, 3
_OFFICE = (("08:00:00", "12:00:00"), ("13:00:00", "17:00:00"))
_WHOLE_DAY = (("00:00:00", "00:00:00"),)
_WEEK = range(1, 8)  # Sunday first
_WEEKEND = frozenset({1, 7})
_HOURS_A_DAY = 8
_DAYS_A_WEEK = 5
_ONE_DAY = dt.timedelta(days=1)
_FRIDAY = 4


def add_calendars(root: ET.Element, teams: Sequence[TeamView], start: dt.date) -> None:
    """All hours of all days, office hours, and each team's days off over these."""
    calendars = ET.SubElement(root, "Calendars")
    _base(calendars, _ALL_HOURS, "24 Hours", _WHOLE_DAY, frozenset())
    _base(calendars, _OFFICE_HOURS, "Standard", _OFFICE, _WEEKEND)
    for number, team in enumerate(teams, _FIRST_TEAM):
        element = ET.SubElement(calendars, "Calendar")
        add(element, UID=str(number), Name=team.id, IsBaseCalendar="0", BaseCalendarUID=str(_OFFICE_HOURS))
        runs = list(_runs(team.days_off))
        if runs:
            listed = ET.SubElement(element, "Exceptions")
            for first, last in runs:
                _day_off(listed, first, last)


def _base(calendars: ET.Element, number: int, name: str, hours: Iterable[tuple[str, str]], off: frozenset[int]) -> None:
    element = ET.SubElement(calendars, "Calendar")
    add(element, UID=str(number), Name=name, IsBaseCalendar="1", BaseCalendarUID="-1")
    days = ET.SubElement(element, "WeekDays")
    for day in _WEEK:
        one = ET.SubElement(days, "WeekDay")
        add(one, DayType=str(day), DayWorking=str(int(day not in off)))
        if day not in off:
            times = ET.SubElement(one, "WorkingTimes")
            for begin, end in hours:
                add(ET.SubElement(times, "WorkingTime"), FromTime=begin, ToTime=end)


def _runs(days: Sequence[dt.date]) -> Iterator[tuple[dt.date, dt.date]]:
    """Days in a row; a weekend between two of them parts nothing."""
    first = last = None
    for day in days:
        following = last is not None and day - last <= (3 * _ONE_DAY if last.weekday() == _FRIDAY else _ONE_DAY)
        if first is None or last is None or not following:
            if first is not None and last is not None:
                yield first, last
            first = day
        last = day
    if first is not None and last is not None:
        yield first, last


def _day_off(listed: ET.Element, first: dt.date, last: dt.date) -> None:
    element = ET.SubElement(listed, "Exception")
    add(element, EnteredByOccurrences="0")
    period = ET.SubElement(element, "TimePeriod")
    add(period, FromDate=f"{first.isoformat()}T00:00:00", ToDate=f"{last.isoformat()}T23:59:00")
    add(element, Occurrences=str((last - first).days + 1), Type="1", DayWorking="0")


def add_resources(root: ET.Element, teams: Sequence[TeamView]) -> None:
    """A resource for each team: as many people as it offers on a day, its rate by the hour."""
    resources = ET.SubElement(root, "Resources")
    for number, team in enumerate(teams, 1):
        element = ET.SubElement(resources, "Resource")
        add(element, UID=str(number), ID=str(number), Name=team.name or team.id, Type="1", IsNull="0", Code=team.id)
        if team.organisation:
            add(element, Group=team.organisation)
        weekly = team.person_days_per_week
        add(element, MaxUnits="1" if weekly is None else _number(weekly / _DAYS_A_WEEK))
        if team.day_rate is not None:
            add(element, StandardRate=_number(team.day_rate / _HOURS_A_DAY), StandardRateFormat="2")
        add(element, CalendarUID=str(number - 1 + _FIRST_TEAM))


def add_assignments(root: ET.Element, teams: Sequence[TeamView], tasks: Sequence[Task]) -> None:
    """The efforts of each task; a person-day is eight hours."""
    numbers = {team.id: number for number, team in enumerate(teams, 1)}
    assignments, count = ET.SubElement(root, "Assignments"), 0
    for line, task in enumerate(tasks):
        for team, days in task.effort.items():
            if team not in numbers:
                continue
            count += 1
            element = ET.SubElement(assignments, "Assignment")
            work = duration(dt.timedelta(hours=float(days * _HOURS_A_DAY)))
            working = max(1, sum(day.weekday() <= _FRIDAY for day in _days(task.start.date(), task.finish.date())))
            add(
                element, UID=str(count), TaskUID=str(line), ResourceUID=str(numbers[team]), Finish=day_time(task.finish)
            )
            add(element, RemainingWork=work, Start=day_time(task.start), Units=_number(days / working), Work=work)


def _days(first: dt.date, last: dt.date) -> Iterator[dt.date]:
    while first <= last:
        yield first
        first += _ONE_DAY


def _number(amount: Decimal) -> str:
    return f"{float(amount):.4f}".rstrip("0").rstrip(".") or "0"
