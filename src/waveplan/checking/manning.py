"""Whether who is on duty keeps what the roster says; written without what assigns them."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterator
from itertools import combinations

from waveplan.change_calendar.spans import instant
from waveplan.domain.roster import Duty, DutyRoster, WaveRoster


def roster_faults(wave: WaveRoster, roster: DutyRoster, out: Collection[str] = ()) -> tuple[str, ...]:
    """Sentences about each duty that somebody has and cannot have; none for a roster that is right."""
    return tuple(_faults(wave, roster, frozenset(out)))


def _faults(wave: WaveRoster, roster: DutyRoster, out: frozenset[str]) -> Iterator[str]:
    own: dict[str, list[Duty]] = defaultdict(list)
    longest = dt.timedelta(hours=float(roster.hours_in_a_row))
    for each in wave.duties:
        if each.person is None:
            continue
        person, duty = each.person, each.duty
        own[person.name].append(duty)
        if person.out or person.name in out:
            yield f"{person.name} is out"
        if duty.team not in person.teams:
            yield f"{person.name} is not of {duty.team}"
        if instant(duty.end) - instant(duty.start) > longest:
            yield f"{person.name} is on duty too long from {duty.start}"
        inside = [span for span in person.available if instant(span.start) <= instant(duty.start)]
        if person.available and not any(instant(duty.end) <= instant(span.end) for span in inside):
            yield f"{person.name} is not available from {duty.start}"
    rest = dt.timedelta(hours=float(roster.rest_hours))
    for name, duties in own.items():
        for one, other in combinations(duties, 2):
            gap = max(instant(one.start), instant(other.start)) - min(instant(one.end), instant(other.end))
            if gap < rest:
                yield f"{name} does not rest between {one.end} and {other.start}"
