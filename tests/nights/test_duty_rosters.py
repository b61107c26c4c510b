"""Who is on duty: duties by hand, assignments against every assignment, and the check by other code."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Sequence
from itertools import product
from typing import Any

import pytest
from support.nights import night_of

from waveplan.checking.manning import roster_faults
from waveplan.domain.roster import Duty, DutyRoster, Manned, WaveRoster
from waveplan.domain.wave_runbooks import RotaSpan
from waveplan.engine.nights.manning import ManningProblem, clashes, manned
from waveplan.runbooks import scheduled
from waveplan.runbooks.rostering import can_take, hypercare_duties, night_duties

START = dt.datetime(2027, 1, 9, 20, 0, tzinfo=dt.timezone(dt.timedelta(hours=1)))


def roster(*people: dict[str, Any], **more: Any) -> DutyRoster:
    return DutyRoster.model_validate({"people": list(people), **more})


def hours(duties: Sequence[Duty]) -> list[tuple[str, int, float, float]]:
    """Team, seat, and from when to when in hours after the start of the night."""
    return [
        (
            each.team,
            each.seat,
            (each.start.timestamp() - START.timestamp()) / 3600,
            (each.end.timestamp() - START.timestamp()) / 3600,
        )
        for each in duties
    ]


SERIAL = [
    {"id": "one", "scope": "item", "team": "ops", "minutes": 120},
    {"id": "two", "scope": "item", "team": "ops", "minutes": 120, "after": "one"},
    {"id": "three", "scope": "item", "team": "ops", "minutes": 120, "after": "two"},
]


@pytest.mark.parametrize(
    ("most", "expected"),
    [
        (6, [("ops", 1, 0, 6)]),
        (5, [("ops", 1, 0, 4), ("ops", 1, 4, 6)]),
        (3, [("ops", 1, 0, 2), ("ops", 1, 2, 4), ("ops", 1, 4, 6)]),
        (1, [("ops", 1, 0, 2), ("ops", 1, 2, 4), ("ops", 1, 4, 6)]),  # a task is never cut
    ],
)
def test_a_seat_passes_on_between_tasks(most: int, expected: list[Any]) -> None:
    night = scheduled(night_of(SERIAL, ["a"]))
    assert hours(list(night_duties(night, roster(hours_in_a_row=most)))) == expected


def test_shifts_cover_the_hypercare_of_all_on_call() -> None:
    span = RotaSpan("ops", 2, START, START + dt.timedelta(hours=20), ("a",))
    found = hours(list(hypercare_duties([span], roster(shift_hours=8))))
    assert found == [("ops", seat, start, end) for start, end in ((0, 8), (8, 16), (16, 20)) for seat in (1, 2)]


def test_who_can_take_a_duty() -> None:
    duty = Duty("night", "ops", 1, START, START + dt.timedelta(hours=4))
    span = {"start": START.isoformat(), "end": (START + dt.timedelta(hours=4)).isoformat()}
    late = {**span, "start": (START + dt.timedelta(minutes=1)).isoformat()}
    people = roster(
        {"name": "any", "teams": "ops"},
        {"name": "in time", "teams": ["dba", "ops"], "available": [late, span]},
        {"name": "too late", "teams": ["ops"], "available": [late]},
        {"name": "away", "teams": ["ops"], "out": True},
        {"name": "other", "teams": ["dba"]},
    )
    able = [person.name for person in people.people if can_take(person, duty, people)]
    assert able == ["any", "in time"]
    assert [p.name for p in people.people if can_take(p, duty, people, {"any"})] == ["in time"]
    short = people.model_copy(update={"hours_in_a_row": 3})
    assert not any(can_take(person, duty, short) for person in people.people)


def drawn(rng: random.Random) -> ManningProblem:
    duties = []
    for _ in range(rng.randint(1, 5)):
        start = rng.randint(0, 12)
        duties.append((start, start + rng.randint(1, 6)))
    people = rng.randint(1, 3)
    able = tuple(tuple(person for person in range(people) if rng.random() < 0.7) for _ in duties)
    before = tuple(rng.choice([None, *range(people)]) for _ in duties)
    return ManningProblem(tuple(duties), able, people, rng.randint(0, 4), before)


def worth(problem: ManningProblem, takes: Sequence[int | None]) -> tuple[int, int, int]:
    """Duties taken, those as before, and the most of one person, which counts against it."""
    taken = [person for person in takes if person is not None]
    kept = sum(person is not None and person == was for person, was in zip(takes, problem.before, strict=True))
    return len(taken), kept, -max((taken.count(person) for person in set(taken)), default=0)


def keeps(problem: ManningProblem, takes: Sequence[int | None]) -> bool:
    for number, person in enumerate(takes):
        if person is not None and person not in problem.able[number]:
            return False
        for other, same in enumerate(takes[:number]):
            if person is not None and same == person:
                first, second = sorted((problem.duties[other], problem.duties[number]))
                if second[0] - first[1] < problem.rest or second[0] < first[1]:
                    return False
    return True


@pytest.mark.parametrize("seed", range(60))
def test_no_assignment_is_better(seed: int) -> None:
    problem = drawn(random.Random(seed))
    found = manned(problem)
    assert found.proven
    assert keeps(problem, found.takes)
    every = product((None, *range(problem.people)), repeat=len(problem.duties))
    assert worth(problem, found.takes) == max(worth(problem, each) for each in every if keeps(problem, each))
    assert manned(problem) == found


def test_duties_clash_that_overlap_or_leave_too_little_rest() -> None:
    problem = ManningProblem(((0, 5), (5, 8), (9, 10)), ((), (), ()), 0, 1, (None,) * 3)
    assert clashes(problem) == [(0, 1)]


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"teams": ["dba"]}, "is not of ops"),
        ({"out": True}, "is out"),
        ({"available": [{"start": "2027-01-09T20:30:00+01:00", "end": "2027-01-10T20:00:00+01:00"}]}, "not available"),
        ({"hours": 3}, "too long"),
        ({"rest": 30}, "does not rest"),
    ],
)
def test_the_check_notices_each_thing_that_is_broken(change: dict[str, Any], fault: str) -> None:
    hours, rest = change.pop("hours", 12), change.pop("rest", 11)
    first = Duty("night", "ops", 1, START, START + dt.timedelta(hours=4))
    second = Duty("hypercare", "ops", 1, START + dt.timedelta(hours=16), START + dt.timedelta(hours=18))
    right = roster({"name": "first", "teams": ["ops"]})
    wave = WaveRoster("w", "W01", "UTC", tuple(Manned(each, right.people[0]) for each in (first, second)), True)
    assert roster_faults(wave, right) == ()
    assert roster_faults(wave, right, ["first"])
    wrong = roster({"name": "first", "teams": ["ops"], **change}, hours_in_a_row=hours, rest_hours=rest)
    broken = WaveRoster("w", "W01", "UTC", tuple(Manned(each, wrong.people[0]) for each in (first, second)), True)
    assert any(fault in each for each in roster_faults(broken, wrong))
