"""Who does a task by name: seats, those who began a late night, owners without seats, and how long they may stay."""

from __future__ import annotations

import datetime as dt
from typing import Any

from support.nights import night_of

from waveplan.domain.nights import ScheduledNight
from waveplan.domain.on_duty import OnTask, people_of
from waveplan.domain.roster import DutyRoster, WaveRoster
from waveplan.runbooks import scheduled
from waveplan.runbooks.rostering import rostered

START = dt.datetime(2027, 1, 9, 20, 0, tzinfo=dt.timezone(dt.timedelta(hours=1)))
TASKS: list[dict[str, Any]] = [
    {"id": "one", "scope": "item", "team": "ops", "minutes": 120},
    {"id": "two", "scope": "item", "team": "ops", "minutes": 120, "after": "one"},
    {"id": "yes", "kind": "decision", "team": "transition_manager", "after": "two"},
]


def _night() -> ScheduledNight:
    return scheduled(night_of(TASKS, ["a"]))


def _roster(*people: dict[str, Any], out: tuple[str, ...] = (), **more: Any) -> WaveRoster:
    return rostered(_night(), (), DutyRoster.model_validate({"people": list(people), **more}), out)


def _who(found: tuple[OnTask, ...]) -> list[str | None]:
    return [each.person.name if each.person is not None else None for each in found]


def _at(hour: int) -> dt.datetime:
    return START + dt.timedelta(hours=hour)


FIRST = {"name": "first", "teams": ["ops"]}
SECOND = {"name": "second", "teams": ["ops"]}
MANAGER = {"name": "manager", "teams": ["transition_manager"]}


def test_a_seat_passes_from_one_to_the_next_and_a_late_night_stays_with_the_last() -> None:
    roster = _roster(FIRST, SECOND, hours_in_a_row=2)
    one, two = _night().by_id["W01/a/one"], _night().by_id["W01/a/two"]

    before, after = _who(people_of(roster, one.task, (1,), _at(0))), _who(people_of(roster, two.task, (1,), _at(2)))

    assert sorted([*before, *after]) == ["first", "second"]
    assert _who(people_of(roster, two.task, (1,), _at(9))) == after
    assert _who(people_of(roster, one.task, (1,), _at(-1))) == before


def test_whoever_falls_out_is_named_no_more() -> None:
    task = _night().by_id["W01/a/one"].task

    assert _who(people_of(_roster(FIRST, SECOND), task, (1,), _at(0))) == ["first"]
    (on,) = people_of(_roster(FIRST, SECOND, out=("first",)), task, (1,), _at(0))
    assert on.person is not None and (on.person.name, on.substitutes) == ("second", ())


def test_a_seat_that_was_not_planned_has_nobody_and_those_who_are_free_could_take_it() -> None:
    task = _night().by_id["W01/a/one"].task

    (on,) = people_of(_roster(FIRST, SECOND, MANAGER), task, (2,), _at(0))

    assert (on.person, on.substitutes) == (None, ("second",))


def test_an_owner_without_seats_is_whoever_is_there_then() -> None:
    night = _night()
    task = night.by_id["W01/yes"].task
    away = {"name": "early", "teams": ["transition_manager"], "available": [{"start": _at(0), "end": _at(4)}]}

    assert _who(people_of(_roster(FIRST, away, MANAGER), task, (), _at(3))) == ["early"]
    assert _who(people_of(_roster(FIRST, away, MANAGER), task, (), _at(4))) == ["manager"]
    assert people_of(_roster(FIRST), task, (), _at(4)) == ()


def test_nobody_stays_beyond_the_hours_in_a_row_nor_beyond_their_own() -> None:
    task = _night().by_id["W01/a/one"].task
    short = {**FIRST, "available": [{"start": _at(-1), "end": _at(5)}]}

    (free,) = people_of(_roster(FIRST, hours_in_a_row=6), task, (1,), _at(0))
    (bound,) = people_of(_roster(short, hours_in_a_row=6), task, (1,), _at(0))

    assert (free.stays_until, bound.stays_until) == (_at(6), _at(5))
