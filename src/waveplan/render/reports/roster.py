"""Who is on duty, as a report."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from zoneinfo import ZoneInfo

from waveplan.domain.roster import Manned, WaveRoster
from waveplan.render.language import BLANK, Language, Shown, marked, safe
from waveplan.render.reports.document import Field, Report, ReportPart, Value

KINDS = {"night": marked("night"), "hypercare": marked("hypercare")}


def roster_report(waves: Sequence[WaveRoster], language: Language) -> Report:
    """A table for each wave."""
    say = language.say
    notes = [say("Names are in this report only; nothing of them stands in a plan.")]
    if not all(each.proven for each in waves):
        notes.append(say("Somebody else may man more: the search ended before that was settled."))
    return Report(
        say("Who is on duty"),
        tuple(notes),
        tuple(duties_part(each, language, say("{wave}", wave=safe(each.label))) for each in waves),
        on_phones=True,
    )


def duties_part(wave: WaveRoster, language: Language, title: Shown) -> ReportPart:
    """A wave's seats and shifts, who takes them, how they are reached, and who could."""
    say = language.say
    fields = (
        Field(say("From")),
        Field(say("Until")),
        Field(say("For")),
        Field(say("Team"), fold=8),
        Field(say("Seat"), right=True),
        Field(say("Who"), fold=14),
        Field(say("Phone")),
        Field(say("Language"), rank=3),
        Field(say("In place of"), rank=1, fold=14),
        Field(say("Substitutes"), rank=2, fold=14),
    )
    zone = ZoneInfo(wave.zone)
    rows = tuple(tuple(_row(each, zone, language)) for each in wave.duties)
    return ReportPart(title, fields, rows, say("Nobody is needed."))


def _row(each: Manned, zone: dt.tzinfo, language: Language) -> Iterator[Value]:
    duty, person = each.duty, each.person
    yield language.moment(duty.start.astimezone(zone), year=False)
    yield language.moment(duty.end.astimezone(zone), year=False)
    yield language.say(KINDS[duty.kind])
    yield safe(duty.team)
    yield Shown(str(duty.seat))
    yield language.say("NOBODY") if person is None else safe(person.name)
    yield BLANK if person is None or person.phone is None else safe(person.phone)
    yield BLANK if person is None or person.language is None else safe(person.language)
    yield BLANK if each.before is None else safe(each.before)
    yield safe(", ".join(each.substitutes))
