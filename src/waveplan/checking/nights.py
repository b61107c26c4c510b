"""Whether the times of a night keep what its tasks ask for; written without the scheduler, minute by minute."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise

from waveplan.change_calendar.link_hours import LinkClock
from waveplan.change_calendar.spans import instant
from waveplan.checking.night_returns import return_faults
from waveplan.domain.nights import ScheduledNight, ScheduledTask, Sending

_MINUTE = dt.timedelta(minutes=1)
_ROUNDED = Fraction(2, 1_000_000)  # GB: amounts of schedules have six places, each rounded


def night_faults(scheduled: ScheduledNight, links: LinkClock | None = None) -> tuple[str, ...]:
    """Sentences about each thing that a schedule breaks; none for one that is right.

    `links` are what sites send over; without them every transfer takes its own minutes, and no other wave sends.
    """
    return (*_Faults(scheduled, links).all(), *return_faults(scheduled))


class _Faults:
    def __init__(self, scheduled: ScheduledNight, links: LinkClock | None) -> None:
        self._all, self._night, self._clock = scheduled, scheduled.night, links
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
        yield from self._transfers()
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
        by_hours = task.sending is not None and self._goes_by_hours(task.sending)
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

    def _goes_by_hours(self, sending: Sending) -> bool:
        return self._clock is not None and sending.pair in self._clock.pairs and sending.pair not in self._clock.steady

    def _sent(self, pair: tuple[str, str], begin: int, end: int) -> Fraction:
        """GB that cross from one minute of the night to another."""
        assert self._clock is not None
        start = instant(self._night.start)
        by_end, by_begin = (self._clock.carried(pair, start, Fraction(minute, 60)) for minute in (end, begin))
        return by_end - by_begin

    def _transfers(self) -> Iterator[str]:
        """Where links go by hours, each takes the minutes that its GB then need; none begins while others send."""
        known = self._clock.pairs if self._clock is not None else ()
        for each in self._all.tasks:
            sending, begin, end = each.task.sending, self._begin[each.task.id], self._end[each.task.id]
            if sending is None or sending.pair not in known or begin == end:
                continue
            if self._goes_by_hours(sending):
                wanted = Fraction(sending.gigabytes)
                if self._sent(sending.pair, begin, end) < wanted - _ROUNDED:
                    yield f"{each.task.id} ends before its {sending.gigabytes} GB are across"
                if self._sent(sending.pair, begin, end - 1) > wanted + _ROUNDED:
                    yield f"{each.task.id} ends after its {sending.gigabytes} GB are across"
            others = self._night.occupied.get(sending.pair)
            if others and self._sent(sending.pair, 0, begin) < Fraction(others) - _ROUNDED:
                yield f"{each.task.id} begins before the {others} GB of other waves are across"

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
