"""A night as a model for CP-SAT: one interval a job; people, links and limits as resources."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass

from ortools.sat.python import cp_model

from waveplan.engine.model.cp_sat import Run, RunLimits, run
from waveplan.engine.nights.problem import NightProblem

WORKERS = 2  # with turns taken in order, so that the same problem has the same answer on every machine


@dataclass(slots=True)
class NightVariables:
    """Variables by job, the end of all, and the people that each team needs at most."""

    model: cp_model.CpModel
    starts: list[cp_model.IntVar]
    ends: list[cp_model.LinearExprT]
    last: cp_model.IntVar
    late: cp_model.IntVar
    peaks: list[cp_model.IntVar]


def built(problem: NightProblem, end_by: int, *, late: int, keep_hours: bool) -> NightVariables:
    """The model of a night that ends by a minute, with no job later than so much after it is due.

    With `keep_hours` no fixed job starts later than its hour.
    """
    model = cp_model.CpModel()
    last = model.new_int_var(0, end_by, "last")
    made = NightVariables(model, [], [], last, model.new_int_var(0, late, "late"), [])
    intervals = []
    for number, job in enumerate(problem.jobs):
        blocked = problem.links[job.link].blocked if job.link >= 0 and _lasts(problem, number) else 0
        first = max(problem.heads[number], blocked)
        latest = end_by - problem.tails[number] - problem.least_minutes(number)
        if keep_hours and job.fixed is not None:
            latest = min(latest, job.fixed)
        start = model.new_int_var(*_span(first, latest), f"start {number}")
        if latest < first:
            model.add_bool_or([])
        made.starts.append(start)
        intervals.append(_interval(problem, made, number, end_by))
        model.add(made.ends[number] <= last)
        if job.due is not None:
            model.add(made.ends[number] <= job.due + made.late)
    for number, job in enumerate(problem.jobs):
        for before, lag in job.waits:
            model.add(made.starts[number] >= made.ends[before] + lag)
    _add_resources(problem, made, intervals)
    return made


def _span(first: int, last: int) -> tuple[int, int]:
    return (first, max(first, last))


def _lasts(problem: NightProblem, number: int) -> bool:
    return problem.least_minutes(number) > 0


def _interval(problem: NightProblem, made: NightVariables, number: int, end_by: int) -> cp_model.IntervalVar:
    model, start, minutes = made.model, made.starts[number], problem.jobs[number].minutes
    if not problem.goes_by_hours(number):
        made.ends.append(start + minutes)
        return model.new_fixed_size_interval_var(start, minutes, f"job {number}")
    table = [problem.end(number, minute) for minute in range(end_by + 1)]
    end = model.new_int_var(0, max(table), f"end {number}")
    model.add_element(start, table, end)
    made.ends.append(end)
    return model.new_interval_var(start, model.new_int_var(0, max(table), ""), end, f"job {number}")


def _add_resources(problem: NightProblem, made: NightVariables, intervals: Sequence[cp_model.IntervalVar]) -> None:
    """Seats of teams as variables up to what there is; links one by one; groups at their limits. No time, no room."""
    model = made.model
    lasting = [number for number in range(len(problem.jobs)) if _lasts(problem, number)]
    for team, seats in enumerate(problem.seats):
        own = [number for number in lasting if problem.jobs[number].team == team and problem.jobs[number].people]
        peak = model.new_int_var(0, seats if own else 0, f"peak {team}")
        made.peaks.append(peak)
        if own:
            model.add_cumulative([intervals[n] for n in own], [problem.jobs[n].people for n in own], peak)
    for link in range(len(problem.links)):
        model.add_no_overlap([intervals[n] for n in lasting if problem.jobs[n].link == link])
    for group, most in enumerate(problem.limits):
        own = [number for number in lasting if group in problem.jobs[number].groups]
        if len(own) > most:
            model.add_cumulative([intervals[n] for n in own], [1] * len(own), most)


def hinted(made: NightVariables, starts: Sequence[int], problem: NightProblem) -> None:
    """Tell the model a schedule that is known."""
    for variable, start in zip(made.starts, starts, strict=True):
        made.model.add_hint(variable, start)
    made.model.add_hint(made.last, max((problem.end(n, start) for n, start in enumerate(starts)), default=0))


def searched(model: cp_model.CpModel, deterministic: float, *, presolve: bool = True) -> Run:
    """One run, for so much deterministic time."""
    limits = RunLimits(None, deterministic, WORKERS, 0, interleave=True, presolve=presolve)
    return run(model, limits, threading.Event(), lambda value, bound: None)
