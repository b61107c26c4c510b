"""What somebody types at three in the morning: `record FILE task W04 17 done 2:40`, in any order."""

from __future__ import annotations

import datetime as dt
import difflib
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from waveplan.domain.actuals import NIGHT_DECISIONS, TaskRecord, TaskState
from waveplan.domain.nights import Night
from waveplan.domain.plan import Plan, Wave
from waveplan.domain.plan_names import find_wave
from waveplan.errors import UsageError

_STATES: Mapping[TaskState, Sequence[str]] = {
    "started": ("started", "start", "begun", "begin", "on", "commencé", "commence", "débuté", "début", "debut"),
    "done": ("done", "ended", "end", "finished", "ok", "fini", "finie", "terminé", "terminée", "termine", "fait"),
    "failed": ("failed", "fail", "ko", "échoué", "échec", "echec", "raté"),
    "skipped": ("skipped", "skip", "omitted", "sauté", "sautée", "omis"),
    "undone": ("undone", "undo", "reverted", "défait", "défaite", "annulé", "annulée"),
    "waiting": ("waiting", "wait", "reset", "attente", "attend"),
    "go_on": ("go-on", "goon", "go_on", "continue", "continuer", "poursuivre"),
    "roll_back": ("roll-back", "rollback", "roll_back", "back", "retour", "revenir"),
}
_MEANT: Mapping[str, TaskState] = {word: state for state, words in _STATES.items() for word in words}
_CLOCK = re.compile(r"([01]?\d|2[0-3])[:h]([0-5]\d)")
_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}.*")
_DAY = 86_400  # seconds
_AHEAD = 600  # seconds by which a clock may be ahead of this one
_BEFORE = 6 * 3600  # seconds before a window from which on its times of day are meant
USAGE = "task WAVE TASK... started|done|failed|skipped|undone [HH:MM], or task WAVE go-on|roll-back"


@dataclass
class NightWords:
    """What was typed, sorted out: wave, tasks as they were called, state, moment as it was written."""

    wave: Wave | None = None
    state: TaskState | None = None
    clock: str | None = None
    tasks: list[str] = field(default_factory=list)


def sorted_out(words: Sequence[str], plan: Plan) -> NightWords:
    """Each word by what it can be. Raises UsageError unless there are a wave and a state, and tasks where needed."""
    found = NightWords()
    for word in words:
        if found.state is None and word.casefold() in _MEANT:
            found.state = _MEANT[word.casefold()]
        elif found.clock is None and (_CLOCK.fullmatch(word) or _MOMENT.fullmatch(word)):
            found.clock = word
        elif found.wave is None and (wave := _wave(plan, word)) is not None:
            found.wave = wave
        else:
            found.tasks += [part for part in word.split(",") if part]
    if found.wave is None:
        found.wave = _of_tasks(found.tasks, plan)
    if found.wave is None or found.state is None:
        raise UsageError("Write: {usage}", usage=f"waveplan record FILE {USAGE}")
    if not found.tasks and found.state not in NIGHT_DECISIONS:
        raise UsageError("which task is {state}? Write its number or its id", state=found.state)
    return found


def _wave(plan: Plan, word: str) -> Wave | None:
    try:
        return find_wave(plan, word)
    except UsageError:
        return None


def _of_tasks(tasks: Sequence[str], plan: Plan) -> Wave | None:
    """The wave that ids of tasks begin with: `W04/erp/copy`, or `desk/W04/…` where there are streams."""
    for task in tasks:
        parts = task.split("/")
        for name in (parts[0], "/".join(parts[:2])):
            if len(parts) > 1 and (wave := _wave(plan, name)) is not None:
                return wave
    return None


def moment_of(
    words: str, wave: Wave, zone: dt.tzinfo, now: dt.datetime, on: dt.date | None = None, *, rehearsal: bool = False
) -> dt.datetime:
    """A moment that was typed, by the clocks of a zone; a time of day is the one that is meant.

    While the night is on, or on the day before or after, and in a rehearsal, that is the last such time, up to some
    minutes ahead; else the first one from six hours before the window. `on` is the day of a rehearsal, if it is told.
    Raises UsageError for anything else.
    """
    clock = _CLOCK.fullmatch(words)
    if clock is None:
        return _written(words, zone)
    time = dt.time(int(clock[1]), int(clock[2]))
    if on is not None:
        return dt.datetime.combine(on, time, zone)
    if rehearsal or wave.slot.start.timestamp() - _DAY <= now.timestamp() <= wave.slot.end.timestamp() + _DAY:
        latest = now.timestamp() + _AHEAD
        return max(at for at in _times(now.astimezone(zone).date(), time, zone) if at.timestamp() <= latest)
    earliest = wave.slot.start.timestamp() - _BEFORE
    return min(at for at in _times(wave.slot.start.date(), time, zone) if at.timestamp() >= earliest)


def _times(day: dt.date, time: dt.time, zone: dt.tzinfo) -> list[dt.datetime]:
    """A time of day on a day, the one before and the one after; both of them where clocks go back. In UTC."""
    days = [day + dt.timedelta(days=shift) for shift in (-1, 0, 1)]
    found = [dt.datetime.combine(each, time.replace(fold=fold), zone) for each in days for fold in (0, 1)]
    return [each.astimezone(dt.UTC) for each in found]


def _written(words: str, zone: dt.tzinfo) -> dt.datetime:
    try:
        at = dt.datetime.fromisoformat(words)
    except ValueError:
        raise UsageError("--at: {words} is no moment: write 22:40, or 2026-03-14T22:40", words=repr(words)) from None
    return at if at.tzinfo is not None else at.replace(tzinfo=zone)


@dataclass(frozen=True)
class TaskWords:
    """Makes entries of tasks. `nights` gives a wave's night where an inventory was named, None where none was."""

    plan: Plan
    now: dt.datetime
    nights: Callable[[str], Night | None] = lambda _: None
    day: dt.date | None = None  # that of --as-of: the day of a rehearsal

    def entries(self, words: Sequence[str], options: Mapping[str, str | list[str]]) -> list[TaskRecord]:
        """An entry for each task that is named. Raises UsageError for what cannot be made one."""
        said = sorted_out(words, self.plan)
        assert said.wave is not None and said.state is not None
        night = self.nights(said.wave.id)
        at = self._at(said, options, night)
        given = {name: value for name in ("by", "reason", "run") if isinstance(value := options.get(name), str)}
        tasks: list[str | None] = [_named(task, night) for task in said.tasks]
        return [
            TaskRecord(wave=said.wave.id, task=task, happened=at, state=said.state, **given) for task in tasks or [None]
        ]

    def _at(self, said: NightWords, options: Mapping[str, str | list[str]], night: Night | None) -> dt.datetime:
        assert said.wave is not None
        zone = zone_of(said.wave, self.plan, night)
        typed = options.get("at", said.clock)
        if not isinstance(typed, str):
            return self.now.astimezone(zone).replace(microsecond=0)
        rehearsal = bool(options.get("run"))
        on = self.day if rehearsal else None
        return moment_of(typed, said.wave, zone, self.now, on, rehearsal=rehearsal).astimezone(zone)


def zone_of(wave: Wave, plan: Plan, night: Night | None) -> dt.tzinfo:
    """Whose clocks people read: the night's zone, else the programme's where it has the window's offset."""
    if night is not None:
        return ZoneInfo(night.zone)
    start = wave.slot.start
    try:
        own = ZoneInfo(plan.programme.timezone)
    except (ValueError, OSError, ZoneInfoNotFoundError):
        own = None
    if own is not None and start.astimezone(own).utcoffset() == start.utcoffset():
        return own
    assert start.tzinfo is not None
    return start.tzinfo


def _named(task: str, night: Night | None) -> str:
    """The id of the task that is meant. Raises UsageError for one that the night does not have."""
    if night is None:
        return task
    found = night.find(task)
    if found is not None:
        return found.id
    near = difflib.get_close_matches(task, [each.id for each in night.tasks], n=3, cutoff=0.3)
    raise UsageError(
        "{wave} has no task {task}, or several that end so; there is: {near}",
        wave=night.label,
        task=task,
        near=", ".join(near) or f"1 ... {len(night.tasks)}",
    )
