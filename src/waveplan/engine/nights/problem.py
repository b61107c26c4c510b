"""What a night is scheduled from: jobs, people, links and limits, in whole minutes from the start of the night."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

FAR = 10**7
"""Minutes that no night has."""


@dataclass(frozen=True, slots=True)
class NightJob:
    """One task. `waits` are jobs that are over, and for so many minutes, before it starts.

    `team` and `link` are indices, -1 for none; `amount` is what it sends over a link whose speed goes by hours, and
    `minutes` what it takes otherwise. A job with `fixed` starts then, or as soon after it as it can; one with `due`
    ends by then, or is late.
    """

    minutes: int
    earliest: int = 0
    fixed: int | None = None
    due: int | None = None
    team: int = -1
    people: int = 0
    link: int = -1
    amount: int = 0
    groups: tuple[int, ...] = ()
    waits: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class NightLink:
    """A link carries one job at a time. It is taken until `blocked`.

    `carried` is what crosses by each minute, where its speed goes by hours; its last value less the first is what every
    further stretch as long carries. Empty: jobs take their own minutes.
    """

    blocked: int = 0
    carried: tuple[int, ...] = ()

    def end(self, start: int, amount: int) -> int:
        """The first minute by which an amount is across that begins at one."""
        if not amount:
            return start
        length, whole = len(self.carried) - 1, self.carried[-1]
        rounds, rest = divmod(self._by(start) + amount, whole)
        if not rest:
            rounds, rest = rounds - 1, whole
        return rounds * length + bisect_left(self.carried, rest)

    def _by(self, minute: int) -> int:
        rounds, rest = divmod(minute, len(self.carried) - 1)
        return rounds * self.carried[-1] + self.carried[rest]


@dataclass(frozen=True)
class NightProblem:
    """A whole night. `seats` are people by team, `limits` how many jobs of a group run at once."""

    jobs: tuple[NightJob, ...]
    seats: tuple[int, ...] = ()
    links: tuple[NightLink, ...] = ()
    limits: tuple[int, ...] = ()

    @cached_property
    def followers(self) -> tuple[tuple[tuple[int, int], ...], ...]:
        """For each job, those that wait for it, and how long after it."""
        found: list[list[tuple[int, int]]] = [[] for _ in self.jobs]
        for number, job in enumerate(self.jobs):
            for before, lag in job.waits:
                found[before].append((number, lag))
        return tuple(tuple(each) for each in found)

    @cached_property
    def order(self) -> tuple[int, ...]:
        """Jobs so that each comes after all that it waits for. Raises ValueError where they wait in a circle."""
        waiting = [len({before for before, _ in job.waits}) for job in self.jobs]
        ready = [number for number, count in enumerate(waiting) if not count]
        found: list[int] = []
        for number in ready:
            found.append(number)
            for after in sorted({after for after, _ in self.followers[number]}):
                waiting[after] -= 1
                if not waiting[after]:
                    ready.append(after)
        if len(found) != len(self.jobs):
            raise ValueError("jobs wait for each other in a circle")
        return tuple(found)

    @cached_property
    def heads(self) -> tuple[int, ...]:
        """Before which minute no job starts, by what it waits for alone."""
        found = [0] * len(self.jobs)
        for number in self.order:
            job = self.jobs[number]
            waits = (found[before] + self.least_minutes(before) + lag for before, lag in job.waits)
            found[number] = max((job.earliest, job.fixed or 0, *waits))
        return tuple(found)

    @cached_property
    def tails(self) -> tuple[int, ...]:
        """Minutes that must pass after each job's end, by what waits for it alone."""
        found = [0] * len(self.jobs)
        for number in reversed(self.order):
            after = (lag + self.least_minutes(each) + found[each] for each, lag in self.followers[number])
            found[number] = max(after, default=0)
        return tuple(found)

    @cached_property
    def latest(self) -> tuple[int, ...]:
        """By when each job must start for none to be late that waits for it; far off where none is due."""
        found = [0] * len(self.jobs)
        for number in reversed(self.order):
            due = self.jobs[number].due
            ends = [FAR - self.tails[number] if due is None else due]
            ends += [found[each] - lag for each, lag in self.followers[number]]
            found[number] = min(ends) - self.least_minutes(number)
        return tuple(found)

    def lateness(self, starts: Sequence[int]) -> int:
        """By how many minutes the latest job is late; 0 when none is."""
        late = (self.end(n, starts[n]) - job.due for n, job in enumerate(self.jobs) if job.due is not None)
        return max(0, max(late, default=0))

    def least_minutes(self, number: int) -> int:
        """How long a job takes at least, whenever it starts."""
        job = self.jobs[number]
        return job.minutes if not self.goes_by_hours(number) else int(job.amount > 0)

    def goes_by_hours(self, number: int) -> bool:
        """Whether how long a job takes depends on when it starts."""
        job = self.jobs[number]
        return job.link >= 0 and bool(self.links[job.link].carried)

    def end(self, number: int, start: int) -> int:
        """When a job ends that starts at a minute."""
        job = self.jobs[number]
        return self.links[job.link].end(start, job.amount) if self.goes_by_hours(number) else start + job.minutes


@dataclass(frozen=True, slots=True)
class NightAnswer:
    """Starts and ends by job. `value` is the last end, `bound` what no schedule can undercut.

    `missed` are jobs that start after the hour to which they are fixed, as nothing else is possible; `late` by how much
    the latest job ends after it is due.
    """

    starts: tuple[int, ...]
    ends: tuple[int, ...]
    value: int
    bound: int
    missed: tuple[int, ...] = ()
    late: int = 0
