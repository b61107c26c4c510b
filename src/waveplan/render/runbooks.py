"""Words of runbooks: who, when, of which kind; shared by the report, the page and the tables."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping

from waveplan.domain.nights import ScheduledTask
from waveplan.domain.on_duty import OnTask
from waveplan.domain.runbooks import TRANSITION_MANAGER
from waveplan.domain.spoken import spoken_in
from waveplan.render.language import Language, Shown, marked, safe

_ROLES = {
    "crew": marked("the crew"),
    "testers": marked("the testers"),
    "technical_owner": marked("technical owner"),
    "business_owner": marked("business owner"),
    "on_call": marked("team on call"),
    TRANSITION_MANAGER: marked("transition manager"),
}
_KINDS = {
    "work": marked("work"),
    "transfer": marked("transfer"),
    "test": marked("test"),
    "decision": marked("decision"),
    "message": marked("message"),
    "checkpoint": marked("checkpoint"),
}
_PHASES = {
    "before": marked("before"),
    "cutover": marked("cutover"),
    "tests": marked("tests"),
    "rollback": marked("rollback"),
    "after": marked("after"),
}


def who(language: Language, name: str, seats: Iterable[int] = ()) -> Shown:
    """Whoever does something: a team with its seats, or a role in words; a dash for nobody."""
    taken = "+".join(str(seat) for seat in seats)
    said = language.say(_ROLES[name]) if name in _ROLES else safe(name or "-")
    return Shown(f"{said} {taken}") if taken else said


def whoever(language: Language, names: Iterable[str]) -> Shown:
    """Several of them, in a row."""
    return Shown(", ".join(who(language, name) for name in names))


def persons(language: Language, people: Iterable[OnTask]) -> Shown:
    """Everybody on a task by name; blank where no name is known."""
    return Shown(
        ", ".join(language.say("NOBODY") if each.person is None else safe(each.person.name) for each in people)
    )


def reached(language: Language, people: Iterable[OnTask]) -> Shown:
    """Everybody on a task by name, with their phones; blank where no name is known."""
    people = tuple(people)
    phones = (safe((each.person.phone if each.person is not None else None) or "") for each in people)
    named = (persons(language, [each]) for each in people)
    return Shown(", ".join(f"{name} {phone}".rstrip() for name, phone in zip(named, phones, strict=True)))


def kind_words(language: Language, kind: str) -> Shown:
    """A kind of task in words."""
    return language.say(_KINDS[kind])


def phase_words(language: Language, phase: str) -> Shown:
    """A phase of a runbook in words."""
    return language.say(_PHASES[phase])


def told(language: Language, text: Mapping[str, str]) -> Shown:
    """A text of a template in the reader's language."""
    return safe(" ".join(spoken_in(dict(text), language.code).split()))


def clock_of(when: dt.datetime, first: dt.date) -> Shown:
    """A time of the night; from the next day on with how many days later: `02:15 +1`."""
    days = (when.date() - first).days
    return Shown(f"{when:%H:%M}" + (f" {days:+d}" if days else ""))


def criticality_of(each: ScheduledTask, language: Language) -> Shown:
    """The slack of a task in words."""
    if each.critical:
        return language.say("critical")
    hours, minutes = divmod(each.slack, 60)
    return Shown(f"{hours}:{minutes:02d}")
