"""From seats of a night and people on call to duties, and from a roster to who takes them.

A duty is no longer than anybody may be on duty in a row: a seat passes to the next person between two tasks. Between
two duties of one person there is always the rest.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from decimal import Decimal
from fractions import Fraction

from waveplan.change_calendar import instant
from waveplan.change_calendar.spans import elapsed, hours_between
from waveplan.domain.nights import ScheduledNight, ScheduledTask
from waveplan.domain.roster import Duty, DutyRoster, Manned, RosterPerson, WaveRoster
from waveplan.domain.wave_runbooks import RotaSpan
from waveplan.engine.nights.manning import ManningProblem, manned
from waveplan.runbooks.scheduling import minutes_between


def rostered(
    night: ScheduledNight, rota: Sequence[RotaSpan], roster: DutyRoster, out: Collection[str] = ()
) -> WaveRoster:
    """Who is on duty in a night and its hypercare; when somebody is `out`, as few of the others as possible change."""
    duties = [*night_duties(night, roster), *hypercare_duties(rota, roster)]
    usual = _assigned(duties, roster.people, roster, [None] * len(duties), frozenset())
    gone = frozenset(out)
    now = usual if not gone else _assigned(duties, roster.people, roster, usual[0], gone)
    takes, proven = now
    found = []
    for number, duty in enumerate(duties):
        person, before = takes[number], usual[0][number]
        found.append(
            Manned(
                duty,
                None if person is None else roster.people[person],
                tuple(_substitutes(number, duties, takes, roster, gone)),
                roster.people[before].name if before is not None and before != person else None,
            )
        )
    there = tuple(person for person in roster.people if not person.out and person.name not in gone)
    own = night.night
    return WaveRoster(own.wave, own.label, own.zone, tuple(found), proven, there, roster.hours_in_a_row)


def night_duties(night: ScheduledNight, roster: DutyRoster) -> Iterator[Duty]:
    """A duty for each seat of each team, from its first task to its last; several where that is too long."""
    seats: dict[tuple[str, int], list[ScheduledTask]] = defaultdict(list)
    for each in night.tasks:
        for seat in each.seats if each.task.team is not None and each.start != each.end else ():
            seats[each.task.team or "", seat].append(each)
    for (team, seat), tasks in sorted(seats.items()):
        start, end = tasks[0].start, tasks[0].end
        for each in tasks[1:]:
            whole = hours_between(start, each.end)
            if whole > roster.hours_in_a_row or hours_between(end, each.start) >= max(roster.rest_hours, Decimal(1)):
                yield Duty("night", team, seat, start, end)
                start = each.start
            end = max(end, each.end, key=instant)
        yield Duty("night", team, seat, start, end)


def hypercare_duties(rota: Sequence[RotaSpan], roster: DutyRoster) -> Iterator[Duty]:
    """Shifts of the hours that the roster gives, one for each of the people on call."""
    for span in rota:
        start = span.start
        while instant(start) < instant(span.end):
            end = min(elapsed(start, Fraction(roster.shift_hours)), span.end, key=instant)
            for seat in range(1, span.people + 1):
                yield Duty("hypercare", span.team, seat, start, end)
            start = end


_Takes = Sequence[int | None]


def _assigned(
    duties: Sequence[Duty], people: Sequence[RosterPerson], roster: DutyRoster, before: _Takes, out: frozenset[str]
) -> tuple[_Takes, bool]:
    if not duties:
        return (), True
    first = min((duty.start for duty in duties), key=instant)
    spans = tuple((minutes_between(first, duty.start), minutes_between(first, duty.end)) for duty in duties)
    able = tuple(
        tuple(number for number, person in enumerate(people) if can_take(person, duty, roster, out)) for duty in duties
    )
    answer = manned(ManningProblem(spans, able, len(people), rest_minutes(roster), tuple(before)))
    return answer.takes, answer.proven


def rest_minutes(roster: DutyRoster) -> int:
    """Whole minutes of rest between two duties, rounded up."""
    return int(-(-roster.rest_hours * 60 // 1))


def can_take(person: RosterPerson, duty: Duty, roster: DutyRoster, out: Collection[str] = ()) -> bool:
    """Whether somebody can take a duty by itself: their teams, their hours, and how long it is."""
    if person.out or person.name in out or duty.team not in person.teams:
        return False
    if hours_between(duty.start, duty.end) > roster.hours_in_a_row:
        return False
    return not person.available or any(
        instant(each.start) <= instant(duty.start) and instant(duty.end) <= instant(each.end)
        for each in person.available
    )


def _substitutes(
    number: int, duties: Sequence[Duty], takes: _Takes, roster: DutyRoster, out: frozenset[str]
) -> Iterator[str]:
    """Those who could take a duty too beside all that they have."""
    duty = duties[number]
    for place, person in enumerate(roster.people):
        own = [duties[other] for other, taken in enumerate(takes) if taken == place]
        free = all(_rests(duty, each, roster) for each in own)
        if place != takes[number] and free and can_take(person, duty, roster, out):
            yield person.name


def _rests(one: Duty, other: Duty, roster: DutyRoster) -> bool:
    first, second = sorted((one, other), key=lambda each: instant(each.start))
    return instant(first.end) + dt.timedelta(minutes=rest_minutes(roster)) <= instant(second.start)
