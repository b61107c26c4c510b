"""Everything dated in a plan, as events in order of their days."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from waveplan.domain.made_names import MILESTONE_NAMES
from waveplan.domain.plan import PlanFreeze, Wave
from waveplan.render.language import BLANK, Shown, safe
from waveplan.render.made_ids import made_name
from waveplan.render.milestone_lines import milestone_lines
from waveplan.render.moments import clock, closing_clock, offset_words, programme_zone, site_names, spans_of
from waveplan.render.page import Page, length, wave_hours
from waveplan.render.summary import is_missed

_LOTS_NAMED = 8


@dataclass(frozen=True, slots=True)
class Event:
    """Something on a day; `kind` names its sign and colour, `rank` orders what falls on one day."""

    day: dt.date
    rank: int
    kind: str
    what: Shown
    wave: Shown = BLANK
    detail: Shown = BLANK
    time: Shown = BLANK


def events_of(page: Page) -> list[Event]:
    """Events of the waves to show; those of the whole programme too, unless one wave was asked for."""
    found = [event for wave in page.waves for event in wave_events(page, wave)]
    if page.wave is None:
        found += _programme_events(page)
    return in_order(found)


def in_order(events: Iterable[Event]) -> list[Event]:
    """By day; within a day what holds for all of it first, then by time."""
    return sorted(events, key=lambda event: (event.day, event.time, event.rank, event.wave, event.what))


def wave_events(page: Page, wave: Wave) -> Iterator[Event]:
    """From the beginning of a wave's preparation to the end of its hypercare."""
    say, label = page.language.say, page.label(wave)
    if wave.preparation_start < wave.date:
        lots = _lot_names(page, wave)
        yield Event(wave.preparation_start, 5, "preparation", say("preparation begins"), label, lots)
    for rehearsal in wave.rehearsals:
        detail = say("lot {lot}", lot=rehearsal.lot)
        yield Event(rehearsal.date, 4, "rehearsal", say("rehearsal {name}", name=rehearsal.id), label, detail)
    for gate in wave.gates:
        kind, name = ("gate", say("GO/NO-GO {name}", name=gate.id)) if gate.decides else ("notice", safe(gate.id))
        yield Event(gate.date, 3, kind, name, label, safe(gate.committee or ""))
    yield from _cutovers(page, wave)
    last, end = wave.hypercare_last_day, wave.hypercare_end.astimezone(programme_zone(page.plan))
    yield Event(last, 6, "hypercare", say("hypercare ends"), label, BLANK, closing_clock(end, last))


def _cutovers(page: Page, wave: Wave) -> Iterator[Event]:
    """One in programme time; one for each zone of sites that keep their own hours."""
    say, label = page.language.say, page.label(wave)
    if not wave.site_hours:
        start = spans_of(page.plan, wave)[0][0]
        yield Event(wave.date, 2, "cutover", say("cutover"), label, _size(page, wave), clock(start))
    for hours in wave.site_hours:
        start = hours.start.astimezone(programme_zone(page.plan))
        detail = say(
            "{sites}, {hours} h from {there} there ({zone}); {lots}",
            sites=site_names(hours),
            hours=length(hours.start, hours.end),
            there=page.language.moment(hours.start, year=False),
            zone=offset_words(hours.start),
            lots=page.language.count("{n} lot", "{n} lots", len(hours.lots)),
        )
        yield Event(start.date(), 2, "cutover", say("cutover"), label, detail, clock(start))


def _lot_names(page: Page, wave: Wave) -> Shown:
    """The first few lots; a wave of a roll-out may hold dozens, which its own view names."""
    named = ", ".join(safe(lot) for lot in wave.lots[:_LOTS_NAMED])
    more = len(wave.lots) - _LOTS_NAMED
    return page.language.say("{lots} and {n} more", lots=named, n=more) if more > 0 else Shown(named)


def _size(page: Page, wave: Wave) -> Shown:
    language = page.language
    parts = [
        language.say("{hours} h", hours=wave_hours(wave)),
        language.count("{n} lot", "{n} lots", len(wave.lots)),
        _things(page, wave),
    ]
    return Shown(", ".join(parts))


def _things(page: Page, wave: Wave) -> Shown:
    """Servers; sites where there are none."""
    totals = wave.totals
    if totals.sites and not totals.servers:
        return page.language.count("{n} site", "{n} sites", totals.sites)
    return page.language.count("{n} server", "{n} servers", totals.servers)


def _programme_events(page: Page) -> Iterator[Event]:
    say, programme = page.language.say, page.plan.programme
    yield Event(programme.start, 0, "month", say("programme begins"))
    yield Event(programme.deadline, 1, "deadline", say("deadline"))
    for freeze in page.plan.calendar.freezes:
        yield from _freeze_events(page, freeze)
    for line in milestone_lines(page.plan, page.language):
        detail = say("{name}: {said}", name=line.name, said=line.detail) if line.nameless else line.detail
        yield Event(line.date, 7, "milestone", say(MILESTONE_NAMES[line.kind]), detail=detail)
    for date in page.plan.calendar.hard_dates:
        if date.id != "deadline":
            kind, name = ("missed", say("hard date, missed")) if is_missed(date) else ("hard_date", say("hard date"))
            yield Event(date.date, 1, kind, name, detail=made_name(page.language, date.id))


def _freeze_events(page: Page, freeze: PlanFreeze) -> Iterator[Event]:
    say = page.language.say
    scope = say("everything") if freeze.scope == "everything" else safe(freeze.scope)
    detail = Shown(f"{safe(freeze.reason)} ({scope})") if freeze.reason else scope
    begins = ends = BLANK
    if freeze.start is not None and freeze.end is not None:
        zone = programme_zone(page.plan)
        begins = clock(freeze.start.astimezone(zone))
        ends = closing_clock(freeze.end.astimezone(zone), freeze.last)
    elif freeze.first == freeze.last:
        yield Event(freeze.first, 1, "freeze", say("freeze, one day"), detail=detail)
        return
    yield Event(freeze.first, 1, "freeze", say("freeze begins"), detail=detail, time=begins)
    yield Event(freeze.last, 8, "freeze", say("freeze ends"), detail=detail, time=ends)
