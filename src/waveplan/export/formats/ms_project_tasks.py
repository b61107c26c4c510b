"""The tasks of a project file: phases of waves, lots, gates and milestones, with what goes before what.

Times are by the programme's clocks, which is all that MS Project knows; durations are elapsed ones by these clocks, so
that no calendar ever moves a weekend's cutover.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import groupby
from typing import Literal

from waveplan.export.formats.clock_times import ClockTime, clock
from waveplan.export.programme import ProgrammeView, Words
from waveplan.export.programme.view import LotView, WaveView

Kind = Literal["phase", "work", "milestone"]
FINISH_TO_START, START_TO_START = 1, 3
_MORNING, _EVENING = dt.time(8), dt.time(17)
_ONE_DAY = dt.timedelta(days=1)
_USUAL_HOURS = Decimal(8)


@dataclass(frozen=True, slots=True)
class TaskLink:
    """A predecessor by its key; the lag is one by the clock."""

    before: str
    kind: int = FINISH_TO_START
    lag: dt.timedelta = dt.timedelta()


@dataclass(slots=True)
class Task:
    """One line of the project. `effort` is in person-days by team."""

    key: str
    what: str  # what it is, as a code
    name: str
    level: int
    start: ClockTime
    finish: ClockTime
    kind: Kind = "work"
    notes: tuple[str, ...] = ()
    effort: dict[str, Decimal] = field(default_factory=dict)
    links: list[TaskLink] = field(default_factory=list)
    deadline: ClockTime | None = None
    in_days: bool = False  # how its duration is shown


def tasks_of(view: ProgrammeView, words: Words) -> list[Task]:
    """Everything in the order of its lines, the whole first."""
    parts = [*_streams(view, words), *_dates(view, words)]
    start = min((task.start for task in parts), default=_at(view.start))
    finish = max((task.finish for task in parts), default=_at(view.deadline, _EVENING))
    tasks = [Task(f"{view.slug}:programme", "programme", view.name, 0, start, finish, "phase"), *parts]
    _link_lots(view, {task.key: task for task in tasks})
    return tasks


def _at(day: dt.date, time: dt.time = _MORNING) -> ClockTime:
    return dt.datetime.combine(day, time)


def _streams(view: ProgrammeView, words: Words) -> Iterator[Task]:
    """Waves under their stream, where there are several; then lots in no wave are nowhere, which is told."""
    if not view.several_streams:
        for wave in view.waves:
            yield from _wave(wave, 1, words)
        return
    for stream, waves in groupby(sorted(view.waves, key=lambda wave: wave.stream), key=lambda wave: wave.stream):
        lines = [task for wave in waves for task in _wave(wave, 2, words)]
        yield _phase(f"{view.slug}:stream:{stream}", "stream", stream, 1, lines)
        yield from lines


def _phase(key: str, what: str, name: str, level: int, lines: list[Task], notes: tuple[str, ...] = ()) -> Task:
    start, finish = min(task.start for task in lines), max(task.finish for task in lines)
    return Task(key, what, name, level, start, finish, "phase", notes)


def _wave(wave: WaveView, level: int, words: Words) -> Iterator[Task]:
    say = words.say
    before, lots = list(_preparation(wave, level + 2, words)), list(_cutovers(wave, level + 2, words))
    after = _hypercare(wave, level + 1, words)
    lines: list[Task] = []
    if before:
        name = say("{wave}: preparation", wave=wave.label)
        lines += [_phase(f"{wave.key}:preparation", "preparation", name, level + 1, before), *before]
    if lots:
        name = say("{wave}: cutover", wave=wave.label)
        ends = say("point of no return: {moment}", moment=wave.point_of_no_return)
        lines += [_phase(f"{wave.key}:cutover", "cutover", name, level + 1, lots, (ends,)), *lots]
    lines.append(after)
    after.links += [TaskLink(lot.key) for lot in lots if lot.finish <= after.start]
    notes = tuple(filter(None, (wave.tranche, wave.window)))
    yield _phase(wave.key, "wave", f"{wave.label} {wave.id}", level, lines, notes)
    yield from lines


def _preparation(wave: WaveView, level: int, words: Words) -> Iterator[Task]:
    """Work of each lot until the day before, gates as milestones, rehearsals."""
    last = wave.date - _ONE_DAY
    for lot in wave.lots:
        if lot.effort and wave.preparation_start <= last:
            name = words.say("prepare {lot}", lot=lot.id)
            start, finish = _at(wave.preparation_start), _at(last, _EVENING)
            effort = dict(lot.effort)
            yield Task(
                f"{lot.key}:preparation", "lot preparation", name, level, start, finish, effort=effort, in_days=True
            )
    for gate in wave.gates:
        name = words.say("GO/NO-GO {name}", name=gate.id) if gate.decides else gate.id
        notes = (gate.committee, *gate.criteria) if gate.committee else gate.criteria
        yield Task(gate.key, "gate", name, level, _at(gate.date), _at(gate.date), "milestone", notes)
    for each in wave.rehearsals:
        name = words.say("rehearsal {name} of {lot}", name=each.id, lot=each.lot)
        hours = dt.timedelta(hours=float(each.hours or _USUAL_HOURS))
        yield Task(each.key, "rehearsal", name, level, _at(each.date), _at(each.date) + hours)


def _cutovers(wave: WaveView, level: int, words: Words) -> Iterator[Task]:
    gate = wave.deciding_gate
    for lot in wave.lots:
        if lot.start is None or lot.end is None:  # no lot of a wave is without hours
            continue
        task = Task(lot.key, "lot", f"{lot.id}: {lot.title}", level, clock(lot.start), clock(lot.end))
        task.notes = tuple(_people(lot, words))
        if gate is not None and _at(gate.date) <= task.start:
            task.links.append(TaskLink(gate.key))
        if lot.effort and wave.preparation_start < wave.date and _at(wave.date - _ONE_DAY, _EVENING) <= task.start:
            task.links.append(TaskLink(f"{lot.key}:preparation"))
        yield task


def _people(lot: LotView, words: Words) -> Iterator[str]:
    """Seats in the window and on call are no work of their own: they are told, not counted."""
    for item in lot.items:
        for team, people in item.crew.items():
            yield words.say("{item}: {n} of {team} in the window", item=item.title, n=people, team=team)
        for team, people in item.on_call.items():
            yield words.say("{item}: {n} of {team} on call", item=item.title, n=people, team=team)


def _hypercare(wave: WaveView, level: int, words: Words) -> Task:
    name = words.say("{wave}: hypercare", wave=wave.label)
    return Task(f"{wave.key}:hypercare", "hypercare", name, level, clock(wave.end), clock(wave.hypercare_end))


def _dates(view: ProgrammeView, words: Words) -> Iterator[Task]:
    """Freezes, milestones, hard dates: what is the whole programme's."""
    for what, name, lines in (
        ("freezes", words.say("Freezes"), list(_freezes(view))),
        ("milestones", words.say("Milestones"), list(_milestones(view))),
        ("hard dates", words.say("Hard dates"), list(_hard_dates(view))),
    ):
        if lines:
            yield _phase(f"{view.slug}:{what}", what, name, 1, lines)
            yield from lines


def _freezes(view: ProgrammeView) -> Iterator[Task]:
    for each in view.freezes:
        name = f"{each.reason} ({each.scope})" if each.reason else each.scope
        start = _at(each.first, dt.time()) if each.start is None else clock(each.start)
        end = _at(each.last + _ONE_DAY, dt.time()) if each.end is None else clock(each.end)
        yield Task(each.key, "freeze", name, 2, start, end, in_days=True)


def _milestones(view: ProgrammeView) -> Iterator[Task]:
    """Points in time; what takes several days lasts them."""
    for each in view.milestones:
        name, day = f"{each.what}: {each.name}", _at(each.date)
        if each.start is not None and each.start < each.date:
            start, end = _at(each.start), _at(each.date, _EVENING)
            yield Task(each.key, "milestone", name, 2, start, end, notes=each.criteria, in_days=True)
        else:
            yield Task(each.key, "milestone", name, 2, day, day, "milestone", each.criteria)


def _hard_dates(view: ProgrammeView) -> Iterator[Task]:
    for each in view.hard_dates:
        day = _at(each.date)
        yield Task(each.key, "hard date", each.name, 2, day, day, "milestone", deadline=_at(each.date, _EVENING))


def _link_lots(view: ProgrammeView, tasks: dict[str, Task]) -> None:
    """Orders between lots. A gap counts from start to start, and never more than the plan leaves."""
    keys = {lot.id: lot.key for lot in view.lots}
    gaps: dict[tuple[str, str], int] = {}
    for each in view.dependencies:
        pair = each.lots_in_order
        if pair is not None and pair[0] in keys and pair[1] in keys:
            gaps[pair] = max(gaps.get(pair, 0), each.gap_days)
    for (first, second), days in sorted(gaps.items()):
        one, other = tasks.get(keys[first]), tasks.get(keys[second])
        if one is None or other is None or other.start < one.start:
            continue
        if not days and one.finish <= other.start:
            other.links.append(TaskLink(one.key))
        else:
            other.links.append(TaskLink(one.key, START_TO_START, min(days * _ONE_DAY, other.start - one.start)))
