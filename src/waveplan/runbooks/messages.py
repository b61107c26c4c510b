"""The message plan of a wave: who is told what at which task, with moments as readers of each language say them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from waveplan.adoption_texts.saying import Saying
from waveplan.change_calendar.slots import zone_named
from waveplan.domain.nights import NightTask, ScheduledNight
from waveplan.domain.runbooks import RunbookTask
from waveplan.domain.wave_runbooks import DatedTask, PlannedMessage
from waveplan.runbooks.ground import WaveGround
from waveplan.runbooks.people import audience_of
from waveplan.runbooks.subjects import WaveSubjects, id_of, words_of_subject
from waveplan.runbooks.wording import fill_text, filled

saying = cache(Saying)


class MessagePlan:
    """Fills the messages of one wave."""

    def __init__(self, ground: WaveGround, night: ScheduledNight) -> None:
        self._ground, self._night = ground, night
        self._zone = zone_named(ground.zone)

    def dated(self, templates: Sequence[RunbookTask], tasks: Sequence[DatedTask]) -> Iterator[PlannedMessage]:
        """Messages of tasks before and after the window, on their days."""
        subjects = WaveSubjects(self._ground)
        days = {task.id: task for task in tasks}
        for template in templates:
            if template.message is None or template.off or template.phase not in {"before", "after"}:
                continue
            for subject in subjects.of(template):
                name = id_of(template, subject, self._ground)
                for task in (each for key, each in days.items() if key == name or key.startswith(f"{name}/")):
                    words = words_of_subject(subject, self._ground)
                    items = [str(item.id) for item in subject.items]
                    yield PlannedMessage(
                        task=task.id,
                        owner=task.owner,
                        to=audience_of(template.message.to, subject.items),
                        subject=self._filled(filled(template.message.subject, words), items, None),
                        text=self._filled(filled(template.message.text, words), items, None),
                        day=task.first,
                    )

    def of_night(self) -> Iterator[PlannedMessage]:
        """Messages of the window, when their tasks end; then those that stand ready for a rollback."""
        for each in self._night.tasks:
            if each.task.message is not None:
                yield self._of_task(each.task, each.end)
        for task in self._night.night.rollback:
            if task.message is not None:
                yield self._of_task(task, None)

    def _of_task(self, task: NightTask, at: dt.datetime | None) -> PlannedMessage:
        assert task.message is not None
        items = [str(item.id) for lot in self._ground.lots if task.lot in (None, lot.id) for item in lot.items]
        if task.item is not None:
            items = [task.item]
        return PlannedMessage(
            task=task.id,
            owner=task.owner,
            to=task.message.to,
            subject=self._filled(task.message.subject, items, at),
            text=self._filled(task.message.text, items, at),
            told_at=at,
        )

    def _filled(self, text: Mapping[str, str], items: Sequence[str], at: dt.datetime | None) -> dict[str, str]:
        return {language: fill_text(each, self._words(language, items, at)) for language, each in text.items()}

    def _words(self, language: str, items: Sequence[str], at: dt.datetime | None) -> dict[str, str]:
        """What placeholders of moments, people and places stand for, in a language."""
        said, night, ground = saying(language), self._night, self._ground
        sites = sorted({site for lot in ground.lots for item in lot.items for site in item.counted_user_sites})
        end = night.end if at is not None else night.night.end
        return {
            "systems": said.names(items),
            "date": said.day(ground.wave.date),
            "start": self._clock(said, night.night.start),
            "end": self._clock(said, end),
            "at": self._clock(said, at) if at is not None else "",
            "no_return": self._clock(said, night.no_return) if night.no_return is not None else "-",
            "users": said.number(sum(ground.items.sites[site].total_users for site in sites)),
            "sites": said.names(sites),
            "teams": said.names(self._on_call()) or said.nobody(ground.inventory.programme.name),
        }

    def _on_call(self) -> list[str]:
        items = (item for lot in self._ground.lots for item in lot.items)
        return sorted({team for item in items for team, people in item.entry.on_call.items() if people})

    def _clock(self, said: Saying, when: dt.datetime) -> str:
        """What clocks show in the zone of the window; with the day where it is not that of its start."""
        here, first = when.astimezone(self._zone), self._night.night.start.astimezone(self._zone)
        return f"{here:%H:%M}" if here.date() == first.date() else f"{here:%H:%M} ({said.day(here.date())})"
