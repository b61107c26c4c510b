"""What is wrong with a night: tasks that nobody can do, circles, hours that are missed, a window that is too short."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from waveplan.change_calendar import instant
from waveplan.domain.findings import Finding, Path
from waveplan.domain.nights import Night, NightTask, ScheduledNight, ScheduledTask
from waveplan.domain.wording import finding, names
from waveplan.engine.nights.bounds import least_end
from waveplan.runbook_templates.judging import circle_among
from waveplan.runbooks.scheduling import model_of


def judge_night(night: Night, path: Path) -> Iterator[Finding]:
    """What is wrong with the tasks of a night before it has any times; `path` leads to its wave in the plan."""
    circle = circle_among({task.id: [wait.task for wait in task.after] for task in night.tasks})
    if circle:
        template = "{wave}: tasks wait for each other in a circle: {tasks}"
        shown = {"wave": night.label, "tasks": " → ".join((*circle, circle[0]))}
        hint = "take one of their 'after' away, or the dependency that 'of: providers' follows"
        yield _said("WP590", template, shown, path, (night.wave, *circle), hint)
    nobody = [task.id for task in (*night.tasks, *night.rollback) if not task.owner]
    if nobody:
        template = "{wave}: nobody does {count} tasks, as nobody fills their roles: {tasks}"
        values: dict[str, object] = {"wave": night.label, "count": len(nobody), "tasks": names(nobody)}
        hint = "give the items a crew, a technical_owner or a business_owner, or the template another 'team'"
        yield _said("WP589", template, values, path, (night.wave, *nobody), hint)
    for task in night.tasks:
        seats = night.seats.get(task.team or "")
        if seats is not None and task.people > seats:
            template = "{wave}: the task {task} takes {people} people of {team}, of whom {seats} are seated"
            taken: dict[str, object] = {
                "wave": night.label,
                "task": task.id,
                "people": task.people,
                "team": task.team,
                "seats": seats,
            }
            hint = "give the items more crew, or the template fewer 'people'"
            yield _said("WP588", template, taken, path, (night.wave, task.id, str(task.team)), hint)


def judge_times(scheduled: ScheduledNight, path: Path) -> Iterator[Finding]:
    """What is wrong with a night that has times, though the plan's own rule of hours is kept."""
    yield from _missed(scheduled, path)
    late = [each for each in scheduled.tasks if instant(each.end) > instant(each.task.window_end)]
    if late:
        yield _too_long(scheduled, late, path)
    elif undecided := [each for each in scheduled.tasks if _after_no_return(scheduled, each)]:
        first = undecided[0]
        no_return = scheduled.no_returns[first.task.window_end]
        template = "{wave}: {task} is decided at {at}, and the last moment for a rollback is {no_return}: {tasks}"
        values = {
            "wave": scheduled.night.label,
            "task": first.task.id,
            "at": first.end.isoformat(timespec="minutes"),
            "no_return": "-" if no_return is None else no_return.isoformat(timespec="minutes"),
            "tasks": _what_makes_it(scheduled),
        }
        hint = "shorten these tasks or what undoes them, seat more people, or move a lot to a longer window"
        yield _said("WP586", template, values, path, (scheduled.night.wave, first.task.id), hint)
    else:
        yield from _never_back(scheduled, path)


def _never_back(scheduled: ScheduledNight, path: Path) -> Iterator[Finding]:
    """A window in which not even what begins it can be undone, and nobody decides on it either."""
    for end in sorted((end for end, point in scheduled.no_returns.items() if point is None), key=instant):
        own = [each.task for each in scheduled.tasks if instant(each.task.window_end) == instant(end)]
        longest = sorted((task for task in own if task.undo is not None), key=lambda t: (-_undo_minutes(t), t.number))
        template = "{wave}: what begins as its window opens cannot be undone before {end}: {tasks}"
        values = {
            "wave": scheduled.night.label,
            "end": end.isoformat(timespec="minutes"),
            "tasks": names(f"{task.id} ({_undo_minutes(task)} min)" for task in longest) or "-",
        }
        hint = "shorten what undoes these tasks, or the tasks of the rollback, or seat more people"
        yield _said("WP577", template, values, path, (scheduled.night.wave, *(task.id for task in longest)), hint)


def _undo_minutes(task: NightTask) -> int:
    return task.undo.minutes if task.undo is not None else 0


def _missed(scheduled: ScheduledNight, path: Path) -> Iterator[Finding]:
    for name in scheduled.missed:
        each = scheduled.by_id[name]
        hour = each.task.fixed_at
        assert hour is not None
        template = "{wave}: the task {task} is fixed to {hour} and can start only at {start}"
        values = {
            "wave": scheduled.night.label,
            "task": name,
            "hour": hour.astimezone(each.start.tzinfo).isoformat(timespec="minutes"),
            "start": each.start.isoformat(timespec="minutes"),
        }
        hint = "choose a later hour, or shorten what it waits for"
        yield _said("WP587", template, values, path, (scheduled.night.wave, name), hint)


def _too_long(scheduled: ScheduledNight, late: Sequence[ScheduledTask], path: Path) -> Finding:
    last = max(late, key=lambda each: instant(each.end))
    minutes = int((instant(last.end) - instant(last.task.window_end)).total_seconds()) // 60
    template = (
        "{wave}: its tasks do not fit the window: {task} ends at {end}, {minutes} minutes after it ({proof}): {tasks}"
    )
    values = {
        "wave": scheduled.night.label,
        "task": last.task.id,
        "end": last.end.isoformat(timespec="minutes"),
        "minutes": minutes,
        "proof": f"{scheduled.bound} ≤ {scheduled.value} min",
        "tasks": _what_makes_it(scheduled),
    }
    hint = "shorten these tasks, seat more people, raise 'at_once', or move a lot to a longer window"
    return _said("WP585", template, values, path, (scheduled.night.wave, last.task.id), hint)


def _after_no_return(scheduled: ScheduledNight, each: ScheduledTask) -> bool:
    """Whether a decision of the tests is taken when a rollback no longer fits."""
    if each.task.decide_by is None:
        return False
    no_return = scheduled.no_returns[each.task.window_end]
    return no_return is None or instant(each.end) > instant(no_return)


def _what_makes_it(scheduled: ScheduledNight) -> str:
    """The tasks of the critical path that take time, the longest first."""
    critical = [each.task for each in scheduled.critical_path if each.task.minutes]
    longest = sorted(critical, key=lambda task: (-task.minutes, task.number))
    return names(f"{task.id} ({task.minutes} min)" for task in longest)


def surely_too_long(night: Night) -> bool:
    """Whether no schedule of a night fits its window, told without a solver: by chains, and by what each team, link and
    group has to do. False says nothing. Raises ValueError for tasks in a circle."""
    model = model_of(night)
    return least_end(model.problem) > model.minute(night.end)


def _said(
    code: str, template: str, values: Mapping[str, object], path: Path, subjects: Sequence[str], hint: str
) -> Finding:
    return finding(code, template, values, path, subjects, hint, document="plan")
