"""Whether a night can be rolled back at its point of no return, and not later; written without what works it out.

Each point comes with the rollback that begins then. It is held step by step against what has begun, the order of tasks
turned round, people and the end of the window. That no later point will do is held where it is plain: all that has
begun by the next minute could be undone one after the other.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from waveplan.change_calendar.spans import instant
from waveplan.domain.nights import Night, NightTask, ScheduledNight, UndoSpan
from waveplan.domain.runbooks import UNDONE

_MINUTE = dt.timedelta(minutes=1)


def return_faults(scheduled: ScheduledNight) -> Iterator[str]:
    """Sentences about each point of no return that is wrong."""
    night = scheduled.night
    ends = sorted({_minute(night, task.window_end) for task in night.tasks})
    stated = {_minute(night, end): _maybe(night, point) for end, point in scheduled.no_returns.items()}
    rollbacks = {_minute(night, end): spans for end, spans in scheduled.rollbacks.items()}
    if sorted(stated) != ends:
        yield "not every window has its point of no return"
        return
    points = [point for point in stated.values() if point is not None]
    if ends and _maybe(night, scheduled.no_return) != (min(points) if len(points) == len(ends) else None):
        yield "the point of no return is not the first of its windows'"
    for end in ends:
        point, window = stated[end], _Window(scheduled, end)
        if point is not None:
            yield from window.faults(point, rollbacks.get(end, ()))
        yield from window.too_early(point)


def _maybe(night: Night, when: dt.datetime | None) -> int | None:
    return None if when is None else _minute(night, when)


def _minute(night: Night, when: dt.datetime) -> int:
    return (instant(when) - instant(night.start)) // _MINUTE


class _Window:
    """Tasks whose window ends at one minute of the night, and what undoes them."""

    def __init__(self, scheduled: ScheduledNight, end: int) -> None:
        night = self._night = scheduled.night
        self._end = end
        self._own = [each.task for each in scheduled.tasks if _minute(night, each.task.window_end) == end]
        self._began = {each.task.id: _minute(night, each.start) for each in scheduled.tasks}
        self._branch = {task.id: task for task in scheduled.night.rollback}
        self._undoable = {task.id: task for task in self._own if task.undo is not None}

    def faults(self, point: int, spans: Sequence[UndoSpan]) -> Iterator[str]:
        """What is wrong with a rollback that begins at a point."""
        begins = {span.task: _minute(self._night, span.start) for span in spans}
        ends = {span.task: _minute(self._night, span.end) for span in spans}
        last = max(ends.values(), default=point)
        if last > self._end:
            yield f"a rollback from minute {point} ends at {last}, after the window ends at {self._end}"
        if any(begin < point for begin in begins.values()):
            yield f"a rollback from minute {point} begins before it"
        known = set(self._undoable) | set(self._branch)
        if len(begins) != len(spans) or not set(begins) <= known or not set(self._branch) <= set(begins):
            yield f"the rollback from minute {point} has other steps than its tasks have"
            return
        yield from self._all_is_undone(point, set(begins))
        for name in sorted(begins):
            given, wanted = ends[name] - begins[name], self._minutes(name)
            if given != wanted:
                yield f"{name} takes {wanted} minutes to be undone, and is given {given}"
        yield from self._turned_round(begins, ends)
        yield from self._people(begins, ends)

    def too_early(self, point: int | None) -> Iterator[str]:
        """Where all that has begun by the next minute, and the branch, fit one after the other, it is not the last."""
        later = 0 if point is None else point + 1
        if any(task.no_return and self._began[task.id] < later for task in self._own):
            return
        begun = [name for name in self._undoable if self._began[name] <= later]
        lags = sum(wait.lag for task in self._branch.values() for wait in task.after)
        if later + sum(map(self._minutes, (*begun, *self._branch))) + lags <= self._end:
            said = "none is" if point is None else f"minute {point} is"
            yield f"a rollback from minute {later} would end within the window, and {said} said to be the last"

    def _all_is_undone(self, point: int, undone: set[str]) -> Iterator[str]:
        for task in self._own:
            if self._began[task.id] >= point:
                continue
            if task.no_return:
                yield f"{task.id} has begun before minute {point}, and there is no way back from it"
            if task.undo is not None and task.id not in undone:
                yield f"{task.id} has begun before minute {point}, and is not undone"

    def _minutes(self, name: str) -> int:
        task = self._branch.get(name)
        if task is not None:
            return task.minutes
        undo = self._undoable[name].undo
        assert undo is not None
        return undo.minutes

    def _turned_round(self, begins: Mapping[str, int], ends: Mapping[str, int]) -> Iterator[str]:
        """What came later is undone first; the branch stands before all of it, or after it."""
        undone = [name for name in begins if name in self._undoable]
        for name, later in sorted(self._later(set(undone)).items()):
            for other in sorted(later):
                if begins[name] < ends[other]:
                    yield f"{name} is undone before {other}, which came after it"
        after = _after_all(self._branch)
        for name, task in sorted(self._branch.items()):
            for other in undone:
                if name in after and begins[name] < ends[other]:
                    yield f"{name} begins before {other} is undone"
                if name not in after and begins[other] < ends[name]:
                    yield f"{other} is undone before {name} is over"
            for wait in task.after:
                if wait.task in self._branch and begins[name] < ends[wait.task] + wait.lag:
                    yield f"{name} begins before {wait.task} is over"

    def _later(self, undone: set[str]) -> Mapping[str, set[str]]:
        """For each task that is undone, those undone too that waited for it, however far."""
        found: dict[str, set[str]] = {}
        for name in undone:
            seen: set[str] = set()
            left = [name]
            while left:
                for after in self._night.followers[left.pop()]:
                    if after not in seen:
                        seen.add(after)
                        left.append(after)
            found[name] = seen & undone
        return found

    def _people(self, begins: Mapping[str, int], ends: Mapping[str, int]) -> Iterator[str]:
        """Seats at each moment at which a step begins or ends."""
        changes: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for name in begins:
            team, people = self._hands(name)
            if team in self._night.seats and ends[name] > begins[name]:
                taken = min(people, self._night.seats[team])
                changes[team] += [(begins[name], taken), (ends[name], -taken)]
        for team, moves in sorted(changes.items()):
            now = 0
            for when, people in sorted(moves):
                now += people
                if now > self._night.seats[team]:
                    yield f"{team} has {self._night.seats[team]} seats, and {now} people undo at minute {when}"
                    break

    def _hands(self, name: str) -> tuple[str, int]:
        task: NightTask | None = self._branch.get(name)
        if task is not None:
            return task.team or "", task.people
        undo = self._undoable[name].undo
        assert undo is not None
        return undo.team or "", undo.people


def _after_all(branch: Mapping[str, NightTask]) -> set[str]:
    """Tasks of a branch that wait until all is undone, or for one that does."""
    found: set[str] = set()
    for _ in branch:
        found |= {
            name for name, task in branch.items() for wait in task.after if wait.task == UNDONE or wait.task in found
        }
    return found
