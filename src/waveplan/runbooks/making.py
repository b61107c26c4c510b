"""A whole runbook of a wave."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from waveplan.domain.inventory import Inventory
from waveplan.domain.nights import Night, ScheduledNight
from waveplan.domain.plan import Plan, Wave
from waveplan.domain.runbooks import RunbookTask
from waveplan.domain.wave_runbooks import RunbookItem, WaveRunbook
from waveplan.runbooks.dating import TaskDays
from waveplan.runbooks.ground import SharedGround, WaveGround
from waveplan.runbooks.messages import MessagePlan
from waveplan.runbooks.returning import rollback_minutes, undo_order
from waveplan.runbooks.scheduling import scheduled
from waveplan.runbooks.tasks import NightMaker
from waveplan.runbooks.watching import handovers_of, rota_of


def runbook_of(
    plan: Plan,
    inventory: Inventory,
    wave: Wave,
    templates: Sequence[RunbookTask],
    shared: SharedGround | None = None,
    tasks: Night | None = None,
) -> WaveRunbook:
    """What is done around the cutover of a wave, by whom and when; `tasks` are its night's, where they are known.

    Raises ValueError where tasks of its window wait for each other in a circle: `judge_night` tells which.
    """
    ground = WaveGround(plan, inventory, wave, shared)
    night = scheduled(tasks or NightMaker(ground, templates).night(), ground.links)
    dated = TaskDays(ground, templates).tasks()
    messages = MessagePlan(ground, night)
    everything = [task.id for task in night.night.tasks]
    return WaveRunbook(
        wave=wave.id,
        label=ground.label,
        date=wave.date,
        lot=None,
        before=tuple(task for task in dated if task.phase == "before"),
        night=night,
        after=tuple(task for task in dated if task.phase == "after"),
        items=tuple(_items(ground)),
        rota=rota_of(ground),
        messages=(*messages.dated(templates, dated), *messages.of_night()),
        handovers=handovers_of(night),
        undoing=undo_order(night.night, everything),
        rollback_minutes=rollback_minutes(night.night, everything),
        names={team.id: team.name or team.id for team in inventory.teams},
    )


def of_lot(runbook: WaveRunbook, lot: str) -> WaveRunbook:
    """A runbook with what concerns one lot, and what the wave does for all of its lots; the night keeps its times."""
    own = (None, lot)
    kept = {task.id for task in runbook.night.night.tasks if task.lot in own}
    kept |= {task.id for task in runbook.night.night.rollback if task.lot in own}
    dated = (*runbook.before, *runbook.after)
    kept |= {task.id for task in dated if task.lot in own}
    return replace(
        runbook,
        lot=lot,
        before=tuple(task for task in runbook.before if task.id in kept),
        night=_night_of(runbook.night, kept),
        after=tuple(task for task in runbook.after if task.id in kept),
        items=tuple(item for item in runbook.items if item.lot == lot),
        rota=tuple(each for each in runbook.rota if lot in each.lots),
        messages=tuple(each for each in runbook.messages if each.task in kept),
        handovers=tuple(each for each in runbook.handovers if each.done in kept and each.next in kept),
        undoing=tuple(task for task in runbook.undoing if task.id in kept),
    )


def _night_of(night: ScheduledNight, kept: set[str]) -> ScheduledNight:
    return replace(night, tasks=tuple(each for each in night.tasks if each.task.id in kept))


def _items(ground: WaveGround) -> Iterator[RunbookItem]:
    for lot in ground.lots:
        for item in lot.items:
            entry = item.entry
            yield RunbookItem(
                id=item.id,
                name=entry.name,
                lot=lot.id,
                strategy=item.strategy,
                criticality=entry.criticality,
                business_owner=entry.business_owner,
                technical_owner=entry.technical_owner,
                rto_hours=entry.rto_hours,
                rpo_hours=entry.rpo_hours,
                max_downtime_hours=entry.max_downtime_hours,
            )
