"""Whom to call in a night: everybody on what runs and what comes next, how they are reached, who could take over."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence

from waveplan.domain.night_standing import NightShown, TaskOutlook
from waveplan.domain.on_duty import OnTask
from waveplan.render.language import BLANK, Language, Shown, safe
from waveplan.render.reports.document import Field, ReportPart, Value
from waveplan.render.runbooks import who

Clock = Callable[[dt.datetime], Shown]


def called_part(shown: NightShown, tasks: Sequence[TaskOutlook], language: Language, clock: Clock) -> ReportPart:
    """One row for each of them, in the order of the tasks; who has to go before the end of a task is told so."""
    say = language.say
    fields = (
        Field(say("Person"), fold=14),
        Field(say("Phone"), fold=8),
        Field(say("Language"), rank=1),
        Field(say("Who"), fold=8),
        Field(say("Tasks"), fold=8),
        Field(say("Relief by"), fold=8),
        Field(say("Substitutes"), rank=2, fold=14),
    )
    found: dict[tuple[str, int, str], tuple[OnTask, list[TaskOutlook]]] = {}
    for each in tasks:
        for on in shown.people_of(each):
            key = (on.team, on.seat, on.person.name if on.person is not None else "")
            found.setdefault(key, (on, []))[1].append(each)
    rows = tuple(_row(on, own, language, clock) for on, own in found.values())
    return ReportPart(say("Whom to call"), fields, rows, say("Nobody is named."))


def _row(on: OnTask, tasks: Sequence[TaskOutlook], language: Language, clock: Clock) -> tuple[Value, ...]:
    person = on.person
    ends = [each.end.timestamp() for each in tasks if each.end is not None]
    leaves = (
        on.stays_until if on.stays_until is not None and max(ends, default=0) > on.stays_until.timestamp() else None
    )
    return (
        language.say("NOBODY") if person is None else safe(person.name),
        safe((person.phone if person is not None else None) or ""),
        safe((person.language if person is not None else None) or ""),
        who(language, on.team, (on.seat,) if on.seat else ()),
        Shown(", ".join(str(each.task.number) for each in tasks)),
        BLANK if leaves is None else clock(leaves),
        safe(", ".join(on.substitutes)),
    )
