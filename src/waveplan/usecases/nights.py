"""Cutover nights while they run, rehearsals, and what is learnt from both."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from waveplan.domain.night_log import log_of, rehearsals
from waveplan.domain.plan_names import find_wave
from waveplan.errors import UsageError

if TYPE_CHECKING:
    from waveplan.domain.actuals import Actuals
    from waveplan.domain.inventory import Inventory
    from waveplan.domain.learnt import Learnt, TaskObservation
    from waveplan.domain.night_standing import NightStanding
    from waveplan.domain.nights import Night
    from waveplan.domain.plan import Plan
    from waveplan.domain.runbooks import RunbookTask


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


def learnt_minutes(
    plan: Plan,
    inventory: Inventory,
    templates: Sequence[RunbookTask],
    actuals: Iterable[Actuals],
) -> tuple[Learnt, ...]:
    """What tasks took in nights and rehearsals, by template, against what was planned."""
    from waveplan.runbooks import SharedGround, scheduled, tasks_of
    from waveplan.runbooks.learning import learnt, observations_of

    shared = SharedGround(inventory)
    seen: list[TaskObservation] = []
    records = [record for each in actuals for record in each.tasks]
    waves = {each.wave for each in records}
    for wave in plan.waves_in_order():
        if wave.id in waves:
            planned = scheduled(tasks_of(plan, inventory, wave, templates, shared), shared.links)
            seen += observations_of(planned, records)
    return learnt(seen, templates)
