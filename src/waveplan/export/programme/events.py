"""Everything dated in a programme as events: of days, both included, or of moments, the last one excluded."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from waveplan.change_calendar import instant
from waveplan.export.programme.records import CommunicationView, FreezeView, MilestoneView
from waveplan.export.programme.view import HoursView, ProgrammeView, WaveView
from waveplan.export.programme.words import Words

_LOTS_NAMED = 20
_RANKS = (
    "freeze", "deadline", "hard-date", "cutover", "gate", "rehearsal", "preparation", "hypercare", "adoption",
    "milestone",
)  # fmt: skip


_HELD = frozenset({"training", "site_event", "go_live_support"})  # not sent, but held with people


@dataclass(frozen=True, slots=True)
class ExportEvent:
    """`key` is made of what it is of and its kind, so it stays when other things change.

    Either `first` and `last` are given, or `start` and `end`. `busy` says whether people are taken by it.
    """

    key: str
    kind: str
    title: str
    wave: str = ""
    wave_label: str = ""
    first: dt.date | None = None
    last: dt.date | None = None
    start: dt.datetime | None = None
    end: dt.datetime | None = None
    lines: tuple[str, ...] = ()
    place: str = ""
    busy: bool = False
    tags: tuple[str, ...] = ()  # what it is, more closely than its kind

    @property
    def day(self) -> dt.date:
        """The day on which it begins."""
        if self.start is not None:
            return self.start.date()
        return self.first or dt.date.min

    @property
    def order(self) -> tuple[dt.date, int, dt.datetime, str]:
        """By day; whole days before hours, then by kind, time and key."""
        moment = dt.datetime.min.replace(tzinfo=dt.UTC) if self.start is None else instant(self.start)
        return (self.day, _RANKS.index(self.kind), moment, self.key)


def events_of(view: ProgrammeView, words: Words) -> list[ExportEvent]:
    """Of every wave, then of the programme; in order of their days."""
    found = [event for wave in view.waves for event in _of_wave(wave, words)]
    found += [_adoption(each, words) for each in view.communication]
    found += [_freeze(each, words) for each in view.freezes]
    found += [_milestone(each) for each in view.milestones]
    for date in view.hard_dates:
        kind, said = ("deadline", words.say("deadline")) if date.id == "deadline" else ("hard-date", date.name)
        title = said if kind == "deadline" else words.say("hard date: {name}", name=said)
        met = () if date.reached is None else (words.say("reached on {day}", day=date.reached),)
        found.append(ExportEvent(date.key, kind, title, first=date.date, last=date.date, lines=met))
    return sorted(found, key=lambda event: event.order)


def _of_wave(wave: WaveView, words: Words) -> Iterator[ExportEvent]:
    say, label = words.say, wave.label
    if wave.preparation_start < wave.date:
        before = wave.date - dt.timedelta(days=1)
        title = say("{wave}: preparation", wave=label)
        yield ExportEvent(
            f"{wave.key}:preparation",
            "preparation",
            title,
            wave.id,
            label,
            wave.preparation_start,
            before,
            lines=_lots(wave, words),
        )
    for rehearsal in wave.rehearsals:
        title = say("{wave}: rehearsal {name} of {lot}", wave=label, name=rehearsal.id, lot=rehearsal.lot)
        yield ExportEvent(rehearsal.key, "rehearsal", title, wave.id, label, rehearsal.date, rehearsal.date, busy=True)
    for gate in wave.gates:
        name = say("GO/NO-GO {name}", name=gate.id) if gate.decides else gate.id
        title, lines = say("{wave}: {name}", wave=label, name=name), tuple(f"- {each}" for each in gate.criteria)
        yield ExportEvent(
            gate.key, "gate", title, wave.id, label, gate.date, gate.date, lines=lines, place=gate.committee
        )
    yield from _cutovers(wave, words)
    yield ExportEvent(
        f"{wave.key}:hypercare",
        "hypercare",
        say("{wave}: hypercare", wave=label),
        wave.id,
        label,
        start=wave.end,
        end=wave.hypercare_end,
        lines=_lots(wave, words),
    )


def _cutovers(wave: WaveView, words: Words) -> Iterator[ExportEvent]:
    """One; one for each zone where sites keep their own hours."""
    title = words.say("{wave}: cutover", wave=wave.label)
    if not wave.hours:
        lines = (*_facts(wave, words), *_lots(wave, words))
        yield ExportEvent(
            f"{wave.key}:cutover",
            "cutover",
            title,
            wave.id,
            wave.label,
            start=wave.start,
            end=wave.end,
            lines=lines,
            busy=True,
        )
    for hours in wave.hours:
        yield _of_zone(wave, hours, title, words)


def _of_zone(wave: WaveView, hours: HoursView, title: str, words: Words) -> ExportEvent:
    zone = wave.start.tzinfo
    lines = (*_facts(wave, words), *_named(hours.lots, words))
    return ExportEvent(
        f"{wave.key}:cutover:{hours.zone}",
        "cutover",
        title,
        wave.id,
        wave.label,
        start=hours.start.astimezone(zone),
        end=hours.end.astimezone(zone),
        lines=lines,
        place=", ".join(hours.sites),
        busy=True,
    )


def _facts(wave: WaveView, words: Words) -> Iterator[str]:
    yield words.say("point of no return: {moment}", moment=wave.point_of_no_return)
    if wave.servers:
        yield words.count("{n} server", "{n} servers", wave.servers)
    if wave.effort:
        yield words.say("teams: {teams}", teams=", ".join(wave.effort))


def _lots(wave: WaveView, words: Words) -> tuple[str, ...]:
    return tuple(_named(tuple(lot.id for lot in wave.lots), words))


def _named(lots: tuple[str, ...], words: Words) -> Iterator[str]:
    yield words.count("{n} lot", "{n} lots", len(lots))
    yield from (f"- {lot}" for lot in lots[:_LOTS_NAMED])
    if len(lots) > _LOTS_NAMED:
        yield words.say("and {n} more", n=len(lots) - _LOTS_NAMED)


def _adoption(each: CommunicationView, words: Words) -> ExportEvent:
    """What people are told, taught or asked; what takes people's time makes them busy."""
    say = words.say
    languages = ", ".join(dict.fromkeys(message.language for message in each.messages))
    lines = [
        words.count("{n} user", "{n} users", each.users),
        say("languages: {languages}", languages=languages),
        *([say("owner: {owner}", owner=each.owner)] if each.owner else []),
        *([say("team: {team}", team=each.team)] if each.team else []),
        *_named(each.lots, words),
    ]
    title = say("{wave}: {kind}, {name}", wave=each.wave_label, kind=each.what, name=each.name)
    return ExportEvent(
        each.key,
        "adoption",
        title,
        each.wave,
        each.wave_label,
        each.first,
        each.last,
        lines=tuple(lines),
        place=", ".join(each.sites),
        busy=each.kind in _HELD,
        tags=(each.kind,),
    )


def _freeze(freeze: FreezeView, words: Words) -> ExportEvent:
    what = f"{freeze.reason} ({freeze.scope})" if freeze.reason else freeze.scope
    title = words.say("freeze: {what}", what=what)
    if freeze.start is not None and freeze.end is not None:
        return ExportEvent(freeze.key, "freeze", title, start=freeze.start, end=freeze.end)
    return ExportEvent(freeze.key, "freeze", title, first=freeze.first, last=freeze.last)


def _milestone(milestone: MilestoneView) -> ExportEvent:
    title = milestone.name if milestone.kind != "external" else f"{milestone.name} ({milestone.what})"
    if milestone.kind == "knowledge_stage":
        title = f"{milestone.what}: {milestone.name}"
    first = milestone.start or milestone.date
    lines = tuple(f"- {each}" for each in milestone.criteria)
    return ExportEvent(
        milestone.key, "milestone", title, first=first, last=milestone.date, lines=lines, place=milestone.site
    )
