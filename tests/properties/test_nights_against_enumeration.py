"""Small nights: the least end that the engine finds and proves is that of every order there is."""

from __future__ import annotations

import random

import pytest
from support.seeds import count, few_at_once

from waveplan.engine.nights.bounds import least_end
from waveplan.engine.nights.listing import listed
from waveplan.engine.nights.problem import NightJob, NightLink, NightProblem
from waveplan.engine.nights.solving import NightLimits, peaks_of, solved


def drawn(seed: int) -> NightProblem:
    """A night of four to eight jobs, two teams, a link, a limit, now and then an hour, a lag or a link by hours."""
    chance = random.Random(seed)
    size = chance.randint(4, 8)
    by_hours = chance.random() < 0.3
    jobs = []
    for number in range(size):
        befores = [each for each in range(number) if chance.random() < 0.25]
        sends = chance.random() < 0.3
        jobs.append(
            NightJob(
                minutes=0 if chance.random() < 0.1 else chance.randint(1, 6),
                earliest=chance.choice((0, 0, 0, 3)),
                fixed=chance.randint(6, 16) if chance.random() < 0.08 else None,
                team=-1 if sends else chance.randint(0, 1),
                people=0 if sends else chance.choice((1, 1, 2)),
                link=0 if sends else -1,
                amount=chance.randint(1, 9) if sends else 0,
                groups=(0,) if chance.random() < 0.3 else (),
                waits=tuple((each, chance.choice((0, 0, 2))) for each in befores),
            )
        )
    speeds = (1, 1, 3, 0, 2, 2) * 10
    carried = tuple(sum(speeds[:minute]) for minute in range(len(speeds) + 1)) if by_hours else ()
    link = NightLink(chance.choice((0, 0, 4)), carried)
    return NightProblem(tuple(jobs), (2, chance.randint(2, 3)), (link,), (chance.randint(1, 2),))


class Enumeration:
    """Every order of jobs, each placed at the first minute at which nothing is overdrawn, minute by minute.

    What is fixed to its hour stands before anything else does, and the others find their places around it: of any
    night, its jobs in the order of their starts are so placed no later, since nothing that begins earlier ends later.
    Orders that place the same jobs at the same minutes go on alike: what follows is tried once. Nor is it tried where
    what must still come after a job that stands ends no sooner than the best that is known.
    """

    def __init__(self, problem: NightProblem) -> None:
        self._problem = problem
        self.best: int | None = None
        self._starts: dict[int, int] = {}
        self._ends: dict[int, int] = {}
        self._tried: set[frozenset[tuple[int, int]]] = set()
        self._after = [0] * len(problem.jobs)
        self._fixed_after: list[list[tuple[int, int]]] = [[] for _ in problem.jobs]
        for number in reversed(range(len(problem.jobs))):  # jobs wait for earlier ones only
            for before, lag in problem.jobs[number].waits:
                least = (
                    lag + self._after[number] + (0 if problem.goes_by_hours(number) else problem.jobs[number].minutes)
                )
                self._after[before] = max(self._after[before], least)
                if problem.jobs[number].fixed is not None:
                    self._fixed_after[before].append((number, lag))

    def run(self) -> int | None:
        """The least end; None where fixed hours cannot all be kept."""
        for number, job in enumerate(self._problem.jobs):
            if job.fixed is not None:
                if job.fixed < self._least(number) or not self._free(number, job.fixed):
                    return None
                self._stand(number, job.fixed)
        self._go()
        return self.best

    def _least(self, number: int) -> int:
        """The first minute after all that it waits for, of what stands."""
        job = self._problem.jobs[number]
        return max([job.earliest, *(self._ends[each] + lag for each, lag in job.waits if each in self._ends)])

    def _stand(self, number: int, start: int) -> None:
        self._starts[number], self._ends[number] = start, self._problem.end(number, start)

    def _go(self) -> None:
        problem, state = self._problem, frozenset(self._starts.items())
        if state in self._tried:
            return
        self._tried.add(state)
        end = max((at + self._after[job] for job, at in self._ends.items()), default=0)
        if self.best is not None and end >= self.best:
            return
        if len(self._starts) == len(problem.jobs):
            self.best = end
            return
        for number, job in enumerate(problem.jobs):
            if number in self._starts or any(before not in self._starts for before, _ in job.waits):
                continue
            start = self._least(number)
            while not self._free(number, start):
                start += 1
            self._stand(number, start)
            if all(self._starts[each] >= self._ends[number] + lag for each, lag in self._fixed_after[number]):
                self._go()
            del self._starts[number], self._ends[number]

    def _free(self, number: int, start: int) -> bool:
        problem, job = self._problem, self._problem.jobs[number]
        for minute in range(start, problem.end(number, start)):
            running = [each for each, at in self._starts.items() if at <= minute < self._ends[each]]
            jobs = [problem.jobs[each] for each in running]
            if (
                job.team >= 0
                and job.people + sum(each.people for each in jobs if each.team == job.team) > problem.seats[job.team]
            ):
                return False
            if job.link >= 0 and (minute < problem.links[0].blocked or any(each.link == job.link for each in jobs)):
                return False
            if any(sum(group in each.groups for each in jobs) >= problem.limits[group] for group in job.groups):
                return False
        return True


SEEDS = few_at_once(range(1, count(1001)), 5, slow_in=2)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_least_end_is_that_of_every_order(seed: int) -> None:
    problem = drawn(seed)

    best = Enumeration(problem).run()
    answer = solved(problem, NightLimits(end=2.0, crew=1.0))

    assert (best is None) == bool(answer.missed)
    if best is not None:
        assert (answer.value, answer.bound) == (best, best)
        assert least_end(problem) <= best
        assert (
            max((problem.end(n, at) for n, at in enumerate(listed(problem)[0])), default=0) >= best
            or listed(problem)[1]
        )


@pytest.mark.parametrize("seed", few_at_once(range(count(120)), 4, slow_in=2))
def test_no_crew_is_larger_than_at_first(seed: int) -> None:
    problem = drawn(10_000 + seed)

    quick = solved(problem, NightLimits(end=2.0, crew=0))
    flat = solved(problem, NightLimits(end=2.0, crew=1.0))

    assert flat.value == quick.value
    assert sum(peaks_of(problem, flat.starts)) <= sum(peaks_of(problem, quick.starts))
