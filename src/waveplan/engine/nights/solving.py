"""A night, solved: a schedule at once, then the least end, then the flattest crew."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from waveplan.engine.nights.bounds import least_end
from waveplan.engine.nights.listing import listed
from waveplan.engine.nights.problem import NightAnswer, NightProblem


@dataclass(frozen=True, slots=True)
class NightLimits:
    """Deterministic time of the solver for the least end, and for the flattest crew; 0 does without it."""

    end: float = 0.2
    crew: float = 0.04


def solved(problem: NightProblem, limits: NightLimits | None = None) -> NightAnswer:
    """Starts of all jobs. Raises ValueError where jobs wait for each other in a circle.

    There is an answer at once; the solver is asked only where it may do better. Fixed hours are kept wherever that is
    found to be possible, else jobs start as soon after them as they can. Then no job is late, or the latest one as
    little as can be; then the last job ends as early as can be; then the fewest people are at work at once.
    """
    limits = limits or NightLimits()
    starts, missed = listed(problem)
    answer = _answer(problem, starts, missed, least_end(problem))
    if missed and limits.end:
        answer = _keeping_hours(problem, answer, limits.end)
    if answer.late and len({job.due for job in problem.jobs}) > 1 and limits.end:
        answer = _less_late(problem, answer, limits.end)
    if answer.value > answer.bound and limits.end:
        answer = _sooner(problem, answer, limits.end)
    return _flatter(problem, answer, limits.crew)


def _answer(problem: NightProblem, starts: Sequence[int], missed: Sequence[int], bound: int) -> NightAnswer:
    ends = tuple(problem.end(number, start) for number, start in enumerate(starts))
    value = max(ends, default=0)
    return NightAnswer(tuple(starts), ends, value, min(value, bound), tuple(missed), problem.lateness(starts))


def _keeping_hours(problem: NightProblem, answer: NightAnswer, time: float) -> NightAnswer:
    """The same with every fixed hour kept, if the solver finds how."""
    from waveplan.engine.nights.model import built, searched

    last = max(job.fixed or 0 for job in problem.jobs)
    work = sum(end - start for start, end in zip(answer.starts, answer.ends, strict=True))
    most = max(answer.value, last) + work
    made = built(problem, most, late=most, keep_hours=True)
    made.model.minimize(made.last)
    found = searched(made.model, time)
    if not found.has_plan:
        return answer
    starts = [found.values[variable.index] for variable in made.starts]
    return _answer(problem, starts, (), answer.bound)


def _less_late(problem: NightProblem, answer: NightAnswer, time: float) -> NightAnswer:
    """The latest job as little late as can be, whatever the end of the night."""
    from waveplan.engine.nights.model import built, hinted, searched

    made = built(problem, 2 * answer.value, late=answer.late, keep_hours=not answer.missed)
    made.model.minimize(made.late)
    hinted(made, answer.starts, problem)
    found = searched(made.model, time)
    if not found.has_plan:
        return answer
    starts = [found.values[variable.index] for variable in made.starts]
    return _answer(problem, starts, answer.missed, answer.bound)


def _sooner(problem: NightProblem, answer: NightAnswer, time: float) -> NightAnswer:
    """The least end, or the least that is found with what is proven of it; no job later than it was."""
    from waveplan.engine.nights.model import built, hinted, searched

    made = built(problem, answer.value, late=answer.late, keep_hours=not answer.missed)
    made.model.add(made.last >= answer.bound)
    made.model.minimize(made.last)
    hinted(made, answer.starts, problem)
    found = searched(made.model, time)
    bound = max(answer.bound, found.bound if found.bound is not None else 0)
    if not found.has_plan:
        return replace(answer, bound=min(answer.value, bound))
    return _answer(problem, [found.values[variable.index] for variable in made.starts], answer.missed, bound)


def _flatter(problem: NightProblem, answer: NightAnswer, time: float) -> NightAnswer:
    """No later end, and the fewest people: the sum over teams of those at work at once. Then all as early as can be."""
    peaks = peaks_of(problem, answer.starts)
    if time and sum(peaks) > sum(_least_people(problem, answer.value)):
        from waveplan.engine.nights.model import built, hinted, searched

        made = built(problem, answer.value, late=answer.late, keep_hours=not answer.missed)
        for peak, most in zip(made.peaks, peaks, strict=True):
            made.model.add(peak <= most)
        made.model.minimize(sum(made.peaks))
        hinted(made, answer.starts, problem)
        found = searched(made.model, time)
        if found.has_plan:
            starts = [found.values[variable.index] for variable in made.starts]
            answer = _answer(problem, starts, answer.missed, answer.bound)
            peaks = peaks_of(problem, starts)
    return _earlier(problem, answer, peaks)


def _earlier(problem: NightProblem, answer: NightAnswer, peaks: Sequence[int]) -> NightAnswer:
    """The same order with everything as early as it can be with so many people; a schedule never gets worse by it."""
    starts, missed = listed(problem, answer.starts, peaks)
    found = _answer(problem, starts, missed, answer.bound)
    worse = found.value > answer.value or found.late > answer.late or len(missed) > len(answer.missed)
    return answer if worse else found


def peaks_of(problem: NightProblem, starts: Sequence[int]) -> tuple[int, ...]:
    """How many people of each team work at once, at most."""
    changes: list[list[tuple[int, int]]] = [[] for _ in problem.seats]
    for number, job in enumerate(problem.jobs):
        end = problem.end(number, starts[number])
        if job.team >= 0 and end > starts[number]:
            changes[job.team] += [(starts[number], job.people), (end, -job.people)]
    found = []
    for each in changes:
        now, most = 0, 0
        for _, people in sorted(each):
            now += people
            most = max(most, now)
        found.append(most)
    return tuple(found)


def _least_people(problem: NightProblem, end: int) -> list[int]:
    """People that each team needs at least: those of its largest job, or its work spread over the night."""
    found = []
    for team in range(len(problem.seats)):
        own = [n for n, job in enumerate(problem.jobs) if job.team == team and problem.least_minutes(n)]
        work = sum(problem.least_minutes(n) * problem.jobs[n].people for n in own)
        begin = min((problem.heads[n] for n in own), default=0)
        over = end - min((problem.tails[n] for n in own), default=0)
        most = max((problem.jobs[n].people for n in own), default=0)
        found.append(max(most, -(-work // max(1, over - begin))))
    return found
