"""A schedule at once: job after job, each as early as what it waits for, people, links and limits let it."""

from __future__ import annotations

import heapq
from collections.abc import Sequence

from waveplan.engine.nights.booking import Booked
from waveplan.engine.nights.problem import NightProblem


def listed(
    problem: NightProblem, urgency: Sequence[int] | None = None, seats: Sequence[int] | None = None
) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Starts, and jobs that miss their fixed hour. Among jobs that may be next, the one with the least urgency is.

    Without `urgency`, those come first that must start first for none to be late. `seats` may be fewer than there are.
    Raises ValueError where jobs wait for each other in a circle.
    """
    order = (
        urgency if urgency is not None else [-tail - problem.jobs[n].minutes for n, tail in enumerate(problem.tails)]
    )
    return _Listing(problem, seats or problem.seats).run(order)


class _Listing:
    def __init__(self, problem: NightProblem, seats: Sequence[int]) -> None:
        self._problem = problem
        self._teams = [Booked(people) for people in seats]
        self._links = [Booked(1) for _ in problem.links]
        self._groups = [Booked(most) for most in problem.limits]
        for link, booked in zip(problem.links, self._links, strict=True):
            booked.take(0, link.blocked, 1)

    def run(self, urgency: Sequence[int]) -> tuple[tuple[int, ...], tuple[int, ...]]:
        problem = self._problem
        starts, missed = [0] * len(problem.jobs), []
        held = self._held()
        waiting = [len(job.waits) for job in problem.jobs]
        ready = [(urgency[n], n) for n in problem.order if not waiting[n]]
        heapq.heapify(ready)
        while ready:
            _, number = heapq.heappop(ready)
            job = problem.jobs[number]
            least = max([job.earliest, job.fixed or 0, *(problem.end(b, starts[b]) + lag for b, lag in job.waits)])
            if number in held and held[number] == least:
                starts[number] = least
            else:
                if number in held:
                    self._take(number, held[number], -1)
                starts[number] = self._first(number, least)
                self._take(number, starts[number])
            if job.fixed is not None and starts[number] > job.fixed:
                missed.append(number)
            for after, _ in problem.followers[number]:
                waiting[after] -= 1
                if not waiting[after]:
                    heapq.heappush(ready, (urgency[after], after))
        return tuple(starts), tuple(sorted(missed))

    def _held(self) -> dict[int, int]:
        """Jobs that are fixed to an hour which they may keep: what they need is kept for them from the start."""
        found: dict[int, int] = {}
        for number, job in enumerate(self._problem.jobs):
            hour = job.fixed
            if hour is not None and self._problem.heads[number] <= hour and self._first(number, hour) == hour:
                self._take(number, hour)
                found[number] = hour
        return found

    def _resources(self, number: int) -> list[tuple[Booked, int]]:
        job = self._problem.jobs[number]
        found = [(self._groups[group], 1) for group in job.groups]
        if job.team >= 0:
            found.append((self._teams[job.team], job.people))
        if job.link >= 0:
            found.append((self._links[job.link], 1))
        return found

    def _first(self, number: int, start: int) -> int:
        """The first minute from a start on at which all that a job needs is free for as long as it then takes."""
        resources = self._resources(number)
        while True:
            minutes = self._problem.end(number, start) - start
            later = max((each.first_fit(start, minutes, units) for each, units in resources), default=start)
            if later == start:
                return start
            start = later

    def _take(self, number: int, start: int, sign: int = 1) -> None:
        end = self._problem.end(number, start)
        for each, units in self._resources(number):
            each.take(start, end, sign * units)
