"""Where a night stands: what is left of it is scheduled anew from now on, and held against the point of no return.

What is done is given; what runs is expected to end as planned, or now when it should have ended; what has failed holds
all that waits for it. The rest keeps its planned order, with the people, links and limits that the night has.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction

from waveplan.change_calendar import instant
from waveplan.change_calendar.link_hours import LinkClock
from waveplan.change_calendar.slots import zone_named
from waveplan.change_calendar.spans import elapsed
from waveplan.domain.findings import Phrase
from waveplan.domain.night_log import NightLog
from waveplan.domain.night_standing import NightStanding, NightVerdict, OutlookState, TaskOutlook, UndoOutlook
from waveplan.domain.nights import Night, NightTask, ScheduledNight, ScheduledTask, TaskWait
from waveplan.engine.nights.listing import listed
from waveplan.engine.nights.seating import seated
from waveplan.runbooks.returning import last_returns, rollback_minutes, undo_order
from waveplan.runbooks.scheduling import minutes_between, model_of

_FAR = 10**6  # minutes: what is held begins at no known time
_TO_DECIDE = 15  # minutes that a decision takes to be made and told

Forecast = Mapping[str, tuple[dt.datetime, dt.datetime, tuple[int, ...]]]


def standing_of(
    planned: ScheduledNight, log: NightLog, run: str | None, now: dt.datetime, links: LinkClock | None = None
) -> NightStanding:
    """Where a night stands at a moment, from what was said of its tasks up to then."""
    night = planned.night
    now = now.astimezone(zone_named(night.zone))
    held = held_by_failures(night, log)
    forecast = _forecast(planned, log, held, now, links)
    tasks = tuple(_outlook(each, log, held, forecast, now) for each in planned.tasks)
    begun = {task.id for task in night.tasks if log.run(task.id).has_begun}
    back_from = log.decision.record.happened if log.decision is not None and log.decision.rolls_back else now
    rollback_end = elapsed(back_from.astimezone(now.tzinfo), _hours(rollback_minutes(night, begun)))
    no_return = _no_return(night, tasks, now)
    ends = [each.end for each in tasks if each.end is not None]
    end = None if held else max(ends, default=night.start, key=instant)
    verdict, reason = _verdict(tasks, log, now, no_return, rollback_end, end)
    undone = (UndoOutlook(task, log.run(task.id).state == "undone") for task in _to_undo(night, log))
    undoing = tuple(undone) if log.decision is not None and log.decision.rolls_back else ()
    return NightStanding(planned, log, run, now, tasks, end, no_return, rollback_end, verdict, reason, undoing)


def held_by_failures(night: Night, log: NightLog) -> dict[str, tuple[str, ...]]:
    """Tasks that wait, however far, for one that has failed; with those that they wait for."""
    held: dict[str, set[str]] = {}
    for failed in (task.id for task in night.tasks if log.run(task.id).state == "failed"):
        waiting = [failed]
        while waiting:
            for after in night.followers[waiting.pop()]:
                if log.run(after).state == "waiting" and failed not in held.setdefault(after, set()):
                    held[after].add(failed)
                    waiting.append(after)
    return {name: tuple(sorted(causes)) for name, causes in held.items() if causes}


# --- what is expected ------------------------------------------------------------------------------------------


def _forecast(
    planned: ScheduledNight,
    log: NightLog,
    held: Mapping[str, tuple[str, ...]],
    now: dt.datetime,
    links: LinkClock | None,
) -> Forecast:
    """Start, end and seats of all that runs or is still to come, scheduled from now on in the planned order."""
    night = planned.night
    start = max(night.start.astimezone(now.tzinfo), now, key=instant)
    left = [task for task in night.tasks if log.run(task.id).state in {"waiting", "running"} and task.id not in held]
    names = {task.id for task in left}
    rest = tuple(_rest_of(planned.by_id[task.id], log, names, start) for task in left)
    occupied = night.occupied if instant(now) <= instant(night.start) else {}
    model = model_of(replace(night, start=start, tasks=rest, rollback=(), occupied=occupied), links)
    begins = [minutes_between(night.start, planned.by_id[task.id].start) for task in left]
    urgency = [-1 if log.run(task.id).state == "running" else begin for task, begin in zip(left, begins, strict=True)]
    starts, _ = listed(model.problem, urgency)
    seats = seated(model.problem, starts).seats
    return {
        task.id: (
            model.clock(starts[number]),
            model.clock(model.problem.end(number, starts[number])),
            tuple(seat + 1 for seat in seats[number]),
        )
        for number, task in enumerate(left)
    }


def _rest_of(planned: ScheduledTask, log: NightLog, left: set[str], start: dt.datetime) -> NightTask:
    """What is still to be done of a task: all of it, or the minutes that it should still take."""
    task, run = planned.task, log.run(planned.task.id)
    if run.state != "running":
        opens = max([task.opens, start, *_lags(task, log)], key=instant)
        waits = tuple(TaskWait(wait.task, wait.lag) for wait in task.after if wait.task in left)
        return replace(task, opens=opens, after=waits)
    assert run.started is not None
    whole = minutes_between(planned.start, planned.end)
    rest = max(0, whole - max(0, minutes_between(run.started, start)))
    sending = task.sending
    if sending is not None and whole:
        sending = replace(sending, gigabytes=sending.gigabytes * rest / whole)
    return replace(task, minutes=rest, opens=start, after=(), fixed_at=None, sending=sending)


def _lags(task: NightTask, log: NightLog) -> list[dt.datetime]:
    """Moments before which it may not begin, so long after what is over."""
    found = []
    for wait in task.after:
        ended = log.run(wait.task).ended
        if wait.lag and ended is not None:
            found.append(elapsed(ended, _hours(wait.lag)))
    return found


def _outlook(
    planned: ScheduledTask, log: NightLog, held: Mapping[str, tuple[str, ...]], forecast: Forecast, now: dt.datetime
) -> TaskOutlook:
    task, run = planned.task, log.run(planned.task.id)
    zone = now.tzinfo
    if run.state in {"done", "skipped", "failed", "undone"}:
        assert run.ended is not None
        ended = run.ended.astimezone(zone)
        state: OutlookState = run.state
        return TaskOutlook(planned, run, state, run.started.astimezone(zone) if run.started else ended, ended)
    if task.id in held:
        return TaskOutlook(planned, run, "held", None, None, held[task.id])
    start, end, seats = forecast[task.id]
    if run.state == "running":
        assert run.started is not None
        over = instant(now) > instant(elapsed(run.started, _hours(minutes_between(planned.start, planned.end))))
        state = "overdue" if over else "running"
        return TaskOutlook(planned, run, state, run.started.astimezone(zone), end, seats=seats)
    return TaskOutlook(planned, run, _waiting(planned, log, now), start, end, seats=seats)


def _waiting(planned: ScheduledTask, log: NightLog, now: dt.datetime) -> OutlookState:
    """Of a task that has not begun: whether it could, and whether it should have."""
    if not all(log.run(wait.task).is_over for wait in planned.task.after):
        return "waiting"
    return "late" if instant(now) > instant(planned.start) else "next"


# --- what to decide ------------------------------------------------------------------------------------------


def _no_return(night: Night, tasks: tuple[TaskOutlook, ...], now: dt.datetime) -> dt.datetime | None:
    """Until when a rollback is possible, with starts as they were and as they are expected."""
    begins = {each.task.id: _begin(night, each) for each in tasks}
    returns = last_returns(night, begins).values()
    if any(each is None for each in returns):
        return None
    minute = min((each.minute for each in returns if each is not None), default=0)
    return elapsed(night.start.astimezone(now.tzinfo), _hours(minute))


def _begin(night: Night, outlook: TaskOutlook) -> int:
    gone = outlook.start is None or outlook.state == "skipped"
    return _FAR if gone or outlook.start is None else minutes_between(night.start, outlook.start)


def _verdict(
    tasks: tuple[TaskOutlook, ...],
    log: NightLog,
    now: dt.datetime,
    no_return: dt.datetime | None,
    rollback_end: dt.datetime,
    end: dt.datetime | None,
) -> tuple[NightVerdict, Phrase]:
    """What is to be decided, and why."""
    if log.decision is not None and log.decision.rolls_back:
        at = log.decision.record.happened.astimezone(now.tzinfo)
        return "roll_back", Phrase("it was decided at {at}; it takes until {until}", {"at": at, "until": rollback_end})
    if all(each.state in {"done", "skipped"} for each in tasks):
        return "over", Phrase("every task is done")
    trouble = _trouble(tasks, end)
    if trouble is None:
        assert end is not None
        return "go_on", Phrase("the last task is expected to end at {end}, within its window", {"end": end})
    window = min((each.task.window_end for each in tasks if each.run.has_begun), key=instant, default=None)
    late = window is not None and instant(rollback_end) > instant(window)
    if no_return is None or late:
        return _too_late(tasks, rollback_end, end, trouble)
    left = minutes_between(now, no_return)
    values = {"trouble": trouble, "at": no_return.astimezone(now.tzinfo)}
    if left <= _TO_DECIDE:
        return "roll_back", Phrase("{trouble}; after {at} a rollback would not end within the window", values)
    return "decide_now", Phrase("{trouble}; a rollback must begin by {at}", values)


def _trouble(tasks: tuple[TaskOutlook, ...], end: dt.datetime | None) -> Phrase | None:
    """Why the night does not come to a good end as it stands."""
    failed = [each for each in tasks if each.state == "failed"]
    if end is None or failed:
        first = failed[0].task
        waiting = sum(each.state == "held" for each in tasks)
        return Phrase("{task} has failed and holds {count} tasks", {"task": first.id, "count": waiting})
    beyond = [each for each in tasks if each.end is not None and instant(each.end) > instant(each.task.window_end)]
    if not beyond:
        return None
    worst = max(beyond, key=lambda each: (instant(each.end or end), each.task.id))
    values = {"task": worst.task.id, "end": worst.end, "window": worst.task.window_end}
    return Phrase("{task} is expected to end at {end}, after its window ends at {window}", values)


def _too_late(
    tasks: tuple[TaskOutlook, ...], rollback_end: dt.datetime, end: dt.datetime | None, trouble: Phrase
) -> tuple[NightVerdict, Phrase]:
    """There is no way back within the window: whichever way is over sooner."""
    values = {"trouble": trouble, "back": rollback_end}
    if end is None:
        return "decide_now", Phrase("{trouble}; a rollback would end at {back}, after the window", values)
    values["end"] = end
    if instant(end) <= instant(rollback_end):
        return "go_on", Phrase("{trouble}, but a rollback would end at {back}, which is no sooner", values)
    return "roll_back", Phrase("{trouble}; a rollback would end at {back}, sooner than going on", values)


def _to_undo(night: Night, log: NightLog) -> tuple[NightTask, ...]:
    begun = {task.id for task in night.tasks if log.run(task.id).has_begun or log.run(task.id).state == "undone"}
    return undo_order(night, begun)


def _hours(minutes: int) -> Fraction:
    return Fraction(minutes, 60)
