"""Small nights: the least end that the engine finds and proves is that of every order there is."""

from __future__ import annotations

import random
from collections.abc import Iterator

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
    """Every order of jobs, each placed at the first minute at which nothing is overdrawn, minute by minute."""

    def __init__(self, problem: NightProblem) -> None:
        self._problem = problem
        self.best: int | None = None
        self._starts: dict[int, int] = {}

    def run(self) -> int | None:
        """The least end; None where fixed hours cannot all be kept."""
        self._go()
        return self.best

    def _go(self) -> None:
        problem = self._problem
        if len(self._starts) == len(problem.jobs):
            end = max((problem.end(job, start) for job, start in self._starts.items()), default=0)
            self.best = end if self.best is None else min(self.best, end)
            return
        if self.best is not None and any(problem.end(job, at) > self.best for job, at in self._starts.items()):
            return
        for number, job in enumerate(problem.jobs):
            if number in self._starts or any(before not in self._starts for before, _ in job.waits):
                continue
            least = max([job.earliest, *(problem.end(each, self._starts[each]) + lag for each, lag in job.waits)])
            for start in self._places(number, least):
                self._starts[number] = start
                self._go()
                del self._starts[number]

    def _places(self, number: int, least: int) -> Iterator[int]:
        job = self._problem.jobs[number]
        if job.fixed is not None:
            if job.fixed >= least and self._free(number, job.fixed):
                yield job.fixed
            return
        start = least
        while not self._free(number, start):
            start += 1
        yield start
        fixed = [each.fixed for each in self._problem.jobs if each.fixed is not None]
        if fixed:  # what is fixed may need its place: then later ones may be better
            for later in range(start + 1, max(fixed) + 8):
                if self._free(number, later):
                    yield later

    def _free(self, number: int, start: int) -> bool:
        problem, job = self._problem, self._problem.jobs[number]
        end = problem.end(number, start)
        for minute in range(start, end):
            running = [each for each, at in self._starts.items() if at <= minute < problem.end(each, at)]
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


SEEDS = few_at_once(range(1, count(161)), 4)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_least_end_is_that_of_every_order(seed: int) -> None:
    problem = drawn(seed)
    fixed = any(job.fixed is not None for job in problem.jobs)
    if fixed and len(problem.jobs) > 5:
        problem = NightProblem(problem.jobs[:5], problem.seats, problem.links, problem.limits)

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


@pytest.mark.parametrize("seed", few_at_once(range(count(60)), 6))
def test_no_crew_is_larger_than_at_first(seed: int) -> None:
    problem = drawn(10_000 + seed)

    quick = solved(problem, NightLimits(end=2.0, crew=0))
    flat = solved(problem, NightLimits(end=2.0, crew=1.0))

    assert flat.value == quick.value
    assert sum(peaks_of(problem, flat.starts)) <= sum(peaks_of(problem, quick.starts))
