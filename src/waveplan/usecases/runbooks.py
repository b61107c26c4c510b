"""Runbooks of a plan's waves, and what is wrong with their nights."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from waveplan.domain.findings import Finding, has_errors
from waveplan.errors import InternalError, UsageError

if TYPE_CHECKING:
    from waveplan.change_calendar.link_hours import LinkClock
    from waveplan.domain.inventory import Inventory
    from waveplan.domain.nights import ScheduledNight
    from waveplan.domain.plan import Plan, Wave
    from waveplan.domain.roster import Rostered
    from waveplan.domain.runbooks import RunbookTask
    from waveplan.domain.wave_runbooks import WaveRunbook
    from waveplan.runbooks.template_files import LoadedTemplates


@dataclass(frozen=True, slots=True)
class Runbooks:
    """Runbooks in order of waves, and what is wrong with them; a wave whose tasks go in a circle has none.

    `unmanned` is what the roster lacks, if there is one.
    """

    runbooks: tuple[WaveRunbook, ...]
    findings: tuple[Finding, ...]
    unmanned: tuple[Finding, ...] = ()


def runbook_templates(inventory: Inventory, file: str | None = None) -> LoadedTemplates:
    """The templates of an inventory over those that ship, with those of a file over both.

    Raises UnreadableInputError when there is no such file; all else that is wrong with it is in its findings.
    """
    from waveplan.runbooks.template_files import load_templates, own_templates

    return own_templates(inventory) if file is None else load_templates(file, inventory)


def runbooks(
    plan: Plan,
    inventory: Inventory,
    templates: Sequence[RunbookTask],
    *,
    wave: str | None = None,
    lot: str | None = None,
    people: Rostered | None = None,
) -> Runbooks:
    """Runbooks of all waves, of one, or of the wave of one lot (or of an item in it) with what concerns that lot.

    With `people` each says who is on duty. Raises UsageError for a wave or lot that the plan does not have, and for
    somebody who falls out and is not in the roster.
    """
    from waveplan.runbooks import SharedGround, of_lot, runbook_of
    from waveplan.runbooks.judging import judge_night, judge_times
    from waveplan.runbooks.tasks import tasks_of
    from waveplan.usecases.rosters import on_duty, refuse_unknown, what_is_unmanned

    if people is not None:
        refuse_unknown(people)
    waves, own = _wanted(plan, wave, lot)
    found, said, shared = [], [], SharedGround(inventory)
    for each in waves:
        path = ("waves", plan.waves.index(each))
        tasks = tasks_of(plan, inventory, each, templates, shared)
        wrong = list(judge_night(tasks, path))
        said += wrong
        if any(finding.code == "WP590" for finding in wrong):
            continue
        made = runbook_of(plan, inventory, each, templates, shared, tasks)
        _refuse_faults(made.night, shared.links)
        said += judge_times(made.night, path)
        if people is not None:
            made = replace(made, roster=on_duty(made.night, made.rota, people))
        found.append(made if own is None else of_lot(made, own))
    unmanned = () if people is None else what_is_unmanned([book.roster for book in found], people, inventory)
    return Runbooks(tuple(found), tuple(said), unmanned)


def _wanted(plan: Plan, wave: str | None, lot: str | None) -> tuple[list[Wave], str | None]:
    from waveplan.domain.plan_names import find_wave

    waves = plan.waves_in_order() if wave is None else [find_wave(plan, wave)]
    if lot is None:
        return waves, None
    lots = plan.lots_by_id()
    for each in waves:
        for name in each.lots:
            if lot == name or (name in lots and lot in lots[name].items):
                return [each], name
    raise UsageError("no wave of the plan has a lot or an item {name}", name=lot)


def _refuse_faults(night: ScheduledNight, links: LinkClock) -> None:
    """Raises InternalError for a schedule that its own check refuses: it is never shown."""
    from waveplan.checking.nights import night_faults

    faults = night_faults(night, links)
    if faults:
        label = night.night.label
        raise InternalError("the night of {wave} contradicts its tasks: {fault}", wave=label, fault=faults[0])


def nights_judged(plan: Plan, inventory: Inventory) -> tuple[Finding, ...]:
    """What is wrong with the nights of a plan that is valid otherwise, from the inventory's own templates."""
    templates = runbook_templates(inventory)
    return () if has_errors(templates.findings) else runbooks(plan, inventory, templates.tasks).findings


@dataclass(frozen=True, slots=True)
class NightsForeseen:
    """Warnings of nights that surely do not fit their windows; how many nights there was no time to look at."""

    findings: tuple[Finding, ...]
    unseen: int = 0


def nights_foreseen(plan: Plan, inventory: Inventory, over: Callable[[], bool] = lambda: False) -> NightsForeseen:
    """Which nights surely do not fit their windows, told without a solver; others are not spoken of.

    It ends when time is `over`.
    """
    if over():
        return NightsForeseen((), len(plan.waves))
    from waveplan.runbooks import SharedGround
    from waveplan.runbooks.judging import judge_night, judge_times, surely_too_long
    from waveplan.runbooks.scheduling import listed_night
    from waveplan.runbooks.tasks import tasks_of

    templates, shared = runbook_templates(inventory), SharedGround(inventory)
    found: list[Finding] = []
    waves = plan.waves if not has_errors(templates.findings) else []
    seen = 0
    for number, wave in enumerate(waves):
        if over():
            break
        seen += 1
        night, path = tasks_of(plan, inventory, wave, templates.tasks, shared), ("waves", number)
        if not any(finding.code == "WP590" for finding in judge_night(night, path)) and surely_too_long(night):
            found += judge_times(listed_night(night), path)
    warned = tuple(replace(each, severity="warning") for each in found if each.code == "WP585")
    return NightsForeseen(warned, len(waves) - seen)
