"""Whether the times of a night keep what its tasks ask for; written without the scheduler, minute by minute."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import pairwise

from waveplan.change_calendar.spans import instant
from waveplan.domain.nights import ScheduledNight, ScheduledTask

_MINUTE = dt.timedelta(minutes=1)


def night_faults(scheduled: ScheduledNight, steady: frozenset[tuple[str, str]] | None = None) -> tuple[str, ...]:
    """Sentences about each thing that a schedule breaks; none for one that is right.

    `steady` are pairs of sites whose links are always as fast: transfers take their own minutes. Without it, all do.
    """
    return tuple(_Faults(scheduled, steady).all())


class _Faults:
    def __init__(self, scheduled: ScheduledNight, steady: frozenset[tuple[str, str]] | None) -> None:
        self._all, self._night, self._steady = scheduled, scheduled.night, steady
        self._begin = {each.task.id: self._minute(each.start) for each in scheduled.tasks}
        self._end = {each.task.id: self._minute(each.end) for each in scheduled.tasks}

    def _minute(self, when: dt.datetime) -> int:
        return (instant(when) - instant(self._night.start)) // _MINUTE

    def all(self) -> Iterator[str]:
        """Every fault."""
        if Counter(each.task.id for each in self._all.tasks) != Counter(task.id for task in self._night.tasks):
            yield "not every task of the night stands in it once"
            return
        for each in self._all.tasks:
            yield from self._own(each)
        yield from self._people()
        yield from self._links()
        yield from self._limits()
        last = max(self._end.values(), default=0)
        if self._all.value != last:
            yield f"it is said to end after {self._all.value} minutes, and ends after {last}"
        if self._all.bound > last:
            yield f"it is said to take {self._all.bound} minutes at least, and takes {last}"
        if any(each.slack < 0 or each.critical != (each.slack == 0) for each in self._all.tasks):
            yield "slack and critical tasks do not agree"

    def _own(self, each: ScheduledTask) -> Iterator[str]:
        """Its length, its hours, and what it waits for."""
        task = each.task
        begin, end = self._begin[task.id], self._end[task.id]
        by_hours = task.sending is not None and self._steady is not None and task.sending.pair not in self._steady
        if end - begin != task.minutes and not by_hours:
            yield f"{task.id} takes {task.minutes} minutes, and is given {end - begin}"
        if instant(each.start) < instant(task.opens):
            yield f"{task.id} starts before its window or its hour"
        if (
            task.fixed_at is not None
            and task.id not in self._all.missed
            and instant(each.start) != instant(task.fixed_at)
        ):
            yield f"{task.id} does not start at its hour"
        for wait in task.after:
            if begin < self._end[wait.task] + wait.lag:
                yield f"{task.id} starts before {wait.task} is over"

    def _people(self) -> Iterator[str]:
        """Seats at every minute; and no seat taken twice."""
        taken: dict[tuple[str, int], int] = defaultdict(int)
        held: dict[tuple[str, int, int], str] = {}
        for each in self._all.tasks:
            team = each.task.team
            if team is None or team not in self._night.seats:
                continue
            for minute in range(self._begin[each.task.id], self._end[each.task.id]):
                taken[team, minute] += min(each.task.people, self._night.seats[team])
                for seat in each.seats:
                    if held.setdefault((team, seat, minute), each.task.id) != each.task.id:
                        yield f"seat {seat} of {team} is taken twice at minute {minute}"
                        return
        for (team, minute), people in sorted(taken.items()):
            if people > self._night.seats[team]:
                yield f"{team} has {self._night.seats[team]} seats, and {people} people work at minute {minute}"
                return

    def _links(self) -> Iterator[str]:
        """One transfer at a time over each pair of sites."""
        for pair in sorted({each.task.sending.pair for each in self._all.tasks if each.task.sending is not None}):
            own = [task for task in self._night.tasks if task.sending is not None and task.sending.pair == pair]
            spans = sorted((self._begin[task.id], self._end[task.id], task.id) for task in own)
            for one, other in pairwise([span for span in spans if span[1] > span[0]]):
                if other[0] < one[1]:
                    yield f"{one[2]} and {other[2]} send at once between {pair[0]} and {pair[1]}"

    def _limits(self) -> Iterator[str]:
        """At most so many of a group at once."""
        groups: dict[str, list[str]] = defaultdict(list)
        most: dict[str, int] = {}
        for task in self._night.tasks:
            for limit in task.limits:
                groups[limit.group].append(task.id)
                most[limit.group] = limit.most
        for group, own in sorted(groups.items()):
            for name in own:
                at = self._begin[name]
                running = sum(self._begin[other] <= at < self._end[other] for other in own)
                if running > most[group]:
                    yield f"{running} run at once of {group}, of which {most[group]} may"
                    return
