"""The window of a runbook: in short, by task, by quarters of an hour, its critical path, handovers and rollback."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from waveplan.change_calendar.spans import instant
from waveplan.domain.nights import NightTask, ScheduledTask
from waveplan.render.language import BLANK, Shown, safe
from waveplan.render.reports.document import Field, ReportPart, Value
from waveplan.render.reports.runbook_parts import RunbookParts, few, named
from waveplan.render.runbooks import criticality_of, persons, told, who

_MOST_SIGNS = 48  # of a bar, on a screen of 80 columns beside a short id
_STEPS = (15, 30, 60, 120, 240)
_DONE, _IDLE, _CRITICAL = "▒", "·", "█"


class WindowParts(RunbookParts):
    """Tables of what is done in the window."""

    def in_short(self) -> Iterator[ReportPart]:
        """What people ask first."""
        yield self._facts()

    def all(self) -> Iterator[ReportPart]:
        """In the order in which they are needed."""
        yield self._tasks()
        yield self._bars()
        yield self._critical()
        yield self._handovers()
        yield self._rollback()

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

    def _tasks(self) -> ReportPart:
        say, language = self._language.say, self._language
        fields = (
            Field(say("No."), right=True),
            Field(say("Start")),
            Field(say("End")),
            Field(say("Task"), fold=20),
            Field(say("Who"), fold=10),
            *((Field(say("Person"), fold=14),) if self._book.roster is not None else ()),
            Field(say("Slack")),
            Field(say("Min."), right=True, rank=1),
            Field(say("After"), rank=2, fold=10),
            Field(say("Evidence"), rank=3, fold=12),
            Field(say("Id"), rank=2, fold=14),
        )
        number = {each.task.id: each.task.number for each in self._night.tasks}
        rows = tuple(
            (
                each.task.number,
                self._clock(each.start),
                self._clock(each.end),
                told(language, each.task.name),
                who(language, each.task.owner, each.seats),
                *((persons(language, self._book.people_of(each)),) if self._book.roster is not None else ()),
                criticality_of(each, language),
                each.task.minutes,
                Shown(few([f"{number[wait.task]}" for wait in each.task.after if wait.task in number])),
                told(language, each.task.evidence),
                safe(each.task.id),
            )
            for each in self._night.tasks
        )
        return self._part(say("The window, task by task"), fields, rows, say("Nothing."))

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
                named(language, each.giver),
                named(language, each.taker),
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


def _late(task: NightTask, branch: Sequence[NightTask]) -> bool:
    """Whether a task of a rollback comes after all is undone."""
    known = {each.id: each for each in branch}
    waits = [wait.task for wait in task.after]
    return "undone" in waits or any(_late(known[name], branch) for name in waits if name in known)
