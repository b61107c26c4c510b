"""Which seat of a team, and which place among so many at once, each job of a schedule takes; and what slack remains."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from waveplan.engine.nights.problem import NightProblem


@dataclass(frozen=True, slots=True)
class Seating:
    """Seats (from 0) by job, and for each job those right before it on a seat, a link or a place: it waits for them."""

    seats: tuple[tuple[int, ...], ...]
    before: tuple[tuple[int, ...], ...]


def seated(problem: NightProblem, starts: Sequence[int]) -> Seating:
    """Jobs in order of start take the seats that are free; first those of whoever did what they waited for."""
    seats: list[tuple[int, ...]] = [() for _ in problem.jobs]
    before: list[set[int]] = [set() for _ in problem.jobs]
    order = sorted(range(len(problem.jobs)), key=lambda n: (starts[n], problem.end(n, starts[n]), n))
    rows: dict[tuple[str, int], list[tuple[int, int]]] = {}  # by resource: when each unit is free, and its last job
    for number in order:
        job = problem.jobs[number]
        end = problem.end(number, starts[number])
        if end == starts[number]:
            continue
        for kind, index, units, most in _needs(problem, number):
            row = rows.setdefault((kind, index), [(0, -1)] * most)
            known = {last for last, _ in job.waits}
            free = [unit for unit, (until, _) in enumerate(row) if until <= starts[number]]
            free.sort(key=lambda unit: (row[unit][1] not in known, -row[unit][0], unit))
            chosen = free[:units]
            before[number].update(row[unit][1] for unit in chosen if row[unit][1] >= 0)
            for unit in chosen:
                row[unit] = (end, number)
            if kind == "team":
                seats[number] = tuple(sorted(chosen))
    return Seating(tuple(seats), tuple(tuple(sorted(each)) for each in before))


def _needs(problem: NightProblem, number: int) -> Iterable[tuple[str, int, int, int]]:
    job = problem.jobs[number]
    if job.team >= 0 and job.people:
        yield ("team", job.team, job.people, problem.seats[job.team])
    if job.link >= 0:
        yield ("link", job.link, 1, 1)
    for group in job.groups:
        yield ("group", group, 1, problem.limits[group])


def slacks(problem: NightProblem, starts: Sequence[int], seating: Seating) -> tuple[int, ...]:
    """Minutes that each job may end later without moving the last end, or a job that is fixed to its hour.

    Everybody keeps to the order in which they work, links and places too.
    """
    ends = [problem.end(number, start) for number, start in enumerate(starts)]
    last = max(ends, default=0)
    latest = [last] * len(problem.jobs)  # by which minute each must end
    order = sorted(range(len(problem.jobs)), key=lambda n: (starts[n], ends[n]))
    rank = {number: place for place, number in enumerate(_in_order(problem, seating, order))}
    for number in sorted(rank, key=lambda n: -rank[n]):
        job = problem.jobs[number]
        begin = starts[number] + latest[number] - ends[number]
        if job.fixed is not None or problem.goes_by_hours(number):
            begin = (
                min(begin, starts[number]) if job.fixed is not None else _latest_start(problem, number, latest[number])
            )
        for before, lag in (*job.waits, *((each, 0) for each in seating.before[number])):
            latest[before] = min(latest[before], begin - lag)
    return tuple(latest[number] - ends[number] for number in range(len(problem.jobs)))


def _latest_start(problem: NightProblem, number: int, end: int) -> int:
    """The last minute at which a job whose length goes by hours may start to end by another one."""
    low, high = 0, end
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if problem.end(number, middle) <= end else (low, middle - 1)
    return low


def _in_order(problem: NightProblem, seating: Seating, order: Sequence[int]) -> list[int]:
    """Jobs so that each comes after what it waits for, on whatever account."""
    waits = [{*(b for b, _ in job.waits), *seating.before[n]} for n, job in enumerate(problem.jobs)]
    left = [len(each) for each in waits]
    after: list[list[int]] = [[] for _ in problem.jobs]
    for number, each in enumerate(waits):
        for before in sorted(each):
            after[before].append(number)
    found = [number for number in order if not left[number]]
    for number in found:
        for later in after[number]:
            left[later] -= 1
            if not left[later]:
                found.append(later)
    return found
