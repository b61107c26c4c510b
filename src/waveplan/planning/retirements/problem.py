"""Retirements as the engine takes them: days as integers, people by week and day, lots by index."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from fractions import Fraction

from waveplan.change_calendar import iso_week
from waveplan.engine.model.retirements import CrewDay, Retirement, RetirementProblem, TeamDay, TeamWeek
from waveplan.engine.problem import PlanningProblem
from waveplan.engine.problem.limits import Budget
from waveplan.planning.building.people import week_name
from waveplan.planning.facts.facts import PlanningFacts
from waveplan.planning.facts.retirement_work import Job


def retirement_problem(facts: PlanningFacts, problem: PlanningProblem) -> RetirementProblem:
    """All retirements of an inventory, beside the waves of a planning problem."""
    jobs = facts.retirement_work.jobs
    loads = {job.name: {day: _loads(facts, job, day) for day in job.days} for job in jobs}
    weeks = dict.fromkeys(week for days in loads.values() for found in days.values() for week in found)
    return RetirementProblem(
        tuple(_retirement(facts, job, loads[job.name]) for job in jobs),
        {
            (team, facts.day(monday)): offer
            for team, monday in weeks
            if (offer := facts.calendar.team_offer(team, monday)) is not None
        },
        _budgets(facts, problem, weeks),
        dict(_crews(facts, problem)),
    )


_Loads = Mapping[tuple[str, dt.date], Fraction]


def _loads(facts: PlanningFacts, job: Job, day: dt.date) -> _Loads:
    """Person-days by team and Monday of a retirement on a day."""
    return {
        (team, monday): used
        for team, effort in job.effort.items()
        for monday, used in facts.retirement_work.weeks(job.retired, team, effort, day).items()
    }


def _retirement(facts: PlanningFacts, job: Job, loads: Mapping[dt.date, _Loads]) -> Retirement:
    waiting = facts.retirements
    lot_of = {item.id: index for index, lot in enumerate(facts.lots) for item in lot.items}
    awaited, sites = list(waiting.awaited(job.name)), set(waiting.awaited_sites(job.name))
    before = {lot_of[each.id] for each in awaited if each.id in lot_of}
    before |= {index for index, lot in enumerate(facts.lots) if sites.intersection(lot.source_sites)}
    beside = {lot_of[each.id] for each in waiting.awaited_too(job.name) if each.id in lot_of}
    retired = {each.name for each in facts.retirement_work.jobs}
    return Retirement(
        name=job.name,
        days=tuple(facts.day(day) for day in job.days),
        loads={
            facts.day(day): {(team, facts.day(monday)): used for (team, monday), used in found.items()}
            for day, found in loads.items()
        },
        crew=job.crew,
        takes_people=bool(job.effort or job.crew),
        done=job.done,
        after=tuple(str(each.id) for each in awaited if each.id in retired),
        lots_before=tuple(sorted(before)),
        lots_beside=tuple(sorted(beside)),
    )


def _budgets(
    facts: PlanningFacts, problem: PlanningProblem, weeks: Mapping[tuple[str, dt.date], None]
) -> Mapping[TeamWeek, Budget]:
    """The budgets of weeks in which retirements take people, as far as lots do too."""
    by_name = {budget.name: budget for budget in problem.budgets}
    names = {(team, facts.day(monday)): week_name(team, iso_week(monday)) for team, monday in weeks}
    return {week: by_name[name] for week, name in names.items() if name in by_name}


def _crews(facts: PlanningFacts, problem: PlanningProblem) -> Iterator[tuple[TeamDay, CrewDay]]:
    """Days on which a retirement may need people that are limited."""
    needed = dict.fromkeys((team, day) for job in facts.retirement_work.jobs for team in job.crew for day in job.days)
    for team, day in needed:
        limit = facts.calendar.team_crew(team, day)
        if limit is not None:
            yield (team, facts.day(day)), CrewDay(limit, tuple(_in_windows(facts, problem, team, day)))


def _in_windows(
    facts: PlanningFacts, problem: PlanningProblem, team: str, day: dt.date
) -> Iterator[tuple[int, int, int]]:
    """People of lots whose window, or whose rest after it, holds a day: people, lot, position."""
    rest = next(each.rest_days for each in facts.inventory.teams if each.id == team)
    for index, lot in enumerate(facts.lots):
        for position in problem.allowed[index] if lot.crew.get(team) else ():
            slot = facts.slots[facts.positions[position].slot]
            days = facts.calendar.run_days(slot, facts.zone(lot))
            if days.first <= day <= days.last + dt.timedelta(days=rest):
                yield lot.crew[team], index, position
