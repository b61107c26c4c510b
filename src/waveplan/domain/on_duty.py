"""Who does a task, by name: whoever has its seats at that time, or somebody of the role that owns it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from waveplan.domain.nights import NightTask
from waveplan.domain.roster import Manned, RosterPerson, WaveRoster


@dataclass(frozen=True, slots=True)
class OnTask:
    """Somebody on a task: in a seat of a team (from 1), or for an owner without seats (0); nobody where None.

    `stays_until` is when they have been on duty as long as they may, or are no longer available; None: not known.
    """

    team: str
    seat: int
    person: RosterPerson | None
    substitutes: tuple[str, ...] = ()
    stays_until: dt.datetime | None = None


def people_of(roster: WaveRoster, task: NightTask, seats: Sequence[int], start: dt.datetime) -> tuple[OnTask, ...]:
    """Everybody on a task that begins at a moment, in the order of its seats; none where the roster knows nobody.

    A task without seats goes to whoever of its owner is on duty then, else to the first who is there.
    """
    if task.team is not None and seats:
        return tuple(_seated(roster, task.team, seat, start) for seat in seats)
    on_duty = [person.name for person in _on_duty(roster, task.owner, start)]
    there = [person for person in roster.people if task.owner in person.teams and _is_available(person, start)]
    there.sort(key=lambda person: person.name not in on_duty)
    if not there:
        return ()
    return (OnTask(task.owner, 0, there[0], tuple(person.name for person in there[1:])),)


def _on_duty(roster: WaveRoster, team: str, when: dt.datetime) -> Iterator[RosterPerson]:
    for each in roster.duties:
        duty, at = each.duty, when.timestamp()
        if duty.team == team and each.person is not None and duty.start.timestamp() <= at < duty.end.timestamp():
            yield each.person


def _seated(roster: WaveRoster, team: str, seat: int, start: dt.datetime) -> OnTask:
    """Whoever has the seat then: a night that is late goes on with those who began it.

    A seat that the night as planned did not need has nobody; those of the team who have none could take it.
    """
    own = [each for each in roster.duties if (each.duty.kind, each.duty.team, each.duty.seat) == ("night", team, seat)]
    own.sort(key=lambda each: each.duty.start.timestamp())
    begun = [each for each in own if each.duty.start.timestamp() <= start.timestamp()]
    found = begun[-1] if begun else own[0] if own else None
    if found is None:
        busy = {each.person.name for each in roster.duties if each.person is not None and each.duty.kind == "night"}
        free = (each for each in roster.people if team in each.teams and each.name not in busy)
        return OnTask(team, seat, None, tuple(each.name for each in free if _is_available(each, start)))
    return OnTask(team, seat, found.person, found.substitutes, min(_limits(roster, found), default=None, key=_instant))


def _limits(roster: WaveRoster, manned: Manned) -> Iterator[dt.datetime]:
    duty, person = manned.duty, manned.person
    if person is None:
        return
    yield (duty.start.astimezone(dt.UTC) + dt.timedelta(hours=float(roster.hours_in_a_row))).astimezone(
        duty.start.tzinfo
    )
    for span in person.available:
        if span.start.timestamp() <= duty.start.timestamp() < span.end.timestamp():
            yield span.end


def _instant(when: dt.datetime) -> float:
    return when.timestamp()


def _is_available(person: RosterPerson, when: dt.datetime) -> bool:
    spans = person.available
    return not spans or any(each.start.timestamp() <= when.timestamp() < each.end.timestamp() for each in spans)
