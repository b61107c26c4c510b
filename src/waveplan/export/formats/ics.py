"""Calendar files: times in UTC, days without a time, identities that stay, numbers that rise when an event changes."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace

from icalendar import Calendar
from icalendar import Event as Entry

from waveplan.change_calendar import instant
from waveplan.export.formats.protocol import Asked, Exported, left_out
from waveplan.export.programme import ProgrammeView, Words
from waveplan.export.programme.events import ExportEvent, events_of

_ONE_DAY = dt.timedelta(days=1)
_PRODUCT = "-//waveplan//waveplan//EN"


@dataclass(frozen=True, slots=True)
class Told:
    """An event as calendars were told of it: how often it has changed, and whether it still takes place."""

    event: ExportEvent
    sequence: int = 0
    cancelled: bool = False


def write(view: ProgrammeView, words: Words, asked: Asked) -> Exported:
    """One calendar of everything dated; against plans sent before, what is gone comes as cancelled."""
    told: dict[str, Told] = {}
    for sent in (*asked.since, view):
        told = _retold(told, _by_uid(sent, words))
    calendar = _calendar(view)
    for uid, each in sorted(told.items(), key=lambda pair: (pair[1].event.order, pair[0])):
        calendar.add_component(_entry(uid, each, view, words))
    return Exported.single("plan.ics", calendar.to_ical(), tuple(_notes(view, words, asked, told.values())))


def _by_uid(view: ProgrammeView, words: Words) -> dict[str, ExportEvent]:
    found: dict[str, ExportEvent] = {}
    for event in events_of(view, words):
        key, number = event.key, 1
        while (uid := _uid(view.name, key)) in found:  # a plan edited by hand may have two of a name
            number += 1
            key = f"{event.key}:{number}"
        found[uid] = event
    return found


def _uid(programme: str, key: str) -> str:
    """From programme, wave and kind alone."""
    return hashlib.sha256(f"{programme}\0{key}".encode()).hexdigest()[:32] + "@waveplan"


def _retold(before: dict[str, Told], now: dict[str, ExportEvent]) -> dict[str, Told]:
    """What calendars know after they are told of another plan."""
    after: dict[str, Told] = {}
    for uid, event in now.items():
        old = before.get(uid)
        if old is None:
            after[uid] = Told(event)
        else:
            changed = old.cancelled or old.event != event
            after[uid] = Told(event, old.sequence + changed)
    for uid, old in before.items():
        if uid not in now:
            after[uid] = old if old.cancelled else replace(old, sequence=old.sequence + 1, cancelled=True)
    return after


def _calendar(view: ProgrammeView) -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", _PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", view.name)
    calendar.add("x-wr-timezone", view.zone)
    return calendar


def _entry(uid: str, told: Told, view: ProgrammeView, words: Words) -> Entry:
    event, entry = told.event, Entry()
    entry.add("uid", uid)
    entry.add("dtstamp", dt.datetime.combine(view.start, dt.time(), dt.UTC))  # no clock: the same file every time
    if event.start is not None and event.end is not None:
        entry.add("dtstart", instant(event.start))
        entry.add("dtend", instant(event.end))
    else:
        entry.add("dtstart", event.first)
        entry.add("dtend", (event.last or event.day) + _ONE_DAY)  # the first day after it
    title = words.say("cancelled: {what}", what=event.title) if told.cancelled else event.title
    entry.add("summary", title)
    if event.lines:
        entry.add("description", "\n".join(event.lines))
    if event.place:
        entry.add("location", event.place)
    entry.add("categories", [event.kind, *event.tags])
    entry.add("sequence", told.sequence)
    entry.add("status", "CANCELLED" if told.cancelled else "CONFIRMED")
    entry.add("transp", "OPAQUE" if event.busy and not told.cancelled else "TRANSPARENT")
    if event.wave:
        entry.add("x-waveplan-wave", event.wave)
    return entry


def _notes(view: ProgrammeView, words: Words, asked: Asked, told: Iterable[Told]) -> Iterable[str]:
    yield words.say("a calendar holds no loads, servers, duties or assumptions; --to xlsx and --to csv do")
    yield from left_out(view, words)
    if asked.since:
        every = list(told)
        yield words.say(
            "{changed} changed, {cancelled} cancelled, of {n} events",
            changed=sum(each.sequence > 0 and not each.cancelled for each in every),
            cancelled=sum(each.cancelled for each in every),
            n=len(every),
        )
