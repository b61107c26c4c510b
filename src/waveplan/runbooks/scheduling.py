"""When each task of a night is done: from tasks to integers, to an answer, and back to moments."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from fractions import Fraction

from waveplan.change_calendar import instant
from waveplan.change_calendar.link_hours import LinkClock
from waveplan.change_calendar.slots import zone_named
from waveplan.change_calendar.spans import elapsed
from waveplan.domain.nights import Night, NightTask, ScheduledNight, ScheduledTask, UndoSpan
from waveplan.engine.nights.problem import NightAnswer, NightJob, NightLink, NightProblem
from waveplan.engine.nights.seating import seated, slacks
from waveplan.engine.nights.solving import NightLimits, solved
from waveplan.runbooks.returning import LastReturn, last_returns

_BY_THE_MINUTE = 14 * 24 * 60  # minutes over which a link's speed by hours is written out
_PARTS = 1_000_000  # of a GB: amounts have six places at most


@dataclass(frozen=True, eq=False)
class NightModel:
    """A night as integers, with the names behind its indices."""

    night: Night
    problem: NightProblem
    teams: tuple[str, ...]

    def minute(self, when: dt.datetime) -> int:
        """Whole minutes from the start of the night to a moment, rounded up."""
        return minutes_between(self.night.start, when)

    def clock(self, minute: int) -> dt.datetime:
        """The moment so many minutes after the start, by the clocks of the night's zone."""
        return elapsed(self.night.start.astimezone(zone_named(self.night.zone)), Fraction(minute, 60))


def minutes_between(start: dt.datetime, end: dt.datetime) -> int:
    """Elapsed minutes from one moment to another, whatever the clocks do, rounded up."""
    return -((instant(start) - instant(end)) // dt.timedelta(minutes=1))


def model_of(night: Night, links: LinkClock | None = None) -> NightModel:
    """A night as a problem for the engine; without `links` every transfer takes its own minutes.

    Where a task asks for more people than its team seats, it takes all there are: `judge_night` tells of it.
    """
    teams = tuple(sorted(night.seats))
    pairs = sorted({task.sending.pair for task in night.tasks if task.sending is not None})
    groups = {limit.group: limit.most for task in night.tasks for limit in task.limits}
    number = {task.id: place for place, task in enumerate(night.tasks)}
    found = NightModel(night, NightProblem(()), teams)
    jobs = []
    for task in night.tasks:
        team = teams.index(task.team) if task.team in night.seats else -1
        jobs.append(
            NightJob(
                minutes=task.minutes,
                earliest=max(0, found.minute(task.opens)),
                fixed=None if task.fixed_at is None else found.minute(task.fixed_at),
                due=_due(found, task),
                team=team,
                people=min(task.people, night.seats[teams[team]]) if team >= 0 else 0,
                link=pairs.index(task.sending.pair) if task.sending is not None else -1,
                amount=int(task.sending.gigabytes * _PARTS) if task.sending is not None else 0,
                groups=tuple(sorted(groups).index(limit.group) for limit in task.limits),
                waits=tuple((number[wait.task], wait.lag) for wait in task.after),
            )
        )
    seats = tuple(night.seats[team] for team in teams)
    limits = tuple(groups[group] for group in sorted(groups))
    carried = tuple(_link(night, pair, links) for pair in pairs)
    return NightModel(night, NightProblem(tuple(jobs), seats, carried, limits), teams)


def _due(model: NightModel, task: NightTask) -> int:
    """By when a task is to be over: its window's end, or earlier where it decides."""
    start, end = instant(model.night.start), instant(task.decide_by or task.window_end)
    return max(0, (end - start) // dt.timedelta(minutes=1))


def _link(night: Night, pair: tuple[str, str], links: LinkClock | None) -> NightLink:
    """What other waves keep of a link at the start of the night, and its speed where that goes by hours."""
    others = night.occupied.get(pair)
    if links is None or pair not in links.pairs:
        return NightLink()
    blocked = -(-links.hours(pair, instant(night.start), Fraction(others)) * 60 // 1) if others else 0
    if pair in links.steady:
        return NightLink(int(blocked))
    return NightLink(int(blocked), _by_minute(links, pair, instant(night.start)))


def _by_minute(links: LinkClock, pair: tuple[str, str], start: dt.datetime) -> tuple[int, ...]:
    found: list[int] = []
    stretches = list(links.stretches(pair, start))
    place = 0
    for minute in range(_BY_THE_MINUTE + 1):
        hours = Fraction(minute, 60)
        while place + 1 < len(stretches) and stretches[place + 1].begins <= hours:
            place += 1
        found.append(int(stretches[place].carried_by(hours) * _PARTS))
    return tuple(found)


def scheduled(night: Night, inventory_links: LinkClock | None = None) -> ScheduledNight:
    """A schedule of a night. Raises ValueError where its tasks wait for each other in a circle."""
    model = model_of(night, inventory_links)
    return stated(model, solved(model.problem))


def listed_night(night: Night) -> ScheduledNight:
    """A schedule at once, without the solver; every transfer takes its own minutes.

    Raises ValueError where its tasks wait for each other in a circle.
    """
    model = model_of(night)
    return stated(model, solved(model.problem, NightLimits(0, 0)))


def stated(model: NightModel, answer: NightAnswer) -> ScheduledNight:
    """An answer with its moments, seats, slack and point of no return."""
    seating = seated(model.problem, answer.starts)
    slack = slacks(model.problem, answer.starts, seating)
    tasks = [
        ScheduledTask(
            task=task,
            start=model.clock(answer.starts[number]),
            end=model.clock(answer.ends[number]),
            slack=slack[number],
            critical=slack[number] == 0,
            seats=tuple(seat + 1 for seat in seating.seats[number]),
            behind=tuple(model.night.tasks[before].id for before in seating.before[number]),
        )
        for number, task in enumerate(model.night.tasks)
    ]
    ordered = tuple(sorted(tasks, key=lambda each: (instant(each.start), instant(each.end), each.task.number)))
    begins = {task.id: answer.starts[number] for number, task in enumerate(model.night.tasks)}
    returns = last_returns(model.night, begins)
    minute = min((-1 if each is None else each.minute for each in returns.values()), default=-1)
    return ScheduledNight(
        night=model.night,
        tasks=ordered,
        value=answer.value,
        bound=answer.bound,
        no_return=None if minute < 0 else model.clock(minute),
        missed=tuple(model.night.tasks[number].id for number in answer.missed),
        no_returns={end: None if each is None else model.clock(each.minute) for end, each in returns.items()},
        rollbacks={end: _spans(model, each) for end, each in returns.items() if each is not None},
    )


def _spans(model: NightModel, last: LastReturn) -> tuple[UndoSpan, ...]:
    steps = last.spans(model.night)
    return tuple(UndoSpan(name, model.clock(start), model.clock(end)) for name, start, end in steps)
