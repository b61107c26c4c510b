"""Cutover nights while they run, rehearsals, and what is learnt from both."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from typing import TYPE_CHECKING

from waveplan.domain.night_log import log_of, rehearsals
from waveplan.domain.plan_names import find_wave
from waveplan.errors import InternalError, UsageError

if TYPE_CHECKING:
    from waveplan.domain.actuals import Actuals, TaskRecord
    from waveplan.domain.findings import Finding
    from waveplan.domain.inventory import Inventory
    from waveplan.domain.learnt import Learnt, TaskObservation
    from waveplan.domain.night_standing import NightStanding
    from waveplan.domain.nights import Night
    from waveplan.domain.plan import Plan
    from waveplan.domain.roster import DutyRoster, WaveRoster
    from waveplan.domain.runbooks import RunbookTask
    from waveplan.runbooks.roster_files import LoadedRoster


def night_of(plan: Plan, inventory: Inventory, wave: str, templates: Sequence[RunbookTask]) -> Night:
    """The tasks of a wave's night. Raises UsageError for a wave that the plan does not have."""
    from waveplan.runbooks import tasks_of

    return tasks_of(plan, inventory, find_wave(plan, wave), templates)


def night_standing(
    plan: Plan,
    inventory: Inventory,
    wave: str,
    templates: Sequence[RunbookTask],
    actuals: Actuals,
    now: dt.datetime,
    run: str | None = None,
) -> NightStanding:
    """Where the night of a wave, or a rehearsal of it, stands at a moment.

    Raises UsageError for a wave that the plan does not have, a rehearsal of which nobody has said anything, and tasks
    that wait for each other in a circle.
    """
    from waveplan.runbooks import SharedGround, scheduled, tasks_of
    from waveplan.runbooks.rehearsing import rehearsed
    from waveplan.runbooks.standing import standing_of

    found = find_wave(plan, wave)
    shared = SharedGround(inventory)
    night = tasks_of(plan, inventory, found, templates, shared)
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


def load_roster(source: str) -> LoadedRoster:
    """Read a roster. Raises UnreadableInputError when there is nothing to read; all else is in its findings."""
    from waveplan.runbooks.roster_files import load_roster as read

    return read(source)


def wave_rosters(
    plan: Plan,
    inventory: Inventory,
    templates: Sequence[RunbookTask],
    roster: DutyRoster,
    *,
    wave: str | None = None,
    out: Collection[str] = (),
) -> tuple[tuple[WaveRoster, ...], tuple[Finding, ...]]:
    """Who is on duty in the nights and the hypercare of all waves, or of one, and what the roster cannot man.

    Raises UsageError for a wave that the plan does not have, and for somebody who is out and not in the roster.
    """
    from waveplan.checking.manning import roster_faults
    from waveplan.runbooks.roster_judging import judge_roster, judge_rostered
    from waveplan.runbooks.rostering import rostered
    from waveplan.usecases.runbooks import runbooks

    names = {person.name for person in roster.people}
    for name in out:
        if name not in names:
            raise UsageError("nobody in the roster is called {name}", name=name)
    made = runbooks(plan, inventory, templates, wave=wave)
    found = tuple(rostered(book, roster, out) for book in made.runbooks)
    for each in found:
        if faults := roster_faults(each, roster, out):
            raise InternalError(f"the roster of {each.label} contradicts itself: {faults[0]}")
    said = [*judge_roster(roster, inventory), *(finding for each in found for finding in judge_rostered(each, roster))]
    return found, tuple(said)


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
