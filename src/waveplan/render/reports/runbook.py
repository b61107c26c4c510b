"""Runbooks as reports: what is done before, in and after a window, who is told, who watches, what a rollback takes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from waveplan.change_calendar.spans import instant
from waveplan.domain.nights import NightTask, ScheduledTask
from waveplan.domain.wave_runbooks import DatedTask, WaveRunbook
from waveplan.render.language import BLANK, Language, Shown, safe
from waveplan.render.reports.document import Field, Report, ReportPart, Value
from waveplan.render.runbooks import clock_of, criticality_of, told, who, whoever

Rows = tuple[tuple[Value, ...], ...]
_MOST_SIGNS = 48  # of a bar, on a screen of 80 columns beside a short id
_STEPS = (15, 30, 60, 120, 240)
_DONE, _IDLE, _CRITICAL = "▒", "·", "█"
BOX = "☐ "


def runbook_report(runbooks: Sequence[WaveRunbook], programme: str, language: Language) -> Report:
    """One runbook, or several one after the other."""
    title = language.say("Runbooks of {programme}", programme=programme)
    if len(runbooks) == 1:
        title = language.say("Runbook of {wave}: {day}", wave=_whose(runbooks[0]), day=language.day(runbooks[0].date))
    parts = [part for each in runbooks for part in _RunbookParts(each, language, several=len(runbooks) > 1).all()]
    note = language.say("Times are by the clocks of the window's zone; days after the first one are counted (+1).")
    return Report(title, (note,), tuple(parts))


def _whose(runbook: WaveRunbook) -> str:
    return runbook.label if runbook.lot is None else f"{runbook.label}, {runbook.lot}"


class _RunbookParts:
    """The tables of one runbook."""

    def __init__(self, runbook: WaveRunbook, language: Language, *, several: bool) -> None:
        self._book, self._night, self._language, self._several = runbook, runbook.night, language, several
        self._first = runbook.night.night.start.date()

    def all(self) -> Iterator[ReportPart]:
        """In the order in which they are needed."""
        yield self._facts()
        yield self._dated(self._language.say("Before the window"), self._book.before)
        yield from self._checklists()
        yield self._tasks()
        yield self._bars()
        yield self._critical()
        yield self._handovers()
        yield self._rollback()
        yield self._messages()
        yield self._dated(self._language.say("After the window"), self._book.after)
        yield self._rota()
        yield self._items()
        yield self._raci()

    def _part(self, title: Shown, fields: tuple[Field, ...], rows: Rows, nothing: Shown = BLANK) -> ReportPart:
        say = self._language.say
        headed = say("{name}: {said}", name=self._book.label, said=title) if self._several else title
        return ReportPart(headed, fields, rows, nothing)

    def _clock(self, when: dt.datetime) -> Shown:
        return clock_of(when.astimezone(self._night.night.start.tzinfo), self._first)

    def _facts(self) -> ReportPart:
        say, night = self._language.say, self._night
        proof = say("proven: no order of these tasks ends earlier")
        if not night.proven:
            proof = say("no order ends before {minutes} minutes", minutes=night.bound)
        rows: list[tuple[Value, ...]] = [
            (
                say("Window"),
                say("{start} to {end}", start=self._moment(night.night.start), end=self._moment(night.night.end)),
            ),
            (say("Last task ends"), Shown(f"{self._moment(night.end)}; {proof}")),
            (say("Point of no return"), self._no_return()),
            (
                say("A rollback from the end takes"),
                self._language.count("{n} minute", "{n} minutes", self._book.rollback_minutes),
            ),
            (say("Fits its window"), say("yes") if night.fits else say("no")),
            (
                say("Seats"),
                Shown(", ".join(f"{safe(team)} {people}" for team, people in night.night.seats.items()) or "-"),
            ),
        ]
        return self._part(
            say("The night in short"), (Field(say("What"), fold=12), Field(say("Then"), fold=24)), tuple(rows)
        )

    def _no_return(self) -> Shown:
        if self._night.no_return is None:
            return self._language.say("no rollback fits the window")
        return self._moment(self._night.no_return)

    def _moment(self, when: dt.datetime) -> Shown:
        return self._language.moment(when.astimezone(self._night.night.start.tzinfo))

    def _dated(self, title: Shown, tasks: Sequence[DatedTask]) -> ReportPart:
        say, language = self._language.say, self._language
        fields = (
            Field(say("Day"), fold=10),
            Field(say("Task"), fold=20),
            Field(say("Who"), fold=10),
            Field(say("Evidence"), rank=1, fold=12),
            Field(say("Id"), rank=2, fold=14),
        )
        rows = tuple(
            (
                task.first if task.first == task.last else language.days(task.first, task.last, year=False),
                told(language, task.name),
                who(language, task.owner),
                told(language, task.evidence),
                safe(task.id),
            )
            for task in tasks
        )
        return self._part(title, fields, rows, say("Nothing."))

    def _checklists(self) -> Iterator[ReportPart]:
        """The criteria of each decision and gate, to be ticked."""
        say, language = self._language.say, self._language
        fields = (Field(say("Decision"), fold=18), Field(say("Criterion"), fold=24), Field(say("When"), fold=10))
        rows: list[tuple[Value, ...]] = []
        for dated in (*self._book.before, *self._book.after):
            rows += [
                (told(language, dated.name), Shown(BOX + told(language, each)), dated.first) for each in dated.criteria
            ]
        for each in self._night.tasks:
            for criterion in each.task.criteria:
                when = self._clock(each.end)
                rows.append((told(language, each.task.name), Shown(BOX + told(language, criterion)), when))
        yield self._part(say("Criteria of decisions"), fields, tuple(rows), say("None."))

    def _tasks(self) -> ReportPart:
        say, language = self._language.say, self._language
        fields = (
            Field(say("No."), right=True),
            Field(say("Start")),
            Field(say("End")),
            Field(say("Task"), fold=20),
            Field(say("Who"), fold=10),
            Field(say("Slack")),
            Field(say("Min."), right=True, rank=1),
            Field(say("After"), rank=2, fold=10),
            Field(say("Evidence"), rank=3, fold=12),
            Field(say("Id"), rank=2, fold=14),
        )
        number = {each.task.id: each.task.number for each in self._all()}
        rows = tuple(
            (
                each.task.number,
                self._clock(each.start),
                self._clock(each.end),
                told(language, each.task.name),
                who(language, each.task.owner, each.seats),
                criticality_of(each, language),
                each.task.minutes,
                Shown(_few([f"{number[wait.task]}" for wait in each.task.after if wait.task in number])),
                told(language, each.task.evidence),
                safe(each.task.id),
            )
            for each in self._night.tasks
        )
        return self._part(say("The window, task by task"), fields, rows, say("Nothing."))

    def _all(self) -> Sequence[ScheduledTask]:
        return self._night.tasks

    def _bars(self) -> ReportPart:
        """A bar for each task that takes time: one sign for a quarter of an hour, or more where the night is long."""
        say = self._language.say
        step = next((each for each in _STEPS if self._night.value <= each * _MOST_SIGNS), _STEPS[-1])
        lasting = [each for each in self._night.tasks if each.task.minutes]
        fields = (
            Field(say("No."), right=True),
            Field(say("One sign is {n} minutes", n=step)),
            Field(say("Id"), rank=1, fold=12),
        )
        rows = tuple((each.task.number, self._bar(each, step), safe(each.task.id)) for each in lasting)
        hours = ((None, self._scale(step), BLANK),) if rows else ()
        part = self._part(say("The window by quarters of an hour"), fields, (*hours, *rows), say("Nothing takes time."))
        return ReportPart(part.title, part.fields, part.rows, part.nothing, say("█ critical, ▒ not"), in_csv=False)

    def _bar(self, each: ScheduledTask, step: int) -> Shown:
        signs = -(-self._night.value // step)
        first = self._minute(each.start) // step
        last = max(first + 1, -(-self._minute(each.end) // step))
        sign = _CRITICAL if each.critical else _DONE
        return Shown(_IDLE * first + sign * (last - first) + _IDLE * max(0, signs - last))

    def _minute(self, when: dt.datetime) -> int:
        return (instant(when) - instant(self._night.night.start)) // dt.timedelta(minutes=1)

    def _scale(self, step: int) -> Shown:
        """Clock times over the bars, as many as there is room for."""
        signs, scale = -(-self._night.value // step), ""
        every = max(6, 60 // step)
        for place in range(0, signs, every):
            when = self._night.night.start + dt.timedelta(0)
            at = instant(when) + dt.timedelta(minutes=place * step)
            scale += f"{at.astimezone(when.tzinfo):%H:%M}".ljust(every)
        return Shown(scale.rstrip())

    def _critical(self) -> ReportPart:
        say, language = self._language.say, self._language
        fields = (
            Field(say("No."), right=True),
            Field(say("Start")),
            Field(say("Min."), right=True),
            Field(say("Task"), fold=20),
        )
        rows = tuple(
            (each.task.number, self._clock(each.start), each.task.minutes, told(language, each.task.name))
            for each in self._night.critical_path
            if each.task.minutes
        )
        return self._part(say("Critical path"), fields, rows, say("Nothing takes time."))

    def _handovers(self) -> ReportPart:
        say, language = self._language.say, self._language
        fields = (
            Field(say("At")),
            Field(say("From"), fold=10),
            Field(say("To"), fold=10),
            Field(say("Done"), rank=1, fold=14),
            Field(say("Next"), fold=14),
        )
        rows = tuple(
            (
                self._clock(each.passed_at),
                _named(language, each.giver),
                _named(language, each.taker),
                safe(each.done),
                safe(each.next),
            )
            for each in self._book.handovers
        )
        return self._part(say("Handovers"), fields, rows, say("Nobody hands over."))

    def _rollback(self) -> ReportPart:
        say, language = self._language.say, self._language
        fields = (
            Field(say("Step"), fold=24),
            Field(say("Who"), fold=10),
            Field(say("Min."), right=True),
            Field(say("Undoes"), rank=1, fold=14),
        )
        rows: list[tuple[Value, ...]] = []
        tasks = [
            task for task in self._night.night.rollback if self._book.lot is None or task.lot in (None, self._book.lot)
        ]
        first = [task for task in tasks if not _late(task, tasks)]
        rows += [(told(language, task.name), who(language, task.owner), task.minutes, safe("")) for task in first]
        for task in self._book.undoing:
            if task.undo is not None:
                name = told(language, task.undo.name) or told(language, task.name)
                rows.append((name, who(language, task.undo.team or task.owner), task.undo.minutes, safe(task.id)))
        rows += [
            (told(language, task.name), who(language, task.owner), task.minutes, safe(""))
            for task in tasks
            if task not in first
        ]
        return self._part(
            say("Rollback, from the end of the window's tasks"), fields, tuple(rows), say("Nothing can be undone.")
        )

    def _messages(self) -> ReportPart:
        say, language = self._language.say, self._language
        fields = (
            Field(say("When"), fold=10),
            Field(say("To"), fold=12),
            Field(say("Subject"), fold=16),
            Field(say("Text"), rank=1, fold=24),
            Field(say("By"), rank=2, fold=10),
        )
        rows = tuple(
            (
                each.day or (self._clock(each.told_at) if each.told_at else say("in a rollback")),
                whoever(language, each.to),
                told(language, each.subject),
                Shown(" ".join(told(language, each.text).split())),
                who(language, each.owner),
            )
            for each in self._book.messages
        )
        return self._part(say("Who is told"), fields, rows, say("Nobody."))

    def _rota(self) -> ReportPart:
        say = self._language.say
        fields = (
            Field(say("Team"), fold=10),
            Field(say("People"), right=True),
            Field(say("From"), fold=12),
            Field(say("To"), fold=12),
            Field(say("Lots"), rank=1, fold=16),
        )
        rows = tuple(
            (safe(each.team), each.people, self._moment(each.start), self._moment(each.end), safe(_few(each.lots)))
            for each in self._book.rota
        )
        return self._part(say("On call in hypercare"), fields, rows, say("Nobody is asked for."))

    def _items(self) -> ReportPart:
        say = self._language.say
        fields = (
            Field(say("Item"), fold=14),
            Field(say("RTO (h)"), right=True),
            Field(say("RPO (h)"), right=True),
            Field(say("Longest outage (h)"), right=True, rank=1),
            Field(say("Business owner"), fold=12),
            Field(say("Technical owner"), rank=1, fold=10),
            Field(say("Lot"), rank=2, fold=14),
        )
        rows = tuple(
            (
                safe(each.id),
                each.rto_hours,
                each.rpo_hours,
                each.max_downtime_hours,
                safe(each.business_owner or ""),
                safe(each.technical_owner or ""),
                safe(each.lot),
            )
            for each in self._book.items
        )
        return self._part(say("What moves"), fields, rows, say("Nothing."))

    def _raci(self) -> ReportPart:
        say, language = self._language.say, self._language
        fields = (
            Field(say("Task"), fold=16),
            Field(say("R"), fold=10),
            Field(say("A"), fold=10),
            Field(say("C"), fold=10),
            Field(say("I"), fold=10),
        )
        every: list[DatedTask | NightTask] = [
            *self._book.before,
            *(each.task for each in self._night.tasks),
            *self._book.after,
        ]
        rows = tuple(
            (
                safe(task.id),
                whoever(language, task.raci.responsible),
                whoever(language, task.raci.accountable),
                whoever(language, task.raci.consulted),
                whoever(language, task.raci.informed),
            )
            for task in every
        )
        return self._part(say("Who is responsible, accountable, consulted, informed"), fields, rows, say("Nothing."))


def _late(task: NightTask, branch: Sequence[NightTask]) -> bool:
    """Whether a task of a rollback comes after all is undone."""
    known = {each.id: each for each in branch}
    waits = [wait.task for wait in task.after]
    return "undone" in waits or any(_late(known[name], branch) for name in waits if name in known)


def _named(language: Language, name: str) -> Shown:
    """A team with its seat, or a role in words."""
    team, _, seats = name.partition(" ")
    return Shown(f"{who(language, team)} {seats}".rstrip())


def _few(names: Sequence[str], most: int = 6) -> str:
    return ", ".join(names[:most]) + (f", … (+{len(names) - most})" if len(names) > most else "")
