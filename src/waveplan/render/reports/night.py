"""Where a night stands, as a report: what to decide, what is going on, what comes next for whom, how it went so far."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from waveplan.domain.findings import Phrase
from waveplan.domain.night_standing import NightShown, TaskOutlook
from waveplan.render.language import BLANK, Language, Shown, marked, safe
from waveplan.render.reports.document import Field, Report, ReportPart, Value
from waveplan.render.reports.night_people import called_part
from waveplan.render.runbooks import clock_of, persons, told, who

VERDICTS = {
    "go_on": marked("GO ON"),
    "decide_now": marked("DECIDE NOW"),
    "roll_back": marked("ROLL BACK"),
    "over": marked("OVER"),
}
STATES = {
    "done": marked("done"),
    "skipped": marked("left out"),
    "running": marked("runs"),
    "overdue": marked("runs over its time"),
    "failed": marked("failed"),
    "held": marked("held"),
    "next": marked("can begin"),
    "late": marked("should have begun"),
    "waiting": marked("waits"),
    "undone": marked("undone"),
}
_NOW = ("failed", "overdue", "running")
_SOON = ("late", "next")


def night_report(shown: NightShown, language: Language) -> Report:
    """The whole of it."""
    parts = _NightParts(shown, language)
    return Report(parts.title(), tuple(parts.summary()), tuple(parts.all()), on_phones=True)


class _NightParts:
    def __init__(self, shown: NightShown, language: Language) -> None:
        self._shown, self._now, self._language = shown, shown.standing, language
        self._first = shown.standing.night.night.start.date()
        self._tasks = [each for each in shown.standing.tasks if shown.team in (None, each.task.team, each.task.owner)]

    def title(self) -> Shown:
        label = self._now.night.night.label
        values = {"wave": safe(label), "at": self._language.moment(self._now.now)}
        if self._now.run is None:
            return self._language.say("The night of {wave} at {at}", **values)
        return self._language.say("Rehearsal {run} of {wave} at {at}", run=safe(self._now.run), **values)

    def summary(self) -> Iterator[Shown]:
        say, now = self._language.say, self._now
        yield say("{verdict}: {reason}", verdict=say(VERDICTS[now.verdict]), reason=self._phrase(now.reason))
        done = sum(each.state in {"done", "skipped"} for each in now.tasks)
        yield say("{done} of {count} tasks are done.", done=done, count=len(now.tasks))
        if now.end is not None and not now.is_rolling_back:
            values = {"end": self._clock(now.end), "planned": self._clock(now.night.end)}
            yield say("The end is expected at {end}; planned was {planned}.", **values)
        if now.no_return is not None and not now.is_rolling_back and now.verdict != "over":
            yield say("A rollback that begins by {at} ends within the window.", at=self._clock(now.no_return))

    def all(self) -> Iterator[ReportPart]:
        say = self._language.say
        if self._now.is_rolling_back:
            yield self._undoing()
            yield self._done()
            return
        yield self._part(say("Now"), _NOW, say("Nothing runs."))
        yield self._part(say("Next"), _SOON, say("Nothing can begin."))
        if self._shown.roster is not None:
            soon = [each for state in (*_NOW, *_SOON) for each in self._tasks if each.state == state]
            yield called_part(self._shown, soon, self._language, self._clock)
        yield self._points()
        yield self._part(say("Held"), ("held",), say("Nothing is held."))
        yield self._part(say("Later"), ("waiting",), say("Nothing else waits."))
        yield self._done()

    def _part(self, title: Shown, states: tuple[str, ...], nothing: Shown) -> ReportPart:
        say = self._language.say
        fields = (
            Field(say("No."), right=True),
            Field(say("Task"), fold=18),
            Field(say("Who"), fold=8),
            *((Field(say("Person"), fold=14),) if self._shown.roster is not None else ()),
            Field(say("State"), fold=8),
            Field(say("From")),
            Field(say("Until")),
            Field(say("Late"), right=True, rank=1),
            Field(say("Why"), rank=2, fold=14),
            Field(say("Id"), rank=3, fold=14),
        )
        chosen = [each for state in states for each in sorted(self._tasks, key=_begun) if each.state == state]
        return ReportPart(title, fields, tuple(self._row(each) for each in chosen), nothing)

    def _row(self, each: TaskOutlook) -> tuple[Value, ...]:
        why = each.run.reason or ", ".join(each.held_by) or ""
        return (
            Shown(str(each.task.number)),
            self._name(each),
            who(self._language, each.task.team or each.task.owner, each.seats),
            *((persons(self._language, self._shown.people_of(each)),) if self._shown.roster is not None else ()),
            self._language.say(STATES[each.state]),
            BLANK if each.start is None else self._clock(each.start),
            BLANK if each.end is None else self._clock(each.end),
            self._late(each.minutes_late),
            safe(why),
            safe(each.task.id),
        )

    def _points(self) -> ReportPart:
        say = self._language.say
        points = [each for each in self._tasks if each.task.is_point and each.state not in {"done", "skipped"}]
        fields = (
            Field(say("No."), right=True),
            Field(say("Decision or checkpoint"), fold=24),
            Field(say("Expected at")),
            Field(say("Planned")),
        )
        rows = tuple(
            (
                Shown(str(each.task.number)),
                self._name(each),
                say("held") if each.end is None else self._clock(each.end),
                self._clock(each.planned.end),
            )
            for each in points
        )
        return ReportPart(say("Decisions and checkpoints to come"), fields, rows, say("None is left."))

    def _done(self) -> ReportPart:
        say = self._language.say
        fields = (
            Field(say("No."), right=True),
            Field(say("Task"), fold=18),
            Field(say("State"), fold=8),
            Field(say("From")),
            Field(say("Until")),
            Field(say("Planned"), right=True),
            Field(say("Took"), right=True),
            Field(say("Late"), right=True, rank=1),
            Field(say("By"), rank=2, fold=8),
            Field(say("Why"), rank=3, fold=12),
        )
        past = [each for each in self._tasks if each.state in {"done", "skipped", "undone", "failed"}]
        rows = tuple(self._past_row(each) for each in sorted(past, key=_ended))
        return ReportPart(say("Planned and actual minutes"), fields, rows, say("Nothing is done yet."))

    def _past_row(self, each: TaskOutlook) -> tuple[Value, ...]:
        planned = round((each.planned.end.timestamp() - each.planned.start.timestamp()) / 60)
        known = each.run.started is not None
        return (
            Shown(str(each.task.number)),
            self._name(each),
            self._language.say(STATES[each.state]),
            self._clock(each.start) if known and each.start is not None else BLANK,
            BLANK if each.end is None else self._clock(each.end),
            planned,
            each.minutes_taken,
            self._late(each.minutes_late),
            safe(each.run.by or ""),
            safe(each.run.reason or ""),
        )

    def _undoing(self) -> ReportPart:
        say = self._language.say
        fields = (
            Field(say("No."), right=True),
            Field(say("Undo"), fold=20),
            Field(say("Who"), fold=8),
            Field(say("Minutes"), right=True),
            Field(say("State")),
        )
        rows = tuple(
            (
                Shown(str(each.task.number)),
                told(self._language, (each.task.undo.name if each.task.undo else None) or each.task.name),
                who(self._language, (each.task.undo.team if each.task.undo else None) or each.task.owner),
                each.task.undo.minutes if each.task.undo else 0,
                say("undone") if each.undone else say("to do"),
            )
            for each in self._now.undoing
        )
        return ReportPart(say("Rolling back, in this order"), fields, rows, say("Nothing is to be undone."))

    def _name(self, each: TaskOutlook) -> Shown:
        about = each.task.server or each.task.item or each.task.lot
        name = told(self._language, each.task.name)
        return name if about is None or about in name else Shown(f"{name} ({safe(about)})")

    def _clock(self, when: dt.datetime) -> Shown:
        return clock_of(when.astimezone(self._now.now.tzinfo), self._first)

    def _late(self, minutes: int | None) -> Shown:
        return BLANK if not minutes else Shown(f"{minutes:+d} min")

    def _phrase(self, phrase: Phrase) -> Shown:
        values = {name: self._value(value) for name, value in phrase.values.items()}
        return self._language.say(phrase.template, **values)

    def _value(self, value: object) -> object:
        if isinstance(value, dt.datetime):
            return self._clock(value)
        return self._phrase(value) if isinstance(value, Phrase) else value


def _begun(each: TaskOutlook) -> tuple[float, int]:
    return (each.start.timestamp() if each.start is not None else 0.0, each.task.number)


def _ended(each: TaskOutlook) -> tuple[float, int]:
    return (each.end.timestamp() if each.end is not None else 0.0, each.task.number)
