"""Slots in which waves have cut over, as they were then: kept beside those that the windows give by now."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable

from waveplan.change_calendar.slots import Slot, zone_named
from waveplan.change_calendar.spans import hours_between, instant
from waveplan.domain.calendar_rules import SITE_ZONE, Window
from waveplan.domain.identifiers import SlotId
from waveplan.domain.standing import Stood


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
