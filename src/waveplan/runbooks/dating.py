"""Tasks before and after the window: on which days."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import replace

from waveplan.change_calendar.spans import ONE_DAY
from waveplan.domain.nights import SpokenWords
from waveplan.domain.plan import PlanGate
from waveplan.domain.runbooks import RunbookTask
from waveplan.domain.wave_runbooks import DatedTask
from waveplan.runbooks.ground import WaveGround
from waveplan.runbooks.people import owner_of, owners_named, raci_of
from waveplan.runbooks.subjects import TaskSubject, WaveSubjects, id_of, words_of_subject
from waveplan.runbooks.wording import filled


class TaskDays:
    """Makes the dated tasks of one wave."""

    def __init__(self, ground: WaveGround, templates: Sequence[RunbookTask]) -> None:
        self._ground = ground
        self._templates = [each for each in templates if not each.off and each.phase in {"before", "after"}]
        self._subjects = WaveSubjects(ground)
        self._calendar = ground.shared.calendar
        self._purged = {each.subject: each.date for each in ground.plan.milestones if each.kind == "purge_order"}

    def tasks(self) -> tuple[DatedTask, ...]:
        """All of them, in order of their first day; those of one day as the templates have them."""
        found = [
            task
            for each in self._templates
            for subject in self._subjects.of(each)
            for task in self._made(each, subject)
        ]
        return tuple(sorted(found, key=lambda task: task.first))

    def _made(self, template: RunbookTask, subject: TaskSubject) -> Iterator[DatedTask]:
        wave = self._ground.wave
        if template.at == "gate":
            for gate in wave.gates:
                yield self._at_gate(template, subject, gate)
        elif template.at == "rehearsal":
            for each in wave.rehearsals:
                if subject.lot is None or each.lot == subject.lot.id:
                    yield self._task(template, subject, self._moved(template, subject, each.date), end=f"/{each.id}")
        elif template.at == "purge":
            day = self._purged.get(subject.server.id) if subject.server else None
            if day is not None:
                yield self._task(template, subject, self._moved(template, subject, day))
        else:
            yield self._on_wave(template, subject)

    def _on_wave(self, template: RunbookTask, subject: TaskSubject) -> DatedTask:
        """A task that goes by a day of the wave itself; one after the window without days lasts through hypercare."""
        wave = self._ground.wave
        days = {"preparation": wave.preparation_start, "hypercare": wave.hypercare_last_day}
        after = wave.last_day if template.phase == "after" else wave.date
        counted = template.days_after or template.days_before
        lasts = template.phase == "after" and template.at == "window" and not counted
        day = self._moved(template, subject, days.get(template.at, after))
        return self._task(template, subject, day, last=wave.hypercare_last_day if lasts else None)

    def _moved(self, template: RunbookTask, subject: TaskSubject, day: dt.date) -> dt.date:
        """So many days before or after a day; off days give way, where days are counted."""
        places = sorted({place for item in subject.items for place in item.places})
        if template.days_before:
            return self._calendar.working_day_on_or_before(places, day - template.days_before * ONE_DAY)
        if template.days_after:
            return self._calendar.working_day_on_or_after(places, day + template.days_after * ONE_DAY)
        return day

    def _at_gate(self, template: RunbookTask, subject: TaskSubject, gate: PlanGate) -> DatedTask:
        """A gate of the wave: its own criteria, then the template's where it decides."""
        own: tuple[SpokenWords, ...] = tuple({"en": each} for each in gate.criteria)
        day = self._moved(template, subject, gate.date)
        made = self._task(template, subject, day, end=f"/{gate.id}", criteria=own)
        if gate.decides:
            return made
        return replace(made, kind="checkpoint", name={"en": gate.id}, criteria=own, evidence={})

    def _task(
        self,
        template: RunbookTask,
        subject: TaskSubject,
        day: dt.date,
        *,
        last: dt.date | None = None,
        end: str = "",
        criteria: tuple[SpokenWords, ...] = (),
    ) -> DatedTask:
        words = words_of_subject(subject, self._ground)
        owner = owner_of(owners_named(template), subject.items) or ""
        return DatedTask(
            id=id_of(template, subject, self._ground) + end,
            template=template.id,
            kind=template.kind,
            phase=template.phase,
            scope=template.scope,
            name=filled(template.name or {"en": template.id}, words),
            first=day,
            last=max(day, last or day),
            owner=owner,
            lot=subject.lot.id if subject.lot else None,
            item=subject.item.id if subject.item else None,
            server=subject.server.id if subject.server else None,
            evidence=filled(template.evidence, words),
            criteria=(*criteria, *(filled(each, words) for each in template.criteria)),
            raci=raci_of(template, owner, subject.items),
        )
