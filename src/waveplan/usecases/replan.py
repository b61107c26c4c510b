"""The use case of mending a plan while it runs: what is done and imminent stays, the rest moves as little as it can."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from waveplan.domain.compliance import WaveRef
from waveplan.domain.differences import Cause, Moved, Replanning
from waveplan.domain.findings import Finding, Phrase, has_errors
from waveplan.domain.history import History
from waveplan.domain.inventory import Inventory
from waveplan.domain.standing import Done, Standing, done_of, slot_of
from waveplan.planning.facts.facts import PlanningFacts
from waveplan.planning.facts.obstacles import Obstacles
from waveplan.planning.mending import mend, moving_few
from waveplan.usecases import validate
from waveplan.usecases.solve import located, refuse_wrong

if TYPE_CHECKING:
    from waveplan.domain.actuals import Actuals
    from waveplan.domain.plan import Plan, Wave
    from waveplan.domain.plan_lots import PlanLot
    from waveplan.planning.options import Outcome, SolveOptions, Watching
    from waveplan.usecases.validate import Validation

MOST_SECONDS = 15.0  # where no options say otherwise
MENDED = "WP408"  # what is done stands elsewhere in the plan: it comes back to where it was


@dataclass(frozen=True, slots=True)
class Replanned:
    """The outcome; with a plan, what it moved, and violations that lie in the past and cannot be mended."""

    outcome: Outcome
    replanning: Replanning | None = None
    past: tuple[Finding, ...] = ()


def errors_ahead(validation: Validation, history: History, plan: Plan) -> tuple[Finding, ...]:
    """Errors of the inventory that stand in the way of planning what has not cut over yet."""
    errors = tuple(finding for finding in validation.findings if finding.severity == "error")
    if validation.inventory is None:
        return errors
    left = validate.still_wrong(errors, validation.inventory, done_of(history, plan))
    return tuple(
        each.at(validation.loaded.sources.locate(each.path)) if each.location is None else each for each in left
    )


def replan(
    validation: Validation,
    plan: Plan,
    actuals: Actuals,
    *,
    as_of: dt.date,
    locked_days: int = 14,
    options: SolveOptions | None = None,
    watching: Watching | None = None,
) -> Replanned:
    """Plan what is still free, moving as few lots as possible; the plan has passed the independent check.

    Waves within `locked_days` stay, unless no plan exists while they do; without options the search
    takes at most `MOST_SECONDS`. Raises ValueError when the inventory has errors and InternalError when the check
    refuses the plan for what could still be changed.
    """
    from waveplan.tracking import standing_of, turned_out

    history = History(actuals, plan, as_of)
    if validation.inventory is None or has_errors(errors_ahead(validation, history, plan)):
        raise ValueError("an inventory with errors cannot be planned")
    inventory = turned_out(validation.inventory, history, plan)
    standing = standing_of(history, plan, as_of, locked_days)
    mended = mend(inventory, plan, standing, _with_goals(options, inventory), validation.loaded.files, watching)
    outcome, standing, unlocked = mended.outcome, mended.standing, mended.unlocked
    if outcome.plan is None:
        return Replanned(located(outcome, validation))
    past = refuse_wrong(outcome.plan, inventory, standing.done)
    told = _told(plan, outcome.plan, inventory, standing, history)
    kept = Replanning(as_of, locked_days, *_kept(outcome.plan, standing), *told, unlocked)
    return Replanned(located(outcome, validation), kept, past)


def _with_goals(options: SolveOptions | None, inventory: Inventory) -> SolveOptions:
    """Fewest moved lots first, then the goals that were asked for."""
    from waveplan.planning.options import SolveOptions

    chosen = options or SolveOptions(time_limit=MOST_SECONDS)
    return replace(chosen, goals=moving_few(chosen.goals or tuple(inventory.objective.goals)))


def _kept(after: Plan, standing: Standing) -> tuple[int, int]:
    """Lots that are done, and lots that are imminent and stay."""
    done = {lot.id for lot in after.lots if any(item in standing.done.waves for item in lot.items)}
    slots = {lot: slot_of(wave.id) for wave in after.waves for lot in wave.lots}
    stays = [lot for lot in after.lots if any(standing.locked.get(item) == slots.get(lot.id, "") for item in lot.items)]
    return len(done), sum(lot.id not in done for lot in stays)


def _told(
    before: Plan, after: Plan, inventory: Inventory, standing: Standing, history: History
) -> tuple[tuple[Moved, ...], tuple[str, ...]]:
    """What moved and why, and what is gone."""

    lots = before.lots_by_id()
    was = {item: wave for wave in before.waves for lot in wave.lots if lot in lots for item in lots[lot].items}
    now = {lot: wave.id for wave in after.waves for lot in wave.lots}
    places = ((lot.id, was[item]) for lot in after.lots for item in lot.items if item in was)
    slots = {lot: slot_of(wave.id) for lot, wave in places if now.get(lot) != wave.id}
    reasons = kept_out(inventory, slots, standing.done)
    moved = tuple(_moves(after, was, reasons, standing, history))
    here = {item for lot in after.lots for item in lot.items}
    gone = tuple(lot.id for lot in before.lots if here.isdisjoint(lot.items))
    return moved, gone


def _moves(
    after: Plan, was: dict[str, Wave], reasons: dict[str, Phrase], standing: Standing, history: History
) -> Iterator[Moved]:
    lots = after.lots_by_id()
    several = len({wave.stream for wave in after.waves}) > 1
    for wave in after.waves_in_order():
        for name in wave.lots:
            lot = lots[name]
            old = next((was[item] for item in lot.items if item in was), None)
            if old is not None and old.id == wave.id:
                continue
            cause = _cause(lot, old, reasons, standing, history)
            ref = None if old is None else _ref(old, several)
            yield Moved(name, ref, _ref(wave, several), cause, reasons.get(name) if cause == "kept_out" else None)


def _cause(lot: PlanLot, old: Wave | None, reasons: dict[str, Phrase], standing: Standing, history: History) -> Cause:
    if old is None:
        return "new"
    outcomes = [history.outcomes[item] for item in lot.items if item in history.outcomes]
    if any(outcome.result == "rolled_back" for outcome in outcomes):
        return "rolled_back"
    if old.id in standing.closed or any(old.id in standing.refused.get(item, ()) for item in lot.items):
        return "no_go"
    return "kept_out" if lot.id in reasons else "displaced"


def _ref(wave: Wave, several: bool) -> WaveRef:
    return WaveRef(wave.id, wave.label(several), wave.date)


def kept_out(inventory: Inventory, slots: Mapping[str, str], done: Done) -> dict[str, Phrase]:
    """By lot, of those whose slot is given: the first rule about the lot alone that keeps it out of there."""
    facts = PlanningFacts(inventory, done=done)
    finder = Obstacles(facts)
    number = {str(slot.id): index for index, slot in enumerate(facts.slots)}
    found: dict[str, Phrase] = {}
    for lot in facts.lots:
        slot = number.get(slots.get(lot.id, ""))
        for obstacle in finder.of(lot) if slot is not None else ():
            if slot in obstacle.slots:
                said = Phrase(obstacle.template, obstacle.values)
                found[lot.id] = Phrase("{reason} ({code})", {"reason": said, "code": obstacle.code})
                break
    return found
