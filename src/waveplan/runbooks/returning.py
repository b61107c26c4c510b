"""Rolling a night back: what undoing takes of all that has begun, and until when it can still be done."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from waveplan.change_calendar import instant
from waveplan.domain.nights import Night, NightTask
from waveplan.domain.runbooks import UNDONE
from waveplan.engine.nights.listing import listed
from waveplan.engine.nights.problem import NightJob, NightProblem


@dataclass(frozen=True, slots=True)
class LastReturn:
    """The last minute of a rollback, what has begun by then, and when each step of it is done."""

    minute: int
    begun: frozenset[str]

    def spans(self, night: Night) -> Iterator[tuple[str, int, int]]:
        """Each step of the rollback with its first minute and its last, from the start of the night on."""
        problem = _rollback(night, self.begun)
        starts, _ = listed(problem)
        names = [*(task.id for task in _undone(night, self.begun)), *(task.id for task in night.rollback)]
        for number, name in enumerate(names):
            yield name, self.minute + starts[number], self.minute + problem.end(number, starts[number])


def last_returns(night: Night, begins: Mapping[str, int]) -> dict[dt.datetime, LastReturn | None]:
    """By the end of each window: the last minute up to which all that has begun by then can be undone before it.

    `begins` are starts by task, from the start of the night. None when nothing can be undone in time from the start on.
    A task after which there is no way back ends it as it starts. Lots that keep their own hours return by themselves.
    """
    ends: dict[dt.datetime, dt.datetime] = {}
    for task in night.tasks:
        ends.setdefault(instant(task.window_end), task.window_end)
    found = {}
    for when, end in sorted(ends.items()):
        own = [task for task in night.tasks if instant(task.window_end) == when]
        deadline = int((when - instant(night.start)).total_seconds()) // 60
        found[end] = _last_return(night, own, begins, deadline)
    return found


def _last_return(night: Night, own: Sequence[NightTask], begins: Mapping[str, int], deadline: int) -> LastReturn | None:
    points = sorted({0, *(begins[task.id] for task in own if task.undo is not None)})
    closing = min((begins[task.id] for task in own if task.no_return), default=None)

    def begun_by(point: int) -> frozenset[str]:
        return frozenset(task.id for task in own if begins[task.id] <= point)

    def by_when(point: int) -> int:
        return deadline - rollback_minutes(night, begun_by(point))

    low, high = -1, len(points) - 1  # the last point that is known to be in time, and the last that may be
    while low < high:
        middle = (low + high + 1) // 2
        if points[middle] <= by_when(points[middle]):
            low = middle
        else:
            high = middle - 1
    if low < 0:
        return None
    found = by_when(points[low])
    if low + 1 < len(points):
        found = min(found, points[low + 1])
    return LastReturn(found if closing is None else min(found, closing), begun_by(points[low]))


def rollback_minutes(night: Night, begun: Collection[str]) -> int:
    """Minutes from a decision to roll back until everything is as it was: what comes before, undoing, what comes after.

    What was done last is undone first; the teams have the seats that they have in the night.
    """
    problem = _rollback(night, frozenset(begun))
    starts, _ = listed(problem)
    return max((problem.end(number, start) for number, start in enumerate(starts)), default=0)


def undo_order(night: Night, begun: Collection[str]) -> tuple[NightTask, ...]:
    """Tasks that are to be undone, in the order in which undoing them begins."""
    undone = _undone(night, begun)
    starts, _ = listed(_rollback(night, frozenset(begun)))
    first = {task.id: starts[number] for number, task in enumerate(undone)}
    return tuple(sorted(undone, key=lambda task: (first[task.id], -task.number)))


def _rollback(night: Night, begun: frozenset[str]) -> NightProblem:
    """Undo steps first, then the tasks of the branch, last a moment at which all is undone, as one problem."""
    undone = _undone(night, begun)
    place = {task.id: number for number, task in enumerate(undone)}
    branch = {task.id: len(undone) + number for number, task in enumerate(night.rollback)}
    late = _after_undoing(night.rollback)
    early = tuple((branch[task.id], 0) for task in night.rollback if task.id not in late)
    teams = tuple(sorted(night.seats))
    waits = _what_is_undone_before(night, place)
    jobs = []
    for task in undone:
        assert task.undo is not None
        own = tuple((place[name], 0) for name in waits[task.id])
        jobs.append(_job(night, teams, task.undo.minutes, task.undo.team, task.undo.people, own or early))
    for task in night.rollback:
        own = tuple((branch[wait.task], wait.lag) for wait in task.after if wait.task in branch)
        if task.id in late:
            own += ((len(undone) + len(night.rollback), 0),)
        jobs.append(_job(night, teams, task.minutes, task.team, task.people, own))
    jobs.append(NightJob(0, waits=tuple((number, 0) for number in place.values())))
    return NightProblem(tuple(jobs), tuple(night.seats[team] for team in teams))


def _undone(night: Night, begun: Collection[str]) -> list[NightTask]:
    return [task for task in night.tasks if task.id in begun and task.undo is not None]


def _job(
    night: Night,
    teams: Sequence[str],
    minutes: int,
    team: str | None,
    people: int,
    waits: tuple[tuple[int, int], ...],
) -> NightJob:
    seated = team is not None and team in night.seats
    return NightJob(
        minutes=minutes,
        team=teams.index(team) if seated and team is not None else -1,
        people=min(people, night.seats[team]) if seated and team is not None else 0,
        waits=waits,
    )


def _after_undoing(branch: Sequence[NightTask]) -> frozenset[str]:
    """Tasks of the branch that wait until everything is undone, or for one that does."""
    found = {task.id for task in branch if any(wait.task == UNDONE for wait in task.after)}
    while True:
        more = {task.id for task in branch if any(wait.task in found for wait in task.after)} - found
        if not more:
            return frozenset(found)
        found |= more


def _what_is_undone_before(night: Night, place: Mapping[str, int]) -> Mapping[str, tuple[str, ...]]:
    """For each task that is undone: those after it that are undone too, with none that is undone between them."""
    nearest: dict[str, frozenset[str]] = {}
    for name in reversed(_in_order(night)):
        found: set[str] = set()
        for after in night.followers[name]:
            found |= {after} if after in place else nearest[after]
        nearest[name] = frozenset(found)
    return {name: tuple(sorted(nearest[name], key=place.__getitem__)) for name in place}


def _in_order(night: Night) -> list[str]:
    """Tasks so that each comes after all that it waits for."""
    left = {task.id: len({wait.task for wait in task.after}) for task in night.tasks}
    found = [name for name, count in left.items() if not count]
    for name in found:
        for after in dict.fromkeys(night.followers[name]):
            left[after] -= 1
            if not left[after]:
                found.append(after)
    return found
