"""What no schedule of a night can undercut: the longest chain, and what one team, link or group has to do."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from waveplan.engine.nights.problem import NightProblem


def least_end(problem: NightProblem) -> int:
    """A minute before which the last job of no schedule ends."""
    chains = (
        head + problem.least_minutes(number) + tail
        for number, (head, tail) in enumerate(zip(problem.heads, problem.tails, strict=True))
    )
    return max([0, *chains, *_by_resource(problem)])


def _by_resource(problem: NightProblem) -> Iterator[int]:
    jobs = problem.jobs
    for team, seats in enumerate(problem.seats):
        own = [(n, job.people) for n, job in enumerate(jobs) if job.team == team and job.people]
        yield _energy(problem, own, seats)
    for group, most in enumerate(problem.limits):
        yield _energy(problem, [(n, 1) for n, job in enumerate(jobs) if group in job.groups], most)
    for number, link in enumerate(problem.links):
        own = [(n, 1) for n, job in enumerate(jobs) if job.link == number]
        yield _energy(problem, own, 1)
        if link.carried and own:
            first = max(min(problem.heads[n] for n, _ in own), link.blocked)
            yield link.end(first, sum(jobs[n].amount for n, _ in own)) + min(problem.tails[n] for n, _ in own)
        elif own and link.blocked:
            whole = sum(problem.least_minutes(n) for n, _ in own)
            yield link.blocked + whole + min(problem.tails[n] for n, _ in own)


def _energy(problem: NightProblem, own: list[tuple[int, int]], units: int) -> int:
    """All that some jobs take of a resource, between the first moment that one can start and the least time after.

    Looked at for all of them, and for those left when the earliest or the soonest over are set aside one by one.
    """
    own = [(number, people) for number, people in own if problem.least_minutes(number)]
    if not own or units <= 0:
        return 0
    by_head = sorted(own, key=lambda each: problem.heads[each[0]])
    by_tail = sorted(own, key=lambda each: problem.tails[each[0]])
    return max(*_shrinking(problem, by_head, units), *_shrinking(problem, by_tail, units))


def _shrinking(problem: NightProblem, own: list[tuple[int, int]], units: int) -> Iterable[int]:
    work, head, tail = 0, 10**9, 10**9
    for number, people in reversed(own):
        work += problem.least_minutes(number) * people
        head, tail = min(head, problem.heads[number]), min(tail, problem.tails[number])
        yield head - (-work // units) + tail
