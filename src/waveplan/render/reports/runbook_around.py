"""Around the window of a runbook: dated tasks, criteria, messages, who is on call, what moves, who answers for what."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from waveplan.domain.nights import NightTask
from waveplan.domain.wave_runbooks import DatedTask
from waveplan.render.language import Shown, safe
from waveplan.render.reports.document import Field, ReportPart, Value
from waveplan.render.reports.roster import duties_part
from waveplan.render.reports.runbook_parts import RunbookParts, few
from waveplan.render.runbooks import told, who, whoever

BOX = "☐ "


class AroundParts(RunbookParts):
    """Tables of what comes before and after the window, and of the people around it."""

    def first(self) -> Iterator[ReportPart]:
        """What comes before the window."""
        yield self._dated(self._language.say("Before the window"), self._book.before)
        yield from self._checklists()

    def last(self) -> Iterator[ReportPart]:
        """What comes after it, and whom to know."""
        yield self._messages()
        yield self._dated(self._language.say("After the window"), self._book.after)
        yield self._rota()
        if self._book.roster is not None:
            part = duties_part(self._book.roster, self._language, self._language.say("On duty, by name"))
            yield self._part(part.title, part.fields, part.rows, part.nothing)
        yield self._items()
        yield self._raci()

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
                told(language, each.text),
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
            (safe(each.team), each.people, self._moment(each.start), self._moment(each.end), safe(few(each.lots)))
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
        """Tasks of one kind with the same people are one row; the table of all tasks has one for each."""
        say, language = self._language.say, self._language
        fields = (
            Field(say("Task"), fold=16),
            Field(say("Number"), right=True),
            Field(say("R"), fold=10),
            Field(say("A"), fold=10),
            Field(say("C"), fold=10),
            Field(say("I"), fold=10),
        )
        window = (each.task for each in self._night.tasks)
        every: list[DatedTask | NightTask] = [*self._book.before, *window, *self._book.after]
        numbers = Counter((task.template, task.raci) for task in every)
        rows = tuple(
            (
                safe(template),
                number,
                whoever(language, raci.responsible),
                whoever(language, raci.accountable),
                whoever(language, raci.consulted),
                whoever(language, raci.informed),
            )
            for (template, raci), number in numbers.items()
        )
        return self._part(say("Who is responsible, accountable, consulted, informed"), fields, rows, say("Nothing."))
