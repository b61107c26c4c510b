"""Slots: the dated occurrences of cutover windows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from zoneinfo import ZoneInfo

from waveplan.change_calendar.spans import ONE_DAY, Days, days_of, elapsed, instant, moment
from waveplan.domain.identifiers import SlotId
from waveplan.domain.policy import SITE_ZONE, Window
from waveplan.domain.scalars import weekday_number


@cache
def zone_named(name: str) -> ZoneInfo:
    """The zone of that name. Python itself keeps only the last eight and reads the others' files again and again."""
    return ZoneInfo(name)


@dataclass(frozen=True, slots=True)
class Slot:
    """One dated occurrence of a window.

    `date` is the cutover date: the start's date in programme time, or the nominal date when every lot keeps its
    own hours (`site_zone`). `start` and `end` are in the window's zone, else the programme's.
    """

    id: SlotId
    window: str
    nominal: dt.date
    opens: dt.time
    date: dt.date
    start: dt.datetime
    end: dt.datetime
    hours: Decimal
    site_zone: bool

    @property
    def begins(self) -> dt.datetime:
        """The start as an instant."""
        return instant(self.start)

    @property
    def order(self) -> tuple[dt.datetime, str]:
        """Slots come in order of window start, then window id."""
        return (self.begins, self.window)

    def span(self, zone: str | None) -> tuple[dt.datetime, dt.datetime]:
        """Start and end for a lot of that zone; the zone matters only when every lot keeps its own hours."""
        if not self.site_zone or zone is None:
            return (self.start, self.end)
        start = moment(self.nominal, self.opens, zone_named(zone))
        return (start, elapsed(start, self.hours))

    def days(self, zone: str | None) -> Days:
        """Days it touches in its own zone (the lot's, when every lot keeps its own hours): what freezes compare."""
        start, end = self.span(zone)
        assert start.tzinfo is not None
        return days_of(start, end, start.tzinfo)


def occurrences(window: Window, first: dt.date, last: dt.date, zone: ZoneInfo) -> Iterator[Slot]:
    """Slots of a window whose cutover date lies between two days, in order; `zone` is the programme's."""
    own = zone_named(window.timezone) if window.timezone and window.timezone != SITE_ZONE else zone
    for day in _nominal_days(window, first - ONE_DAY, last + ONE_DAY):  # a day off, as zones differ
        start = moment(day, window.start, own)
        date = start.astimezone(zone).date()
        if not first <= date <= last:
            continue
        yield Slot(
            id=SlotId(f"{day.isoformat()}-{window.id}"),
            window=window.id,
            nominal=day,
            opens=window.start,
            date=date,
            start=start,
            end=elapsed(start, window.hours),
            hours=window.hours,
            site_zone=window.timezone == SITE_ZONE,
        )


def _nominal_days(window: Window, first: dt.date, last: dt.date) -> Iterator[dt.date]:
    if window.dates:
        yield from (day for day in sorted(set(window.dates)) if first <= day <= last)
        return
    weekdays = {weekday_number(day) for day in window.days}
    day = max(first, window.starting) if window.starting else first
    while day <= last:
        if day.weekday() in weekdays:
            yield day
        day += ONE_DAY
