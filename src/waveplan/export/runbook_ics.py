"""Runbooks as a calendar: days of what has days, times in UTC of what is done in the window."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Mapping, Sequence

from icalendar import Calendar, Event

from waveplan.change_calendar.spans import ONE_DAY, instant
from waveplan.domain.wave_runbooks import WaveRunbook

Texts = Callable[[Mapping[str, str]], str]
_PRODUCT = "-//waveplan//waveplan//EN"


def dump_runbook_ics(runbooks: Sequence[WaveRunbook], programme: str, text: Texts, who: Callable[[str], str]) -> bytes:
    """One calendar; `text` chooses a language, `who` says a role in words. Moments without length last no time."""
    calendar = Calendar()
    for key, value in (("prodid", _PRODUCT), ("version", "2.0"), ("calscale", "GREGORIAN"), ("method", "PUBLISH")):
        calendar.add(key, value)
    calendar.add("x-wr-calname", programme)
    for book in runbooks:
        stamp = dt.datetime.combine(book.date, dt.time(), dt.UTC)  # no clock: the same file every time
        for task in (*book.before, *book.after):
            event = _event(programme, task.id, f"{book.label}: {text(task.name)}", stamp)
            event.add("dtstart", task.first)
            event.add("dtend", task.last + ONE_DAY)
            _tell(event, [who(task.owner), text(task.evidence)])
            calendar.add_component(event)
        for each in book.night.tasks:
            event = _event(programme, each.task.id, f"{each.task.number} {text(each.task.name)}", stamp)
            event.add("dtstart", instant(each.start))
            event.add("dtend", instant(each.end))
            people = [on.person for on in book.people_of(each) if on.person is not None]
            called = [f"{person.name} {person.phone or ''}".rstrip() for person in people]
            _tell(event, [who(each.task.owner), *called, text(each.task.evidence), each.task.id])
            calendar.add_component(event)
    return bytes(calendar.to_ical())


def _event(programme: str, task: str, title: str, stamp: dt.datetime) -> Event:
    event = Event()
    event.add("uid", hashlib.sha256(f"{programme}\0runbook\0{task}".encode()).hexdigest()[:32] + "@waveplan")
    event.add("dtstamp", stamp)
    event.add("summary", title)
    return event


def _tell(event: Event, lines: Sequence[str]) -> None:
    event.add("description", "\n".join(line for line in lines if line))
