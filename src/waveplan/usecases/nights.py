"""Cutover nights while they run, rehearsals, and what is learnt from both."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from waveplan.domain.night_log import log_of, rehearsals
from waveplan.domain.plan_names import find_wave
from waveplan.errors import UsageError

if TYPE_CHECKING:
    from waveplan.domain.actuals import Actuals, TaskRecord
    from waveplan.domain.findings import Finding
    from waveplan.domain.inventory import Inventory
    from waveplan.domain.learnt import Learnt, TaskObservation
    from waveplan.domain.night_standing import NightStanding
    from waveplan.domain.nights import Night
    from waveplan.domain.plan import Plan
    from waveplan.domain.roster import DutyRoster, Rostered, WaveRoster
    from waveplan.domain.runbooks import RunbookTask
    from waveplan.loading.single_documents import LoadedDocument


def night_of(plan: Plan, inventory: Inventory, wave: str, templates: Sequence[RunbookTask]) -> Night:
    """The tasks of a wave's night. Raises UsageError for a wave that the plan does not have."""
    from waveplan.runbooks import tasks_of

    return tasks_of(plan, inventory, find_wave(plan, wave), templates)


@dataclass(frozen=True, slots=True)
class NightAsked:
    """Which night is meant: that of a wave of a plan, or a rehearsal (`run`) of it, of tasks from templates."""

    plan: Plan
    inventory: Inventory
    wave: str
    templates: Sequence[RunbookTask]
    run: str | None = None


def night_standing(asked: NightAsked, actuals: Actuals, now: dt.datetime) -> NightStanding:
    """Where a night, or a rehearsal of it, stands at a moment.

    Raises UsageError for a wave that the plan does not have, a rehearsal of which nobody has said anything, and tasks
    that wait for each other in a circle.
    """
    from waveplan.runbooks import SharedGround, scheduled, tasks_of
    from waveplan.runbooks.rehearsing import rehearsed
    from waveplan.runbooks.standing import standing_of

    run, shared = asked.run, SharedGround(asked.inventory)
    night = tasks_of(asked.plan, asked.inventory, find_wave(asked.plan, asked.wave), asked.templates, shared)
    known = rehearsals(actuals.tasks, night.wave)
    if run is not None and run not in known:
        raise UsageError(
            "nothing is recorded of a run {run} of {wave}; there is: {known}",
            run=run,
            wave=night.label,
            known=", ".join(known) or "-",
        )
    if run is not None:
        night = rehearsed(night, [record for record in actuals.tasks if record.run == run])
    try:
        planned = scheduled(night, shared.links)
    except ValueError:
        raise UsageError(
            "tasks of {wave} wait for each other in a circle: `waveplan runbook` says which", wave=night.label
        ) from None
    return standing_of(planned, log_of(night, actuals.tasks, run, now), run, now, shared.links)


def night_roster(
    asked: NightAsked, standing: NightStanding, people: Rostered
) -> tuple[WaveRoster, tuple[Finding, ...]]:
    """Who has the seats of a night, as the roster of its wave says, and what it lacks; of a rehearsal without shifts.

    Raises UsageError for somebody who falls out and is not in the roster.
    """
    from waveplan.runbooks.ground import WaveGround
    from waveplan.runbooks.watching import rota_of
    from waveplan.usecases.rosters import on_duty, refuse_unknown, what_is_unmanned

    refuse_unknown(people)
    ground = WaveGround(asked.plan, asked.inventory, find_wave(asked.plan, asked.wave))
    found = on_duty(standing.night, () if asked.run is not None else rota_of(ground), people)
    return found, what_is_unmanned([found], people, asked.inventory)


def load_roster(source: str) -> LoadedDocument[DutyRoster]:
    """Read a roster. Raises UnreadableInputError when there is nothing to read; all else is in its findings."""
    from waveplan.domain.roster import DutyRoster
    from waveplan.loading.single_documents import load_document

    return load_document(source, "roster", DutyRoster)


def wave_rosters(
    plan: Plan,
    inventory: Inventory,
    templates: Sequence[RunbookTask],
    people: Rostered,
    *,
    wave: str | None = None,
) -> tuple[tuple[WaveRoster, ...], tuple[Finding, ...]]:
    """Who is on duty in the nights and the hypercare of all waves, or of one, and what the roster cannot man.

    Raises UsageError for a wave that the plan does not have, and for somebody who is out and not in the roster.
    """
    from waveplan.usecases.runbooks import runbooks

    made = runbooks(plan, inventory, templates, wave=wave, people=people)
    return tuple(book.roster for book in made.runbooks if book.roster is not None), made.unmanned


def learnt_minutes(
    plan: Plan,
    inventory: Inventory,
    templates: Sequence[RunbookTask],
    actuals: Iterable[Actuals],
) -> tuple[Learnt, ...]:
    """What tasks took in nights and rehearsals, by template, against what was planned."""
    from waveplan.runbooks.learning import learnt

    records = [record for each in actuals for record in each.tasks]
    return learnt(seen_in_nights(plan, inventory, templates, records), templates)


def seen_in_nights(
    plan: Plan, inventory: Inventory, templates: Sequence[RunbookTask], records: Sequence[TaskRecord]
) -> list[TaskObservation]:
    """How long each task took in nights and rehearsals of which there are records, wave by wave of the plan."""
    from waveplan.runbooks import SharedGround, scheduled, tasks_of
    from waveplan.runbooks.learning import observations_of

    shared = SharedGround(inventory)
    seen: list[TaskObservation] = []
    waves = {each.wave for each in records}
    for wave in plan.waves_in_order():
        if wave.id in waves:
            planned = scheduled(tasks_of(plan, inventory, wave, templates, shared), shared.links)
            seen += observations_of(planned, records)
    return seen
