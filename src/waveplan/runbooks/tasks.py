"""The tasks of one wave's window, from templates."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from waveplan.change_calendar import instant
from waveplan.change_calendar.spans import elapsed
from waveplan.domain.inventory import Inventory
from waveplan.domain.nights import AtOnce, Night, NightMessage, NightTask, Sending, UndoStep
from waveplan.domain.plan import Plan, Wave
from waveplan.domain.runbooks import RunbookTask
from waveplan.runbooks.ground import SharedGround, WaveGround
from waveplan.runbooks.hours import first_at
from waveplan.runbooks.minutes import minutes_of
from waveplan.runbooks.people import audience_of, owner_of, owners_named, raci_of
from waveplan.runbooks.subjects import TaskSubject, WaveSubjects, id_of, words_of_subject
from waveplan.runbooks.waits import Instance, TaskWaits
from waveplan.runbooks.wording import filled


def tasks_of(
    plan: Plan,
    inventory: Inventory,
    wave: Wave,
    templates: Sequence[RunbookTask],
    shared: SharedGround | None = None,
) -> Night:
    """The night of a wave: every task of its window with its id, owner, minutes and what it waits for; no times yet.

    `templates` are those of `runbook_templates.all_templates`; `shared` saves work where several waves are asked for.
    Tasks that wait for each other in a circle stay in it:
    `judge_night` tells them.
    """
    return NightMaker(WaveGround(plan, inventory, wave, shared), templates).night()


class NightMaker:
    """Makes the tasks of one wave."""

    def __init__(self, ground: WaveGround, templates: Sequence[RunbookTask]) -> None:
        self.ground = ground
        self._templates = [template for template in templates if not template.off]
        self._all = templates
        self._subjects = WaveSubjects(ground)

    def night(self) -> Night:
        """The wave's night."""
        ground = self.ground
        inside = self._instances([each for each in self._templates if each.in_window])
        waiting = TaskWaits(self._all, inside, ground.items)
        ready = self._instances([each for each in self._templates if each.phase == "rollback"])
        returning = TaskWaits(self._all, ready, ground.items)
        lots = ground.lots
        starts = [lot.start for lot in lots] or [ground.wave.slot.start]
        ends = [lot.end for lot in lots] or [ground.wave.slot.end]
        return Night(
            wave=ground.wave.id,
            label=ground.label,
            zone=ground.zone,
            start=min(starts, key=instant),
            end=max(ends, key=instant),
            tasks=tuple(self._task(each, number, waiting) for number, each in enumerate(inside, 1)),
            seats=ground.seats,
            rollback=tuple(self._task(each, number, returning) for number, each in enumerate(ready, len(inside) + 1)),
            occupied=ground.occupied,
        )

    def _instances(self, templates: Sequence[RunbookTask]) -> list[Instance]:
        """Each template for each of its subjects, template by template; no two have one id."""
        found: list[Instance] = []
        taken: set[str] = set()
        for template in templates:
            for subject in self._subjects.of(template):
                first = name = id_of(template, subject, self.ground)
                number = 2
                while name in taken:
                    name, number = f"{first}~{number}", number + 1
                taken.add(name)
                found.append(Instance(template, subject, name))
        return found

    def _task(self, each: Instance, number: int, waiting: TaskWaits) -> NightTask:
        template, subject, ground = each.template, each.subject, self.ground
        owner = owner_of(owners_named(template), subject.items) or ""
        team = owner if owner in ground.teams else None
        fixed, earliest = template.fixed_at, subject.start
        if template.not_before is not None:
            earliest = first_at(template.not_before, template.on, subject.start)
        return NightTask(
            id=each.id,
            number=number,
            template=template.id,
            kind=template.kind,
            phase=template.phase,
            scope=template.scope,
            name=filled(template.name or {"en": template.id}, words_of_subject(subject, self.ground)),
            minutes=minutes_of(template.minutes, subject, ground),
            owner=owner,
            team=team,
            people=template.seated if team else 0,
            opens=earliest,
            window_end=subject.end,
            decide_by=_decide_by(template, subject),
            after=waiting.of(each),
            fixed_at=first_at(fixed, template.on, subject.start) if fixed is not None else None,
            sending=self._sending(template, subject),
            limits=tuple(self._limits(template, subject, team)),
            undo=self._undo(template, subject, team),
            lot=subject.lot.id if subject.lot else None,
            item=subject.item.id if subject.item else None,
            server=subject.server.id if subject.server else None,
            evidence=filled(template.evidence, words_of_subject(subject, self.ground)),
            criteria=tuple(filled(each, words_of_subject(subject, self.ground)) for each in template.criteria),
            raci=raci_of(template, owner, subject.items),
            message=self._message(template, subject),
            no_return=template.no_return,
        )

    def _sending(self, template: RunbookTask, subject: TaskSubject) -> Sending | None:
        """What goes over a link: of a server whose minutes are the link's."""
        if not template.minutes.link or subject.server is None or subject.server.id not in self.ground.sent:
            return None
        return Sending(*self.ground.sent[subject.server.id])

    def _undo(self, template: RunbookTask, subject: TaskSubject, team: str | None) -> UndoStep | None:
        undo = template.undo
        if undo is None:
            return None
        own = owner_of(undo.team, subject.items) if undo.team else team
        people = undo.people if undo.people is not None else template.seated
        return UndoStep(
            minutes=minutes_of(undo.minutes, subject, self.ground),
            name=filled(undo.name, words_of_subject(subject, self.ground)),
            team=own if own in self.ground.teams else None,
            people=people if own in self.ground.teams else 0,
        )

    def _limits(self, template: RunbookTask, subject: TaskSubject, team: str | None) -> Iterator[AtOnce]:
        """Groups of which only so many run at once: those of one template with the same team, site, link, …"""
        move = self.ground.moves.get(subject.server.id) if subject.server else None
        pair = sorted({move.origin, move.target or move.origin}) if move else []
        own = {
            "team": team,
            "source": move.origin if move else None,
            "target": move.target if move else None,
            "link": " - ".join(pair) or None,
            "lot": subject.lot.id if subject.lot else None,
            "wave": self.ground.label,
        }
        for per, most in template.at_once.items():
            if own[per] is not None:
                yield AtOnce(f"{template.id} per {per} {own[per]}", most)

    def _message(self, template: RunbookTask, subject: TaskSubject) -> NightMessage | None:
        message = template.message
        if message is None:
            return None
        words = words_of_subject(subject, self.ground)
        return NightMessage(
            audience_of(message.to, subject.items), filled(message.subject, words), filled(message.text, words)
        )


def _decide_by(template: RunbookTask, subject: TaskSubject) -> dt.datetime | None:
    """When a decision of the tests is to be taken: so long before the window's end as its items keep for a rollback."""
    if template.kind != "decision" or template.phase != "tests":
        return None
    return elapsed(subject.end, -max(item.entry.rollback_hours for item in subject.items))
