"""Slots: the dated occurrences of cutover windows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cache
from zoneinfo import ZoneInfo

from waveplan.change_calendar.recurrence import nominal_days
from waveplan.change_calendar.spans import ONE_DAY, Days, days_of, elapsed, hours_between, instant, moment
from waveplan.domain.calendar_rules import SITE_ZONE, Window
from waveplan.domain.identifiers import SlotId
from waveplan.domain.scalars import weekday_number
from waveplan.domain.standing import Stood


@cache
def zone_named(name: str) -> ZoneInfo:
    """The zone of that name. Python itself keeps only the last eight and reads the others' files again and again."""
    return ZoneInfo(name)


Span = tuple[dt.datetime, dt.datetime]


@dataclass(frozen=True, slots=True)
class Slot:
    """One dated occurrence of a window.

    `date` is the cutover date: the start's date in programme time, or the nominal date when every lot keeps its
    own hours (`site_zone`). `start` and `end` are in the window's zone, else the programme's. `closes` is what clocks
    show when it ends, if the window says so; then it lasts some hours more or less where clocks change, and `hours`
    are those that every lot has.
    """

    id: SlotId
    window: str
    nominal: dt.date
    opens: dt.time
    date: dt.date
    start: dt.datetime
    end: dt.datetime
    hours: Fraction
    site_zone: bool
    closes: dt.datetime | None = None
    _spans: dict[str, Span] = field(default_factory=dict, compare=False, repr=False)  # by zone

    @property
    def begins(self) -> dt.datetime:
        """The start as an instant."""
        return instant(self.start)

    @property
    def order(self) -> tuple[dt.datetime, str]:
        """Slots come in order of window start, then window id."""
        return (self.begins, self.window)

    def span(self, zone: str | None) -> Span:
        """Start and end for a lot of that zone; the zone matters only when every lot keeps its own hours."""
        if not self.site_zone or zone is None:
            return (self.start, self.end)
        if zone not in self._spans:
            own = zone_named(zone)
            start = moment(self.nominal, self.opens, own)
            self._spans[zone] = (start, _end(start, self.hours, self.closes, own))
        return self._spans[zone]

    def days(self, zone: str | None) -> Days:
        """Days it touches in its own zone (the lot's, when every lot keeps its own hours): what freezes compare."""
        start, end = self.span(zone)
        assert start.tzinfo is not None
        return days_of(start, end, start.tzinfo)


def _end(start: dt.datetime, hours: Fraction | None, closes: dt.datetime | None, zone: dt.tzinfo) -> dt.datetime:
    if closes is not None:
        return moment(closes.date(), closes.time(), zone)
    assert hours is not None
    return elapsed(start, hours)


def occurrences(
    window: Window, first: dt.date, last: dt.date, zone: ZoneInfo, site_zones: Iterable[ZoneInfo] = ()
) -> Iterator[Slot]:
    """Slots of a window whose cutover date lies between two days, in order; `zone` is the programme's.

    `site_zones` are those whose hours lots may keep. A window that would end before it begins, as clocks are put
    forward over it, does not open.
    """
    own = zone_named(window.timezone) if window.timezone and window.timezone != SITE_ZONE else zone
    others = tuple(site_zones) if window.timezone == SITE_ZONE else ()
    for day in nominal_days(window, first - ONE_DAY, last + ONE_DAY):  # a day off, as zones differ
        start = moment(day, window.start, own)
        date = start.astimezone(zone).date()
        if not first <= date <= last:
            continue
        closes = _closing(window, day)
        lengths = [_hours(window, day, closes, each) for each in (own, *others)] if closes else []
        hours = min(lengths, default=Fraction(window.hours or 0))
        if hours <= 0:
            continue
        yield Slot(
            id=SlotId(f"{day.isoformat()}-{window.id}"),
            window=window.id,
            nominal=day,
            opens=window.start,
            date=date,
            start=start,
            end=_end(start, hours, closes, own),
            hours=hours,
            site_zone=window.timezone == SITE_ZONE,
            closes=closes,
        )


def _hours(window: Window, day: dt.date, closes: dt.datetime, zone: dt.tzinfo) -> Fraction:
    start = moment(day, window.start, zone)
    return hours_between(start, _end(start, None, closes, zone))


def _closing(window: Window, day: dt.date) -> dt.datetime | None:
    """What clocks show when a window of a day ends: the first such time after it opens, on the weekday it names."""
    if window.until is None:
        return None
    later = 0 if window.until_day is None else (weekday_number(window.until_day) - day.weekday()) % 7
    if later == 0 and window.until <= window.start:
        later = 1 if window.until_day is None else 7
    return dt.datetime.combine(day + later * ONE_DAY, window.until)


def with_stood(
    slots: Iterable[Slot], stood: Collection[Stood], windows: Iterable[Window], zone: dt.tzinfo
) -> Collection[Slot]:
    """The slots, and each in which a wave stood as it stood: it may be gone by now, or have other hours."""
    found = {str(slot.id): slot for slot in slots}
    named = {window.id: window for window in windows}
    for each in stood:
        known = found.get(each.id)
        if known is None or not is_as_it_stood(known, each):
            found[each.id] = _slot(each, named.get(each.window), zone)
    return found.values()


def is_as_it_stood(slot: Slot, stood: Stood) -> bool:
    """Whether a slot has the date and the hours, as far as they are known, that it had when a wave stood in it."""
    if stood.hours is None:
        return slot.date == stood.date
    hours = (slot.begins, instant(slot.end))
    return slot.date == stood.date and hours == tuple(instant(each) for each in stood.hours)


def _slot(stood: Stood, window: Window | None, zone: dt.tzinfo) -> Slot:
    midnight = dt.datetime.combine(stood.date, dt.time(), zone)
    start, end = stood.hours or (midnight, midnight + dt.timedelta(days=1))
    own = window.timezone if window is not None else None
    if own and own != SITE_ZONE:
        start, end = start.astimezone(zone_named(own)), end.astimezone(zone_named(own))
    return Slot(
        id=SlotId(stood.id),
        window=stood.window,
        nominal=stood.nominal,
        opens=start.time(),
        date=stood.date,
        start=start,
        end=end,
        hours=hours_between(start, end),
        site_zone=own == SITE_ZONE,
    )
